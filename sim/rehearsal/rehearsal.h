// Two lives, their observers and the verdict put together.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "edit/read.h"
#include "oracle/record.h"
#include "universe/universe.h"
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
// `rehearsed`: that life, over; null: nothing is looked for in its databases.
void judge_lives(const World& world, const Scenario& scenario, RehearsalResult& result,
                 const Universe* rehearsed = nullptr);

// What several plans for one night have in common: the same world, seed, scale, traffic and
// weather. Read only once it is prepared: any number of threads may rehearse on it at once.
struct SharedSetup {
  Constants constants;
  Populated populated;
  Pools pools;
  std::vector<Intent> intents;
  // Held while lives begin: a database that is copied serves one thread at a time.
  std::unique_ptr<std::mutex> beginning = std::make_unique<std::mutex>();
};
// What a life of `input` reads; refers to both, which outlive it.
LifeInputs premises_of(const ScenarioAndWorld& input, const SharedSetup& setup);
// Throws WorldFault, and Interrupted once `stop` is true. `progress`, `stop`: of populate().
SharedSetup prepare(const ScenarioAndWorld& input, int threads,
                    const std::function<void(std::int64_t)>& progress = {},
                    const std::atomic<bool>* stop = nullptr);
// Two scenarios with equal keys can share their setup: they differ in nothing but title, plan,
// budget, and the surprises that are not in the control.
std::string setup_key(const ScenarioAndWorld& input);
// `input` has the key of the one that `setup` was prepared from. The control life is lived
// beside the rehearsed one, and left in `control`, unless it is there already.
RehearsalResult rehearse(const ScenarioAndWorld& input, const RehearsalOptions& options,
                         const SharedSetup& setup, std::optional<Record>& control);
// The same against a control life that has been lived, and which others may read meanwhile.
RehearsalResult rehearse(const ScenarioAndWorld& input, const RehearsalOptions& options,
                         const SharedSetup& setup, const Record& control);

// Throws WorldFault (exit 2), Defect (exit 70), and Interrupted where it was asked to stop before
// the lives began.
RehearsalResult rehearse(const ScenarioAndWorld& input, const RehearsalOptions& options);

}  // namespace pindah
