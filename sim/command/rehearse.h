// A rehearsal as a person at a terminal meets it.
#pragma once

#include <string>

#include "command/commands.h"
#include "rehearsal/rehearsal.h"

namespace pindah {

// With a bar named `label` where there is a terminal, and stopped by Ctrl-C. `ground`: shared with
// other plans for the same night, or none. `keep_pages`: as a run file needs it. Throws as
// rehearse().
RehearsalResult rehearse_watched(const ScenarioAndWorld& input, const std::string& label,
                                 int threads, const Session& session, Ground* ground = nullptr,
                                 bool keep_pages = false);

}  // namespace pindah
