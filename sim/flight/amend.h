// Interventions as edits of a scenario.
#pragma once

#include <string>

#include "flight/intervention.h"
#include "universe/universe.h"

namespace pindah {

// The scenario with the intervention in it, from `intervention.at` on; nothing before changes.
// `rehearsed`: as it stands now. Empty `why`: done; else what is wrong, and the scenario is as it
// was. What comes back has gone through the scenario's own reader.
Scenario amend(const Scenario& scenario, const World& world, const Universe& rehearsed,
               const Intervention& intervention, std::string& why);

}  // namespace pindah
