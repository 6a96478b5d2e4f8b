// A scenario in words: people, plan, surprises, limits.
#pragma once

#include <string>

#include "scenario/scenario.h"
#include "world/world.h"

namespace pindah {

// Safe for a terminal.
std::string explanation(const Scenario& scenario, const World& world);

}  // namespace pindah
