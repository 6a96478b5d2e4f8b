// Whether a step could make sense by now: until then its conditions are not looked at, so that what
// falls back does not begin before what it takes back.
#pragma once

#include "migration/plan_runner.h"

namespace pindah::migration {

// What it needs of the steps before it has come about, and what it would undo is there.
bool makes_sense(const PlanRunner& plan, const PlanStep& step);

}  // namespace pindah::migration
