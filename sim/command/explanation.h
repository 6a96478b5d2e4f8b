// A scenario in words: people, plan, surprises, limits; and the moves of a world.
#pragma once

#include <string>

#include "scenario/scenario.h"
#include "world/world.h"

namespace pindah {

// Safe for a terminal.
std::string explanation(const Scenario& scenario, const World& world);

// A world's moves in the order in which they run, with the SQL of the tables that are copied as
// they are. Safe for a terminal.
std::string explanation(const World& world);

}  // namespace pindah
