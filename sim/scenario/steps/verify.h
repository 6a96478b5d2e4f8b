// Compares both sides of a service through the moves.
#pragma once

#include "scenario/vocabulary/steps.h"

namespace pindah {

// How far it looks: to the end, or to where the copy says that it has got.
enum class VerifyCursor : std::uint8_t { own, copy };

struct Verify {
  static constexpr StepKind kKind = StepKind::verify;
  std::int64_t sample_ppm = 1'000'000;  // of the roots
  // Roots; 0: no limit. Gentle, and yet through a large service in minutes: a choice.
  std::int64_t compared_per_second = 5'000;
  // Looks after the first one at a root that differs, a second apart, before it counts. 0: nor is
  // it asked whether changes of it are on their way.
  int rechecks = 5;
  VerifyCursor cursor = VerifyCursor::own;
  int chunk = 500;  // roots compared at once; nothing that a plan says
};
StepSpec verify_spec();

}  // namespace pindah
