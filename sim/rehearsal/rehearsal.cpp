#include "rehearsal/rehearsal.h"

#include <algorithm>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
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

// The rehearsed life, and the control unless it has been lived already.
void live_both(const Premises& premises, const RehearsalOptions& options,
               std::optional<Record>& control_record, RehearsalResult& result) {
  Outcome control, rehearsed;
  std::mutex copying;
  std::thread other;
  if (!control_record) {
    auto run = [&] { control.run(premises, Life::control, options, copying); };
    if (options.threads > 1)
      other = std::thread(run);
    else
      run();
  }
  rehearsed.run(premises, Life::rehearsed, options, copying);
  if (other.joinable()) other.join();
  for (const Outcome* outcome : {&control, &rehearsed})
    if (outcome->failure) std::rethrow_exception(outcome->failure);
  if (!control_record) control_record = std::move(control.record);
  result.rehearsed = std::move(rehearsed.record);
}

}  // namespace

Ground lay_ground(const ScenarioAndWorld& input, int threads) {
  configure_sqlite();
  const Scenario& scenario = input.scenario;
  Ground ground;
  ground.constants = constants_of(input.world, scenario.scale, scenario.settings);
  ground.populated =
      populate(input.world, ground.constants, scenario.seed, scenario.starts_us, threads);
  ground.pools = read_pools(input.world, ground.populated);
  ground.intents = draw_intents(input.world, scenario, ground.pools);
  return ground;
}

RehearsalResult rehearse(const ScenarioAndWorld& input, const RehearsalOptions& options,
                         Ground& ground) {
  const World& world = input.world;
  const Scenario& scenario = input.scenario;
  RehearsalResult result;
  live_both({world, scenario, ground.constants, ground.populated, ground.pools, ground.intents},
            options, ground.control, result);
  result.control = *ground.control;
  result.intents = ground.intents;
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

RehearsalResult rehearse(const ScenarioAndWorld& input, const RehearsalOptions& options) {
  Ground ground = lay_ground(input, options.threads);
  return rehearse(input, options, ground);
}

}  // namespace pindah
