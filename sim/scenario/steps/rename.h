// Changes what the shop front is called.
#pragma once

#include "scenario/vocabulary/steps.h"

namespace pindah {

// The name is PlanStep::text.
struct Rename {
  static constexpr StepKind kKind = StepKind::rename;
};
StepSpec rename_spec();

}  // namespace pindah
