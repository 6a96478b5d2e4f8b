// What the entries of a scenario's text are called, before the scenario is read.
#pragma once

#include <string>
#include <vector>

#include "edit/apply.h"
#include "world/world.h"

namespace pindah {

// Names of steps and surprises as the reader gives them: their `name`, or what they do ("cutover of
// orders"). Entries that would need a number to tell them apart share their name. `world` outlives
// the result.
NamesOf names_in(const World& world);

}  // namespace pindah
