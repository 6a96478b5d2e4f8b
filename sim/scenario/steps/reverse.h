// Streams the target's changes back to the source, or stops that.
#pragma once

#include "scenario/vocabulary/steps.h"

namespace pindah {

struct Reverse {
  static constexpr StepKind kKind = StepKind::reverse;
  bool on = true;
  bool origin_tag = true;  // what came from the other side is not sent back
};
StepSpec reverse_spec();

}  // namespace pindah
