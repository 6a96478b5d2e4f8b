#include "flight/flight.h"

#include <algorithm>

#include "base/digest.h"
#include "flight/amend.h"
#include "flight/keyframes.h"
#include "flight/thread_pair.h"
#include "rehearsal/stopping.h"
#include "rehearsal/watched_life.h"
#include "verdict/way_back.h"

namespace pindah {

struct Flight::Impl {
  Impl(const ScenarioAndWorld& input, SharedSetup shared, const FlightOptions& chosen)
      : world(input.world),
        scenario(input.scenario),
        stood{{input.scenario, input.sources}},
        setup(std::move(shared)),
        options(chosen),
        threads(chosen.threads > 1),
        keyframes(chosen.keyframe_bytes) {
    control.emplace(inputs, Life::control, nullptr, true);
    rehearsed.emplace(inputs, Life::rehearsed, nullptr, true);
    keep();
    count_anew();
  }

  void count_anew() {
    ++past;
    running.emplace();
  }

  void run_until(Micros instant) {
    const Micros end = rehearsed->universe().end(), until = std::min(instant, end);
    while (!ended) {
      if (breaks()) return settle(true);
      const Micros next = can_stop(scenario) ? std::min(until, next_look(now())) : until;
      go_to(next);
      if (is_due()) keep();
      if (next == end) return settle(false);
      if (next != until) continue;
      if (breaks()) settle(true);
      return;
    }
  }

  bool breaks() const {
    return can_stop(scenario) && is_look(now()) && is_broken(inputs, *control, *rehearsed);
  }

  Micros now() const { return rehearsed->universe().now(); }

  // A keyframe copies all databases; going back goes over what came after it once more. So it is
  // the work since the last one that counts: much of it, or some and much time.
  bool is_due() const {
    constexpr std::size_t kMuch = 15'000, kSome = 1'500;  // visits
    const std::size_t since = rehearsed->so_far().visits.size() - kept_visits;
    return now() > kept_at &&
           (since >= kMuch || (since >= kSome && now() >= kept_at + options.keyframe_every));
  }

  void keep() {
    std::array<Keyframes::Sight, 2> lives;
    const auto take = [&](WatchedLife& life, Life which) {
      const Universe& universe = life.universe();
      lives[static_cast<std::size_t>(which)] = {
          {&universe.database(Side::source), &universe.database(Side::target)}, life.keyframe()};
    };
    threads.run([&] { take(*rehearsed, Life::rehearsed); }, [&] { take(*control, Life::control); });
    keyframes.add(now(), interventions.size(), std::move(lives), threads);
    kept_visits = rehearsed->so_far().visits.size();
    kept_at = now();
  }

  void settle(bool stopped) {
    // The end settles what was true of the past; who goes back does not know it yet.
    for (const Life life : {Life::control, Life::rehearsed}) {
      std::vector<bool>& kept = truthful[static_cast<std::size_t>(life)];
      kept.clear();
      for (const Visit& visit : (life == Life::control ? control : rehearsed)->so_far().visits)
        kept.push_back(visit.truthful);
    }
    ended.emplace();
    threads.run([&] { ended->rehearsed = finish(*rehearsed, false, stopped); },
                [&] { ended->control = finish(*control, false, stopped); });
    ended->intents = setup.intents;
    judge_lives(world, scenario, *ended, &rehearsed->universe());
    running->take(ended->comparison, now());
  }

  std::string intervene(Intervention hand) {
    if (ended) return "The rehearsal is over.";
    hand.at = now() + Micros{1};
    std::string why;
    std::optional<Amended> edited = amend(stood.back(), world, rehearsed->universe(), hand, why);
    if (!edited) return why;
    take_up(std::move(*edited));
    interventions.push_back(hand);
    return {};
  }

  void take_up(Amended edited) {
    scenario = edited.scenario;
    stood.push_back(std::move(edited));
    setup.intents = draw_intents(world, scenario, setup.pools);
    control->amended();
    rehearsed->amended();
    count_anew();
  }

  void rewind(Micros instant) {
    const Micros until = std::clamp(instant, Micros{}, now());
    const std::vector<Intervention> done = std::exchange(interventions, {});
    const int from = keyframes.before(until);
    const std::size_t taken = keyframes.interventions(from);
    interventions.assign(done.begin(), done.begin() + static_cast<std::ptrdiff_t>(taken));
    std::array<LifePast, 2> pasts = release();
    // Scenarios as they stood: the last one taken up by then.
    stood.erase(stood.begin() + static_cast<std::ptrdiff_t>(taken) + 1, stood.end());
    scenario = stood.back().scenario;
    setup.intents = draw_intents(world, scenario, setup.pools);
    keyframes.forget_after(until);
    restore(from, pasts);
    const std::size_t visits_then = rehearsed->so_far().visits.size();
    const Micros then = now();
    for (std::size_t i = taken; i < done.size() && done[i].at <= until; ++i) {
      go_to(done[i].at - Micros{1});
      intervene(done[i]);
    }
    go_to(until);
    kept_visits = visits_then;
    kept_at = then;
    count_anew();
  }

  // Without keyframes on the way, which are those that are there.
  void go_to(Micros instant) {
    threads.run([&] { rehearsed->run_until(instant); }, [&] { control->run_until(instant); });
  }

