// How long a plan can still be rolled back without losing a promise.
#pragma once

#include "verdict/verdict.h"

namespace pindah {

// From what was written on the target in the rehearsed life, and from what the plan retired, by
// `cut`.
WayBack way_back(const World& world, const Scenario& scenario, const Record& rehearsed, Micros cut);

}  // namespace pindah
