// Two lives, their observers and the verdict put together.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

#include "oracle/record.h"
#include "edit/read.h"
#include "verdict/verdict.h"

namespace pindah {

struct RehearsalOptions {
  int threads = 2;                          // 1 or 2; the result is the same
  const std::atomic<bool>* stop = nullptr;  // becomes true on Ctrl-C
  bool keep_pages = false;                  // Record::shown and Record::gauges of both lives
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

// Fills in what follows from both records and the intents: comparison, verdict, digest, pages.
void judge_lives(const World& world, const Scenario& scenario, RehearsalResult& result);

// What several plans for one night have in common: the same world, seed, scale, traffic and
// weather. The control life is lived once, with the first of them.
struct Ground {
  Constants constants;
  Populated populated;
  Pools pools;
  std::vector<Intent> intents;
  std::optional<Record> control;
};
// Throws WorldFault. `progress`: of populate().
Ground lay_ground(const ScenarioAndWorld& input, int threads,
                  const std::function<void(std::int64_t)>& progress = {});
// `input` differs from the one that laid the ground in nothing but its plan and the surprises that
// are not in the control.
RehearsalResult rehearse(const ScenarioAndWorld& input, const RehearsalOptions& options,
                         Ground& ground);
// What two scenarios must have in common to share their ground: equal texts.
std::string night_of(const ScenarioAndWorld& input);

// Throws WorldFault (exit 2) and Defect (exit 70).
RehearsalResult rehearse(const ScenarioAndWorld& input, const RehearsalOptions& options);

}  // namespace pindah
