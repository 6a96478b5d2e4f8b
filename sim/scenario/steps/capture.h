// Takes down every committed change of a service, for an apply to bring over.
#pragma once

#include "scenario/vocabulary/steps.h"

namespace pindah {

struct Capture {
  static constexpr StepKind kKind = StepKind::capture;
  std::optional<Micros> retention;  // how long a change is kept; none: until it is applied
};
StepSpec capture_spec();

}  // namespace pindah
