// Budget lines that nothing in the plan can break.
#pragma once

#include <string>
#include <vector>

#include "scenario/scenario.h"

namespace pindah {

// Why the line can never have exposure in this plan: "nothing in the plan changes who answers for
// loans". Empty: it can, or the plan changes nothing at all, so that every zero counts.
std::string never_exposed(const World& world, const Scenario& scenario, const Budget& budget);
// Of the whole budget, a line each: "night.yaml:31: nobody pays twice: not applicable: nothing …".
std::vector<std::string> never_exposed(const World& world, const Scenario& scenario);

}  // namespace pindah
