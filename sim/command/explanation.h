// A scenario in words: people, plan, surprises, limits.
#pragma once

#include <string>

#include "scenario/scenario.h"
#include "world/world.h"

namespace pindah {

// Safe for a terminal.
std::string explanation(const Scenario& scenario, const World& world);

// What one step does, as one or more sentences.
std::string words_of(const PlanStep& step, const World& world);
// What one surprise does.
std::string words_of(const Surprise& surprise, const World& world);

}  // namespace pindah
