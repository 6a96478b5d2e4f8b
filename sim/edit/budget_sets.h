// The sets of budget lines that a world defines (budgets.yaml), checked as budgets are.
#pragma once

#include "base/problem.h"
#include "world/world.h"

namespace pindah {

// Reports lines that no budget could have. A set knows no plan, so its lines have no `during`.
void check_budget_sets(const World& world, Problems& problems);

}  // namespace pindah
