// `pindah gui`.
#pragma once

#include "command/commands.h"

namespace pindah::gui {

void add_gui(CLI::App& app, Session& session);

}  // namespace pindah::gui
