// Takes pages out of the front, and offers them again.
#pragma once

#include "scenario/vocabulary/steps.h"

namespace pindah {

struct Close {
  static constexpr StepKind kKind = StepKind::close;
};
StepSpec close_spec();

struct Open {
  static constexpr StepKind kKind = StepKind::open;
};
StepSpec open_spec();

}  // namespace pindah
