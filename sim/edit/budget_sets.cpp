#include "edit/budget_sets.h"

#include "metrics/expression.h"
#include "scenario/parse.h"

namespace pindah {

void check_budget_sets(const World& world, Problems& problems) {
  const Names names = world_names(world);
  for (const BudgetSet& set : world.budget_sets) {
    for (const BudgetSet::Line& line : set.lines)
      parse_budget(line.text, line.place, names, problems);
  }
}

}  // namespace pindah
