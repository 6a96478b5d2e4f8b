// Lets the source refuse every call of a service.
#pragma once

#include "scenario/vocabulary/steps.h"

namespace pindah {

struct Retire {
  static constexpr StepKind kKind = StepKind::retire;
  Micros read_only_first;  // so long it refuses writes alone
};
StepSpec retire_spec();

}  // namespace pindah