  // What the lives leave, by Life; they are over.
  std::array<LifePast, 2> release() {
    std::array<LifePast, 2> pasts{control->release(), rehearsed->release()};
    if (ended) {
      unsettle(pasts[0], std::move(ended->control), truthful[0]);
      unsettle(pasts[1], std::move(ended->rehearsed), truthful[1]);
    }
    ended.reset();
    rehearsed.reset();
    control.reset();
    return pasts;
  }

  static void unsettle(LifePast& past, Record record, const std::vector<bool>& truthful) {
    for (std::size_t i = 0; i < truthful.size(); ++i) record.visits[i].truthful = truthful[i];
    record.statements = 0;
    record.beyond_horizon = 0;
    record.stopped = false;
    record.unheard.clear();
    past.gauges = std::move(record.gauges);
    past.oracle.record = std::move(record);
  }

  void restore(int number, std::array<LifePast, 2>& pasts) {
    const auto live = [&](std::optional<WatchedLife>& life, Life which) {
      const Keyframes::LifeImage moment = keyframes.moment(number, which);
      life.emplace(inputs, which, moment.images, moment.state,
                   std::move(pasts[static_cast<std::size_t>(which)]));
    };
    threads.run([&] { live(rehearsed, Life::rehearsed); }, [&] { live(control, Life::control); });
  }

  const World& world;
  Scenario scenario;
  std::vector<Amended> stood;  // before the first intervention, after each
  SharedSetup setup;
  FlightOptions options;
  LifeInputs inputs{world, scenario, setup.constants, setup.populated, setup.pools, setup.intents};
  ThreadPair threads;
  std::optional<WatchedLife> control, rehearsed;
  std::vector<Intervention> interventions;
  std::optional<RehearsalResult> ended;
  std::array<std::vector<bool>, 2> truthful;  // by Life, by visit, before the end settled it
  Keyframes keyframes;
  std::size_t kept_visits = 0;  // that the rehearsed life had at the last keyframe
  Micros kept_at;
  std::optional<Running> running;
  std::uint64_t past = 0;
};

Flight::Flight(const ScenarioAndWorld& input, SharedSetup setup, const FlightOptions& options)
    : impl_(std::make_unique<Impl>(input, std::move(setup), options)) {}
Flight::~Flight() = default;

Micros Flight::now() const { return impl_->rehearsed->universe().now(); }
Micros Flight::end() const { return impl_->rehearsed->universe().end(); }
bool Flight::over() const { return impl_->ended.has_value(); }
void Flight::run_until(Micros instant) { impl_->run_until(instant); }
Micros Flight::next_event() const {
  return std::min(end(), impl_->rehearsed->universe().next_event());
}

const Scenario& Flight::scenario() const { return impl_->scenario; }
std::string Flight::scenario_text() const { return impl_->scenario.effective_yaml; }
const Sources& Flight::sources() const { return impl_->stood.back().sources; }
const std::vector<Intervention>& Flight::interventions() const { return impl_->interventions; }
std::string Flight::intervene(Intervention hand) { return impl_->intervene(std::move(hand)); }

void Flight::rewind(Micros instant) { impl_->rewind(instant); }
std::vector<Micros> Flight::keyframes() const { return impl_->keyframes.instants(); }
std::int64_t Flight::keyframe_bytes() const { return impl_->keyframes.bytes(); }

const Universe& Flight::life(Life life) const {
  return (life == Life::control ? impl_->control : impl_->rehearsed)->universe();
}

const Record& Flight::so_far(Life life) const {
  if (impl_->ended) return life == Life::control ? impl_->ended->control : impl_->ended->rehearsed;
  return (life == Life::control ? impl_->control : impl_->rehearsed)->so_far();
}

const std::vector<Intent>& Flight::intents() const { return impl_->setup.intents; }
bool Flight::waits(StepId step) const { return impl_->rehearsed->universe().waits(step); }

RehearsalResult Flight::result() const {
  if (impl_->ended) return *impl_->ended;
  RehearsalResult result;
  result.control = impl_->control->part();
  result.rehearsed = impl_->rehearsed->part();
  result.intents = impl_->setup.intents;
  judge_lives(impl_->world, impl_->scenario, result);
  impl_->running->take(result.comparison, now());
  return result;
}

const Running& Flight::running() const { return *impl_->running; }

void Flight::recount() const {
  if (impl_->ended) return;
  const Record control = impl_->control->oracle().glance(now());
  const Record rehearsed = impl_->rehearsed->oracle().glance(now());
  impl_->running->take(
      compare(impl_->world, impl_->scenario, impl_->setup.intents, control, rehearsed), now());
}

WayBack Flight::way_back() const {
  if (impl_->ended) return impl_->ended->verdict.way_back;
  return pindah::way_back(impl_->world, impl_->scenario, so_far(Life::rehearsed), now());
}

std::vector<AnomalyCase> Flight::cases_after(std::size_t first) const {
  std::vector<AnomalyCase> cases;
  if (impl_->ended) {
    const auto& all = impl_->ended->rehearsed.cases;
    cases.assign(all.begin() + static_cast<std::ptrdiff_t>(std::min(first, all.size())), all.end());
    return cases;
  }
  const auto& all = impl_->rehearsed->oracle().cases();
  for (std::size_t i = first; i < all.size(); ++i) cases.push_back(all[i].what);
  return cases;
}

std::uint64_t Flight::past() const { return impl_->past; }

std::uint64_t Flight::digest() const {
  Digest digest;
  for (const Life life : {Life::control, Life::rehearsed}) digest.fold(this->life(life).digest());
  return digest.value();
}

}  // namespace pindah
