#include "rehearsal/rehearsal.h"

#include <algorithm>
#include <exception>
#include <memory>
#include <optional>
#include <thread>

#include "base/digest.h"
#include "rehearsal/life.h"
#include "scenario/parse.h"

namespace pindah {
namespace {

// A life, and what it threw, so that another thread can hear of it.
class Living {
 public:
  Living(const Premises& premises, Life life, Populated* last, bool keep_pages)
      : life_(life), lived_(std::make_unique<LivedLife>(premises, life, last, keep_pages)) {}

  // To its end, or to the interruption.
  void run(const RehearsalOptions& options) {
    try {
      record = live(options);
    } catch (...) {
      failure = std::current_exception();
    }
    lived_.reset();  // half of a rehearsal's memory, while the other life may go on
  }

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
  std::unique_ptr<LivedLife> lived_;
};

// The rehearsed life, and the control unless it has been lived already. Both are begun before
// either is lived: a connection that is copied serves one thread at a time.
void live_both(const Premises& premises, const RehearsalOptions& options,
               std::optional<Record>& control_record, Record& rehearsed_record, Populated* last) {
  std::optional<Living> control;
  if (!control_record) control.emplace(premises, Life::control, nullptr, options.keep_pages);
  Living rehearsed(premises, Life::rehearsed, last, options.keep_pages);
  std::thread other;
  if (control && options.threads > 1)
    other = std::thread([&] { control->run(options); });
  else if (control)
    control->run(options);
  rehearsed.run(options);
  if (other.joinable()) other.join();
  if (control && control->failure) std::rethrow_exception(control->failure);
  if (rehearsed.failure) std::rethrow_exception(rehearsed.failure);
  if (control) control_record = std::move(control->record);
  rehearsed_record = std::move(rehearsed.record);
}

RehearsalResult rehearse_on(Ground& ground, bool last, const ScenarioAndWorld& input,
                            const RehearsalOptions& options) {
  RehearsalResult result;
  live_both({input.world, input.scenario, ground.constants, ground.populated, ground.pools,
             ground.intents},
            options, ground.control, result.rehearsed, last ? &ground.populated : nullptr);
  result.control = last ? std::move(*ground.control) : *ground.control;
  result.intents = last ? std::move(ground.intents) : ground.intents;
  judge_lives(input.world, input.scenario, result);
  return result;
}

}  // namespace

void judge_lives(const World& world, const Scenario& scenario, RehearsalResult& result) {
  result.comparison = compare(world, scenario, result.intents, result.control, result.rehearsed);
  result.verdict =
      judge(world, scenario, result.intents, result.comparison, result.control, result.rehearsed);
  Digest digest;
  digest.fold(result.control.digest);
  digest.fold(result.rehearsed.digest);
  result.digest = digest.value();
  result.pages =
      static_cast<std::int64_t>(result.control.visits.size() + result.rehearsed.visits.size());
}

Ground lay_ground(const ScenarioAndWorld& input, int threads,
                  const std::function<void(std::int64_t)>& progress) {
  configure_sqlite();
  const Scenario& scenario = input.scenario;
  Ground ground;
  ground.constants = constants_of(input.world, scenario.scale, scenario.settings);
  ground.populated =
      populate(input.world, ground.constants, scenario.seed, scenario.starts_us, threads, progress);
  ground.pools = read_pools(input.world, ground.populated);
  ground.intents = draw_intents(input.world, scenario, ground.pools);
  return ground;
}

std::string night_of(const ScenarioAndWorld& input) {
  Scenario night = input.scenario;
  night.title.clear();
  night.plan.clear();
  night.budget.clear();
  std::erase_if(night.surprises, [](const Surprise& s) { return !s.also_in_control; });
  night.world = night.world_folder;
  return write_scenario(night, input.world);
}

RehearsalResult rehearse(const ScenarioAndWorld& input, const RehearsalOptions& options,
                         Ground& ground) {
  return rehearse_on(ground, false, input, options);
}

RehearsalResult rehearse(const ScenarioAndWorld& input, const RehearsalOptions& options) {
  Ground ground = lay_ground(input, options.threads);
  return rehearse_on(ground, true, input, options);
}

}  // namespace pindah
