#include "rehearsal/rehearsal.h"

#include <algorithm>
#include <exception>
#include <memory>
#include <optional>
#include <utility>

#include "base/beside.h"
#include "base/digest.h"
#include "rehearsal/stopping.h"
#include "rehearsal/watched_life.h"
#include "scenario/write.h"
#include "verdict/missing_writes.h"
#include "verdict/world_mistakes.h"

namespace pindah {
namespace {

// A life, and what it threw, so that another thread can hear of it.
class LifeRun {
 public:
  LifeRun(const LifeInputs& inputs, Life life, Populated* last, bool keep_pages)
      : life_(life), lived_(std::make_unique<WatchedLife>(inputs, life, last, keep_pages)) {}

  // To its end, or to the interruption.
  void run(const RehearsalOptions& options) {
    try {
      record = live(options);
    } catch (...) {
      failure = std::current_exception();
    }
    // Half of a rehearsal's memory, while the other life may go on. What the rehearsed one has left
    // is asked once more, when it is known who noticed.
    if (life_ == Life::control || failure) lived_.reset();
  }
  std::unique_ptr<WatchedLife> release() { return std::move(lived_); }

  Record record;
  std::exception_ptr failure;

 private:
  Record live(const RehearsalOptions& options) {
    const Universe& universe = lived_->universe();
    bool whole = true;
    for (Micros reached; whole && reached < universe.end();) {
      reached = std::min(reached + minutes(1), universe.end());
      whole = lived_->run_until(reached, options.stop);
      if (life_ == Life::rehearsed && options.progress)
        options.progress(universe.now(), universe.end());
    }
    return lived_->finish(!whole);
  }

  Life life_;
  std::unique_ptr<WatchedLife> lived_;
};

// The rehearsed life, and the control where `control_record` is given. Both are begun before either
// is lived. `last`: as WatchedLife's. Gives the rehearsed life, which is over.
std::unique_ptr<WatchedLife> live_both(const LifeInputs& inputs, const SharedSetup& setup,
                                       const RehearsalOptions& options, Record* control_record,
                                       Record& rehearsed_record, Populated* last) {
  std::optional<LifeRun> control, rehearsed;
  {
    const std::lock_guard lock(*setup.beginning);
    if (control_record) control.emplace(inputs, Life::control, nullptr, options.keep_pages);
    rehearsed.emplace(inputs, Life::rehearsed, last, options.keep_pages);
  }
  Beside other(control && options.threads > 1, [&] {
    if (control) control->run(options);
  });
  rehearsed->run(options);
  other.finish();
  if (control && control->failure) std::rethrow_exception(control->failure);
  if (rehearsed->failure) std::rethrow_exception(rehearsed->failure);
  if (control) *control_record = std::move(control->record);
  rehearsed_record = std::move(rehearsed->record);
  return rehearsed->release();
}

}  // namespace

LifeInputs premises_of(const ScenarioAndWorld& input, const SharedSetup& setup) {
  return {input.world,     input.scenario, setup.constants,
          setup.populated, setup.pools,    setup.intents};
}

void judge_lives(const World& world, const Scenario& scenario, RehearsalResult& result,
                 const Universe* rehearsed) {
  keep_own_cases(result.control.cases, result.rehearsed.cases);
  blame_missing_writes(world, result.control, result.rehearsed);
  std::optional<Inquest> inquest;
  const Constants constants = constants_of(world, scenario.scale, scenario.settings);
  if (rehearsed)
    inquest.emplace(world, constants,
                    PerSide<const Database*>{&rehearsed->database(Side::source),
                                             &rehearsed->database(Side::target)});
  result.comparison = compare(world, scenario, result.intents, result.control, result.rehearsed,
                              inquest ? &*inquest : nullptr);
  result.verdict =
      judge(world, scenario, result.intents, result.comparison, result.control, result.rehearsed);
  Digest digest;
  digest.fold(result.control.digest);
  digest.fold(result.rehearsed.digest);
  result.digest = digest.value();
  result.pages =
      static_cast<std::int64_t>(result.control.visits.size() + result.rehearsed.visits.size());
}

SharedSetup prepare(const ScenarioAndWorld& input, int threads,
                    const std::function<void(std::int64_t)>& progress,
                    const std::atomic<bool>* stop) {
  configure_sqlite();
  const Scenario& scenario = input.scenario;
  SharedSetup setup;
  setup.constants = constants_of(input.world, scenario.scale, scenario.settings);
  setup.populated = populate(input.world, setup.constants, scenario.seed, scenario.starts_us,
                             threads, progress, stop);
  setup.pools = read_pools(input.world, setup.populated);
  setup.intents = draw_intents(input.world, scenario, setup.pools);
  return setup;
}

std::string setup_key(const ScenarioAndWorld& input) {
  Scenario shared = input.scenario;
  shared.title.clear();
  shared.plan.clear();
  shared.budget.clear();
  std::erase_if(shared.surprises, [](const Surprise& s) { return !s.also_in_control; });
  shared.world = shared.world_folder;
  return write_scenario(shared, input.world);
}

namespace {

// Such lives end early, so that nothing of them is of use to others.
RehearsalResult until_broken(const ScenarioAndWorld& input, const RehearsalOptions& options,
                             const SharedSetup& setup) {
  RehearsalResult result;
  const LifeInputs inputs = premises_of(input, setup);
  const auto lived = live_until_broken(inputs, setup, options, result);
  result.intents = setup.intents;
  judge_lives(input.world, input.scenario, result, &lived->universe());
  return result;
}

}  // namespace

RehearsalResult rehearse(const ScenarioAndWorld& input, const RehearsalOptions& options,
                         const SharedSetup& setup, std::optional<Record>& control) {
  if (can_stop(input.scenario)) return until_broken(input, options, setup);
  if (control) return rehearse(input, options, setup, std::as_const(*control));
  RehearsalResult result;
  const LifeInputs inputs = premises_of(input, setup);
  const auto lived = live_both(inputs, setup, options, &result.control, result.rehearsed, nullptr);
  control = result.control;
  result.intents = setup.intents;
  judge_lives(input.world, input.scenario, result, &lived->universe());
  return result;
}

RehearsalResult rehearse(const ScenarioAndWorld& input, const RehearsalOptions& options,
                         const SharedSetup& setup, const Record& control) {
  if (can_stop(input.scenario)) return until_broken(input, options, setup);
  RehearsalResult result;
  const LifeInputs inputs = premises_of(input, setup);
  const auto lived = live_both(inputs, setup, options, nullptr, result.rehearsed, nullptr);
  result.control = control;
  result.intents = setup.intents;
  judge_lives(input.world, input.scenario, result, &lived->universe());
  return result;
}

RehearsalResult rehearse(const ScenarioAndWorld& input, const RehearsalOptions& options) {
  SharedSetup setup = prepare(input, options.threads, {}, options.stop);
  if (can_stop(input.scenario)) return until_broken(input, options, setup);
  RehearsalResult result;
  const LifeInputs inputs = premises_of(input, setup);
  const auto lived =
      live_both(inputs, setup, options, &result.control, result.rehearsed, &setup.populated);
  result.intents = setup.intents;
  judge_lives(input.world, input.scenario, result, &lived->universe());
  return result;
}

}  // namespace pindah
