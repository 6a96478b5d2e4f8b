#include "flight/flight.h"

#include <algorithm>

#include "base/digest.h"
#include "flight/amend.h"
#include "flight/together.h"
#include "rehearsal/life.h"

namespace pindah {

struct Flight::Impl {
  Impl(const ScenarioAndWorld& input, Ground laid, const FlightOptions& chosen)
      : world(input.world),
        base(input.scenario),
        scenario(input.scenario),
        ground(std::move(laid)),
        options(chosen),
        together(chosen.threads > 1) {
    take_off();
  }

  void take_off() {
    control.emplace(premises, Life::control, nullptr, true);
    rehearsed.emplace(premises, Life::rehearsed, nullptr, true);
  }

  void run_until(Micros instant) {
    const Micros until = std::min(instant, rehearsed->universe().end());
    together.run([&] { rehearsed->run_until(until); }, [&] { control->run_until(until); });
    if (until == rehearsed->universe().end() && !ended) settle();
  }

  void settle() {
    ended.emplace();
    together.run([&] { ended->rehearsed = rehearsed->finish(false); },
                 [&] { ended->control = control->finish(false); });
    ended->intents = ground.intents;
    judge_lives(world, scenario, *ended);
  }

  std::string intervene(Intervention hand) {
    if (ended) return "The rehearsal is over.";
    hand.at = rehearsed->universe().now() + Micros{1};
    std::string why;
    Scenario edited = amend(scenario, world, rehearsed->universe(), hand, why);
    if (!why.empty()) return why;
    take_up(std::move(edited));
    hands.push_back(hand);
    return {};
  }

  void take_up(Scenario edited) {
    scenario = std::move(edited);
    ground.intents = draw_intents(world, scenario, ground.pools);
    control->amended();
    rehearsed->amended();
  }

  void rewind(Micros instant) {
    const std::vector<Intervention> done = std::exchange(hands, {});
    ended.reset();
    rehearsed.reset();
    control.reset();
    scenario = base;
    ground.intents = draw_intents(world, scenario, ground.pools);
    take_off();
    for (const Intervention& hand : done) {
      if (hand.at > instant) break;
      run_until(hand.at - Micros{1});
      intervene(hand);
    }
    run_until(instant);
  }

  const World& world;
  const Scenario base;
  Scenario scenario;
  Ground ground;
  FlightOptions options;
  Premises premises{world,        scenario,      ground.constants, ground.populated,
                    ground.pools, ground.intents};
  Together together;
  std::optional<LivedLife> control, rehearsed;
  std::vector<Intervention> hands;
  std::optional<RehearsalResult> ended;
};

Flight::Flight(const ScenarioAndWorld& input, Ground ground, const FlightOptions& options)
    : impl_(std::make_unique<Impl>(input, std::move(ground), options)) {}
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
const std::vector<Intervention>& Flight::interventions() const { return impl_->hands; }
std::string Flight::intervene(Intervention hand) { return impl_->intervene(std::move(hand)); }

void Flight::rewind(Micros instant, const std::atomic<bool>* /*stop*/) { impl_->rewind(instant); }
std::vector<Micros> Flight::keyframes() const { return {Micros{}}; }
std::int64_t Flight::keyframe_bytes() const { return 0; }

const Universe& Flight::life(Life life) const {
  return (life == Life::control ? impl_->control : impl_->rehearsed)->universe();
}

const Record& Flight::so_far(Life life) const {
  if (impl_->ended) return life == Life::control ? impl_->ended->control : impl_->ended->rehearsed;
  return (life == Life::control ? impl_->control : impl_->rehearsed)->so_far();
}

const std::vector<Intent>& Flight::intents() const { return impl_->ground.intents; }
bool Flight::waits(int step) const { return impl_->rehearsed->universe().waits(step); }

RehearsalResult Flight::result() const {
  if (impl_->ended) return *impl_->ended;
  RehearsalResult result;
  result.control = impl_->control->part();
  result.rehearsed = impl_->rehearsed->part();
  result.intents = impl_->ground.intents;
  judge_lives(impl_->world, impl_->scenario, result);
  return result;
}

std::uint64_t Flight::digest() const {
  Digest digest;
  for (const Life life : {Life::control, Life::rehearsed}) digest.fold(this->life(life).digest());
  return digest.value();
}

}  // namespace pindah
