// Two lives, their observers and the verdict put together.
#pragma once

#include <atomic>
#include <functional>
#include <memory>

#include "oracle/record.h"
#include "scenario/read.h"
#include "verdict/verdict.h"

namespace pindah {

struct RehearsalOptions {
  int threads = 2;                          // 1 or 2; the result is the same
  const std::atomic<bool>* stop = nullptr;  // becomes true on Ctrl-C
  // Called from the rehearsed universe's thread about once per virtual minute: instant, end.
  std::function<void(Micros, Micros)> progress;
};

struct RehearsalResult {
  Record control, rehearsed;
  Comparison comparison;
  Verdict verdict;
  std::vector<Intent> intents;
  std::uint64_t digest = 0;  // of both lives
  std::int64_t pages = 0;    // of both lives
};

// Throws WorldFault (exit 2) and Defect (exit 70).
RehearsalResult rehearse(const ScenarioAndWorld& input, const RehearsalOptions& options);

}  // namespace pindah
