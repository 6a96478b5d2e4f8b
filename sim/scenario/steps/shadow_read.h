// Runs a share of a service's reads on both sides and compares the answers.
#pragma once

#include "scenario/vocabulary/steps.h"

namespace pindah {

struct ReadTwice {
  static constexpr StepKind kKind = StepKind::shadow_read;
  bool on = true;
  std::int64_t share_ppm = 1'000'000;
  std::size_t by = 0;  // a partition, or kPartitionsMax: each request
};
StepSpec shadow_read_spec();

}  // namespace pindah
