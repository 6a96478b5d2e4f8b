// A universe that is put away between any two events of a cutover, and taken out again, goes on as
// if nothing had been.
#include <set>
#include <tuple>

#include "tests/migration/bench.h"
#include "universe/universe.h"

using namespace pindah;
using namespace pindah::test;

namespace {

Scenario small_scenario() {
  Scenario scenario;
  scenario.starts_us = kStartUs;
  scenario.length = seconds(50);
  scenario.settle = seconds(5);
  scenario.scale = {{"readers", 60}, {"books", 40}, {"past_loans", 120}};
  for (PlatformCapacity& capacity : scenario.platforms)
    capacity = {8, 100, {millis(6), millis(40)}};
  for (LinkSpec& link : scenario.links) link = {millis(9), 10'000};
  TrafficEntry entry;
  entry.until = scenario.length;
  entry.rate_micro = 4'000'000;
  entry.mix = library().mix("usual");
  scenario.traffic = {entry};
  scenario.plan = {step(StepKind::capture, "capture", seconds(1)),
                   step(StepKind::copy, "copy", seconds(2)),
                   step(StepKind::apply, "apply", seconds(2)),
                   step(StepKind::verify, "verify", seconds(8)),
                   step(StepKind::cutover, "cutover", seconds(30)),
                   step(StepKind::rollback, "rollback", seconds(40))};
  for (PlanStep& s : scenario.plan) {
    s.services.push_back(library().service("fees"));
    set<Copy>(s, [](Copy& copy) {
      copy.chunk = 30;
      copy.rows_per_second = 200;
    });
    set<Verify>(s, [](Verify& verify) { verify.chunk = 30; });
    set<Apply>(s, [](Apply& apply) { apply.poll = seconds(1); });
  }
  return scenario;
}

// The same with a step and a surprise more, in front of the others, that nobody lives to see.
Scenario with_more() {
  Scenario scenario = small_scenario();
  scenario.plan.insert(scenario.plan.begin(), step(StepKind::rename, "late", hours(9)));
  Surprise late;
  late.name = "late";
  late.part = {PartKind::link, 0};
  late.at = hours(9);
  late.duration = seconds(1);
  scenario.surprises.insert(scenario.surprises.begin(), late);
  return scenario;
}

using Happened =
    std::vector<std::tuple<std::int64_t, PlanEventKind, StepId, SurpriseId, ServiceId>>;

struct Lived {
  Happened happened;
  std::uint64_t digest = 0;
};

// From a snapshot on, or (empty) from the beginning; with a snapshot on the way.
Lived live(const Scenario& scenario, const std::string& from, Micros stop, std::string* snapshot) {
  const Pools pools = read_pools(library(), populated());
  const std::vector<Intent> intents = draw_intents(library(), scenario, pools);
  const LifeInputs premises{library(), scenario, small_scale(), populated(), pools, intents};
  PlanWatcher watcher;
  auto universe = from.empty()
                      ? std::make_unique<Universe>(premises, Life::rehearsed, watcher)
                      : std::make_unique<Universe>(premises, Life::rehearsed, watcher, from);
  if (snapshot != nullptr) {
    universe->run_until(stop);
    *snapshot = universe->snapshot();
  }
  universe->run_until(universe->end());
  Lived lived;
  for (const PlanEvent& e : watcher.events)
    lived.happened.emplace_back(e.at.us, e.kind, e.step, e.surprise, e.service);
  lived.digest = universe->digest();
  return lived;
}

}  // namespace

TEST_CASE("a step and a surprise that join or leave a plan disturb none of the others") {
  Scenario few = small_scenario(), more = with_more();
  for (Scenario* scenario : {&few, &more}) {
    Surprise slow;
    slow.name = "slow link";
    slow.kind = SurpriseKind::slow;
    slow.part = {PartKind::link, static_cast<int>(LinkId::source_target)};
    slow.at = seconds(28);
    slow.duration = seconds(6);
    slow.by = millis(20);
    scenario->surprises.push_back(slow);
  }
  const Lived whole = live(few, {}, {}, nullptr);
  REQUIRE(whole.happened.size() > 20);
  // In the copy, in the verify, amid the cutover, and between it and the rollback.
  for (const Micros stop : {millis(2'020), millis(8'012), millis(30'010), seconds(35)}) {
    std::string of_few, of_more;
    CHECK(live(few, {}, stop, &of_few).digest == whole.digest);
    const Lived with = live(more, {}, stop, &of_more);
    CHECK(with.digest == whole.digest);
    CHECK(with.happened == whole.happened);
    CHECK(live(more, of_few, {}, nullptr).digest == whole.digest);
    CHECK(live(few, of_more, {}, nullptr).digest == whole.digest);
  }
}

TEST_CASE("a keyframe is the life as it was, whatever came after it", "[migration]") {
  const Scenario scenario = small_scenario();
  const Pools pools = read_pools(library(), populated());
  const std::vector<Intent> intents = draw_intents(library(), scenario, pools);
  const LifeInputs premises{library(), scenario, small_scale(), populated(), pools, intents};
  PlanWatcher ignored;
  for (const std::int64_t instant : {0, 2'020'000, 8'012'000}) {
    Universe went_on(premises, Life::rehearsed, ignored);
    if (instant > 0) went_on.run_until({instant});
    const std::string snapshot = went_on.snapshot(), state = went_on.state();
    const PerSide<std::string> images{went_on.database(Side::source).image(),
                                      went_on.database(Side::target).image()};
    went_on.run_until(went_on.now() + minutes(5));
    REQUIRE((went_on.snapshot() != snapshot));
    const Universe again(premises, Life::rehearsed, ignored, images, state,
                         went_on.release_custody());
    CHECK((again.snapshot() == snapshot));
  }
}

TEST_CASE("a snapshot in every phase of a plan goes on to the same end") {
  const Scenario scenario = small_scenario();
  const Pools pools = read_pools(library(), populated());
  const std::vector<Intent> intents = draw_intents(library(), scenario, pools);
  const LifeInputs premises{library(), scenario, small_scale(), populated(), pools, intents};
  PlanWatcher watcher;
  Universe straight(premises, Life::rehearsed, watcher);
  straight.run_until(straight.end());
  CHECK(straight.unfinished_steps().empty());
  REQUIRE(straight.owner(library().service("loans")) == Side::source);
  // In the middle of copy and verify, and within a few milliseconds of each step of the cutovers.
  std::set<std::int64_t> instants{2'010'000, 2'020'000, 2'035'000, 8'012'000, 8'030'000};
  std::set<Phase> seen;
  for (const PlanEvent& event : watcher.events) {
    if (event.kind != PlanEventKind::phase) continue;
    seen.insert(event.phase);
    for (const std::int64_t after : {0, 3'000, 13'000}) instants.insert(event.at.us + after);
  }
  CHECK(seen.count(Phase::catch_up) == 1);
  CHECK(seen.count(Phase::verify) == 1);

  PlanWatcher ignored;
  auto stepwise = std::make_unique<Universe>(premises, Life::rehearsed, ignored);
  for (const std::int64_t instant : instants) {
    stepwise->run_until({instant});
    const std::string snapshot = stepwise->snapshot();
    stepwise = std::make_unique<Universe>(premises, Life::rehearsed, ignored, snapshot);
    CHECK(stepwise->snapshot() == snapshot);
  }
  stepwise->run_until(stepwise->end());
  CHECK(all_loans(straight.database(Side::source), Side::source) ==
        all_loans(straight.database(Side::target), Side::target));
  CHECK(stepwise->digest() == straight.digest());
  CHECK(stepwise->unfinished_steps().empty());
}
