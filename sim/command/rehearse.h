// A rehearsal as a person at a terminal meets it.
#pragma once

#include <optional>
#include <string>

#include "command/commands.h"
#include "rehearsal/rehearsal.h"

namespace pindah {

// What plans for one night share: their people, their databases and their control life.
struct SharedNight {
  SharedSetup setup;
  std::optional<Record> control;  // once it has been lived
};

// With a bar named `label` where there is a terminal, and stopped by Ctrl-C. `shared`: what other
// plans for the same night have in common with this, or none. `keep_pages`: as a run file needs it.
// Throws as rehearse().
RehearsalResult rehearse_watched(const ScenarioAndWorld& input, const std::string& label,
                                 int threads, const Session& session, SharedNight* shared = nullptr,
                                 bool keep_pages = false);

}  // namespace pindah
