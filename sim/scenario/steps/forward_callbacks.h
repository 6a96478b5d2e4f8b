// Lets the old platform hand late callbacks of ledgers over to the new one.
#pragma once

#include "scenario/vocabulary/steps.h"

namespace pindah {

struct ForwardCallbacks {
  static constexpr StepKind kKind = StepKind::forward_callbacks;
};
StepSpec forward_callbacks_spec();

}  // namespace pindah
