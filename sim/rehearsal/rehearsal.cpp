#include "rehearsal/rehearsal.h"

#include <algorithm>
#include <exception>
#include <memory>
#include <optional>
#include <thread>

#include "base/digest.h"
#include "oracle/oracle.h"
#include "oracle/scorecard.h"
#include "scenario/parse.h"
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

// One life from its databases to its record, and what it threw, so that another thread can hear of
// it.
class Living {
 public:
  // `last`: nobody needs the populated databases after this life, which then uses them up.
  Living(const Premises& premises, Life life, Populated* last)
      : premises_(premises),
        world_(premises.world),
        life_(life),
        oracle_(std::make_unique<Oracle>(premises)),
        universe_(last ? std::make_unique<Universe>(premises, life, *oracle_, std::move(*last))
                       : std::make_unique<Universe>(premises, life, *oracle_)) {}

  // To its end, or to the interruption.
  void run(const RehearsalOptions& options) {
    try {
      record = live(options);
    } catch (...) {
      failure = std::current_exception();
    }
    scorecard_.reset();
    universe_.reset();  // half of a rehearsal's memory, while the other life may go on
    oracle_.reset();
  }

  Record record;
  std::exception_ptr failure;

 private:
  Record live(const RehearsalOptions& options) {
    constexpr std::int64_t kDials = 2000;
    const Micros look = std::max(seconds(10), Micros{universe_->end().us / kDials});
    const Micros stride = options.keep_pages ? std::min(minutes(1), look) : minutes(1);
    const PerSide<Database*> databases{&universe_->database(Side::source),
                                       &universe_->database(Side::target)};
    oracle_->watch(databases);
    if (options.keep_pages) oracle_->keep_pages();
    if (world_.compliance && life_ == Life::rehearsed)
      scorecard_ = std::make_unique<Scorecard>(world_, premises_.constants, databases);
    look_at_compliance({});
    bool whole = true;
    Micros reached;
    while (whole && reached < universe_->end()) {
      reached = std::min(reached + stride, universe_->end());
      whole = universe_->run_until(reached, options.stop);
      if (reached.us % minutes(1).us == 0 || reached == universe_->end())
        look_at_compliance(reached);
      if (options.keep_pages && (gauges_.empty() || gauges_.back().at + look <= reached))
        gauges_.push_back(universe_->gauges());
      if (life_ == Life::rehearsed && options.progress)
        options.progress(universe_->now(), universe_->end());
    }
    Record life = oracle_->finish(ending_of(*universe_, world_, !whole));
    life.compliance = std::move(compliance_);
    life.compliance_looks = looks_;
    life.gauges = std::move(gauges_);
    return life;
  }

  // At whole minutes: whenever a service or the shop's name has changed hands, some forty times
  // besides (its queries read whole tables), and at the end.
  void look_at_compliance(Micros now) {
    constexpr std::int64_t kLooks = 36;
    if (!scorecard_) return;
    std::vector<Side> owners;
    for (std::size_t s = 0; s < world_.services.size(); ++s)
      owners.push_back(universe_->owner(static_cast<ServiceId>(s)));
    const Routing routing{std::move(owners), universe_->front()};
    const Micros end = universe_->end();
    if (routing == routing_ && now < next_look_ && now < end) return;
    routing_ = routing;
    next_look_ = now + minutes(std::max<std::int64_t>(1, end.us / kLooks / minutes(1).us));
    ++looks_;
    ComplianceSample sample =
        scorecard_->look(now, premises_.scenario.starts_us + now.us, routing_);
    if (compliance_.empty() || compliance_.back().met_ppm != sample.met_ppm)
      compliance_.push_back(std::move(sample));
  }

  const Premises& premises_;
  const World& world_;
  Life life_;
  std::unique_ptr<Oracle> oracle_;
  std::unique_ptr<Universe> universe_;  // whose observer the oracle is
  std::unique_ptr<Scorecard> scorecard_;
  std::vector<ComplianceSample> compliance_;
  std::vector<Gauges> gauges_;
  Routing routing_;  // as it was looked at last
  std::int64_t looks_ = 0;
  Micros next_look_;
};

// The rehearsed life, and the control unless it has been lived already. Both are begun before
// either is lived: a connection that is copied serves one thread at a time.
void live_both(const Premises& premises, const RehearsalOptions& options,
               std::optional<Record>& control_record, Record& rehearsed_record, Populated* last) {
  std::optional<Living> control;
  if (!control_record) control.emplace(premises, Life::control, nullptr);
  Living rehearsed(premises, Life::rehearsed, last);
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
  const World& world = input.world;
  const Scenario& scenario = input.scenario;
  RehearsalResult result;
  live_both({world, scenario, ground.constants, ground.populated, ground.pools, ground.intents},
            options, ground.control, result.rehearsed, last ? &ground.populated : nullptr);
  result.control = last ? std::move(*ground.control) : *ground.control;
  result.intents = last ? std::move(ground.intents) : ground.intents;
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

}  // namespace

Ground lay_ground(const ScenarioAndWorld& input, int threads,
                  const std::function<void(double)>& progress) {
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
