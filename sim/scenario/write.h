// A scenario as text again.
#pragma once

#include <string>

#include "scenario/scenario.h"

namespace pindah {

// As a file: reading it gives an equal scenario.
std::string write_scenario(const Scenario& scenario, const World& world);

}  // namespace pindah
