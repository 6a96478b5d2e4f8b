// What in a plan is known to have hurt people elsewhere. Such a plan is rehearsed all the same:
// that is what a rehearsal is for.
#pragma once

#include <string>
#include <vector>

#include "scenario/scenario.h"

namespace pindah {

// What is dangerous about one step's choices: "writes in flight at the fence are not waited for".
// Empty: nothing.
std::vector<std::string> dangers_of(const PlanStep& step);

// The whole plan's, a line each: "night.yaml:24: cutover of orders: nothing streams back; …".
std::vector<std::string> dangers(const Scenario& scenario);

}  // namespace pindah
