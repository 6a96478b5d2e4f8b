// Leads a share of a service's requests to the target without a fence.
#pragma once

#include "scenario/vocabulary/steps.h"

namespace pindah {

struct Route {
  static constexpr StepKind kKind = StepKind::route;
  std::optional<std::int64_t> reads_ppm, writes_ppm;  // none: as it was; at least one
  Micros over;
  std::size_t by = 0;  // a partition, or kPartitionsMax: each request
};
StepSpec route_spec();

}  // namespace pindah
