// Returns the ownership of a service to the source.
#pragma once

#include "scenario/steps/fence.h"

namespace pindah {

struct Rollback {
  static constexpr StepKind kKind = StepKind::rollback;
  Fence fence;
  bool failback = true;  // wait until what the target took has come back
};
StepSpec rollback_spec();

}  // namespace pindah
