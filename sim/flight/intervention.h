// What a hand does to a running rehearsal. Each is an edit of the scenario from an instant on, so
// that a rehearsal flown by hand is a scenario again and replays to the same digest.
#pragma once

#include <string>
#include <vector>

#include "scenario/scenario.h"

namespace pindah {

enum class InterventionKind : std::uint8_t {
  surprise,   // `surprise` begins now; its own `at` does not matter
  advance,    // `step` begins now, whatever it waits for
  hold,       // `step`, which has not begun, waits until it is advanced
  roll_back,  // a rollback of all that the target owns begins now
  traffic     // from now on `shoppers_per_second_micro` arrive, as they were mixed, in both lives
};

struct Intervention {
  InterventionKind kind{};
  Surprise surprise;  // without a name: it gets that which the scenario's reader gives
  int step = -1;      // into Scenario::plan
  std::int64_t shoppers_per_second_micro = 0;
  Micros at;  // when it took effect; set by Flight
};

}  // namespace pindah
