#include "rehearsal/rehearsal.h"

#include <algorithm>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>

#include "base/digest.h"
#include "oracle/oracle.h"
#include "universe/universe.h"

namespace pindah {
namespace {

Ending ending_of(Universe& universe, const World& world, bool interrupted) {
  Ending ending;
  ending.databases = {&universe.database(Side::source), &universe.database(Side::target)};
  for (std::size_t s = 0; s < world.services.size(); ++s)
    ending.owners.push_back(universe.owner(static_cast<ServiceId>(s)));
  ending.entries = &universe.ledger_entries();
  ending.custody = &universe.custody();
  ending.ended = universe.now();
  ending.open_work = universe.open_work();
  ending.digest = universe.digest();
  ending.unfinished = universe.unfinished_steps();
  ending.statements = universe.statements();
  ending.interrupted = interrupted;
  return ending;
}

// Both lives begin with a copy of the same databases, and a connection serves one thread at a time.
std::unique_ptr<Universe> begin(const Premises& premises, Life life, Observer& observer,
                                std::mutex& copying) {
  const std::lock_guard turn(copying);
  return std::make_unique<Universe>(premises, life, observer);
}

// Lives one life from beginning to end (or to the interruption).
Record live(const Premises& premises, Life life, const RehearsalOptions& options,
            std::mutex& copying) {
  constexpr Micros kStride = minutes(1);
  Oracle oracle(premises);
  const std::unique_ptr<Universe> begun = begin(premises, life, oracle, copying);
  Universe& universe = *begun;
  oracle.watch({&universe.database(Side::source), &universe.database(Side::target)});
  bool whole = true;
  Micros reached;
  while (whole && reached < universe.end()) {
    reached = std::min(reached + kStride, universe.end());
    whole = universe.run_until(reached, options.stop);
    if (life == Life::rehearsed && options.progress)
      options.progress(universe.now(), universe.end());
  }
  return oracle.finish(ending_of(universe, premises.world, !whole));
}

// One life and what it threw, so that another thread can hear of it.
struct Outcome {
  Record record;
  std::exception_ptr failure;
  void run(const Premises& premises, Life life, const RehearsalOptions& options,
           std::mutex& copying) {
    try {
      record = live(premises, life, options, copying);
    } catch (...) {
      failure = std::current_exception();
    }
  }
};

void live_both(const Premises& premises, const RehearsalOptions& options, RehearsalResult& result) {
  Outcome control, rehearsed;
  std::mutex copying;
  if (options.threads > 1) {
    std::thread other([&] { control.run(premises, Life::control, options, copying); });
    rehearsed.run(premises, Life::rehearsed, options, copying);
    other.join();
  } else {
    control.run(premises, Life::control, options, copying);
    rehearsed.run(premises, Life::rehearsed, options, copying);
  }
  for (const Outcome* outcome : {&control, &rehearsed})
    if (outcome->failure) std::rethrow_exception(outcome->failure);
  result.control = std::move(control.record);
  result.rehearsed = std::move(rehearsed.record);
}

}  // namespace

RehearsalResult rehearse(const ScenarioAndWorld& input, const RehearsalOptions& options) {
  configure_sqlite();
  const World& world = input.world;
  const Scenario& scenario = input.scenario;
  RehearsalResult result;
  const Constants constants = constants_of(world, scenario.scale, scenario.settings);
  const Populated populated =
      populate(world, constants, scenario.seed, scenario.starts_us, options.threads);
  const Pools pools = read_pools(world, populated);
  result.intents = draw_intents(world, scenario, pools);
  live_both({world, scenario, constants, populated, pools, result.intents}, options, result);
  result.comparison = compare(world, scenario, result.intents, result.control, result.rehearsed);
  result.verdict =
      judge(world, scenario, result.intents, result.comparison, result.control, result.rehearsed);
  Digest digest;
  digest.fold(result.control.digest);
  digest.fold(result.rehearsed.digest);
  result.digest = digest.value();
  result.pages =
      static_cast<std::int64_t>(result.control.visits.size() + result.rehearsed.visits.size());
  return result;
}

}  // namespace pindah
