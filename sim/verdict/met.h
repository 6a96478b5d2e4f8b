// Whether the steps that change who answers met anybody: a change that nobody meets proves nothing.
#pragma once

#include <vector>

#include "verdict/verdict.h"

namespace pindah {

// Of each step of the plan that acted, in the plan's order.
std::vector<MetStep> met_of(const Scenario& scenario, const Record& rehearsed);

}  // namespace pindah
