// Changes the owner of a service, or of a share of it, from the source to the target.
#pragma once

#include "scenario/steps/fence.h"

namespace pindah {

// under_fence: stop, copy everything, switch, start.
enum class CopyWhen : std::uint8_t { before, under_fence };

struct Cutover {
  static constexpr StepKind kKind = StepKind::cutover;
  Fence fence;
  bool reverse = true;  // by default where every service is captured and has a way back
  bool forward_callbacks = true;
  bool verify = true;  // under the fence
  CopyWhen copy = CopyWhen::before;
  std::int64_t share_ppm = 1'000'000;  // of the service that changes its owner
  std::size_t by = 0;                  // a partition, or kPartitionsMax: each request
};
StepSpec cutover_spec();

}  // namespace pindah
