// Interventions as edits of a scenario.
#pragma once

#include <optional>
#include <string>

#include "edit/read.h"
#include "flight/intervention.h"
#include "universe/universe.h"

namespace pindah {

// A scenario and the texts that it was read from.
struct Amended {
  Scenario scenario;
  Sources sources;
};

// The scenario with the intervention in it, from `intervention.at` on; nothing before changes.
// `rehearsed`: as it stands now. Nothing: `why` says what is wrong. What comes back has gone
// through the scenario's own reader, and its file keeps its comments.
std::optional<Amended> amend(const Amended& now, const World& world, const Universe& rehearsed,
                             const Intervention& intervention, std::string& why);

}  // namespace pindah
