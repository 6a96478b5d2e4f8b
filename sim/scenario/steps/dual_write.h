// Carries what a call changed to the other side as well, in the path of the request.
#pragma once

#include "scenario/vocabulary/steps.h"

namespace pindah {

// sync: the answer waits for the second write; async: the second write follows behind the answer.
enum class DualMode : std::uint8_t { sync, async };
// What becomes of an asynchronous second write when every slot is taken.
enum class WhenBusy : std::uint8_t { wait, drop };
// What becomes of a dual write whose second half fails.
enum class HalfWrite : std::uint8_t { retry, ignore, fail };

struct WriteTwice {
  static constexpr StepKind kKind = StepKind::dual_write;
  bool on = true;
  DualMode mode = DualMode::sync;
  int slots = 8;  // asynchronous writes on their way
  WhenBusy when_busy = WhenBusy::wait;
  HalfWrite half_write = HalfWrite::retry;
  bool ordered = true;  // of two writes of a root the newer stays, whichever arrives first
  std::optional<Side> authoritative;  // takes the service over at once; none: its owner
  bool sync() const { return mode == DualMode::sync; }
};
StepSpec dual_write_spec();

}  // namespace pindah
