// A rehearsal flown by hand: however it is paced, intervened in and taken back, it is the rehearsal
// of its scenario.
#include "flight/flight.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "scenario/parse.h"
#include "scenario/vocabulary/surprises.h"
#include "tests/self/rehearsed.h"

using namespace pindah;
using namespace pindah::test;

namespace {

struct Flown {
  explicit Flown(const std::string& name, std::uint64_t seed = 7, Sets sets = {}, int threads = 1)
      : input(read_test_scenario(name, seed, std::move(sets))),
        flight(input, prepare(input, 1), {threads, 1LL << 30, minutes(5)}) {}
  ScenarioAndWorld input;
  Flight flight;

  void land() { flight.run_until(flight.end()); }
};

// What the scenario's text gives without anybody at the window.
RehearsalResult headless(const Flown& flown) {
  Problems problems;
  const auto yaml = parse_yaml(flown.flight.scenario_text(), "flown.yaml", problems);
  REQUIRE(yaml);
  auto scenario = parse_scenario(*yaml, flown.input.world, problems);
  INFO(problems.text());
  REQUIRE(scenario);
  scenario->world_folder = flown.input.scenario.world_folder;
  // Its own file's text, with the interventions in it, says the same, and keeps what was written.
  const auto kept = read_sources(flown.flight.sources(), flown.input.world, problems);
  REQUIRE(kept);
  CHECK(kept->effective_yaml == flown.flight.scenario_text());
  const std::string& file = flown.input.sources.own.text;
  CHECK(flown.flight.sources().own.text.starts_with(file.substr(0, file.find('\n'))));
  return rehearse({*scenario, flown.input.world, {}}, {});
}

// Who noticed what, when, and by what; and what went wrong at all.
std::vector<std::string> told(const RehearsalResult& result) {
  std::vector<std::string> lines;
  for (const Noticer& noticer : result.comparison.noticers)
    lines.push_back(fmt::format("{} at {}: {}, by {}", noticer.intent, noticer.at.us, noticer.cause,
                                static_cast<int>(noticer.culprit.link)));
  for (const Record* record : {&result.control, &result.rehearsed})
    for (const AnomalyCase& found : record->cases)
      lines.push_back(fmt::format("{} of {} at {}: {}, by {}", found.anomaly, found.witness,
                                  found.at.us, found.detail, static_cast<int>(found.culprit.link)));
  return lines;
}

void same(const RehearsalResult& flown, const RehearsalResult& other) {
  CHECK(flown.control.digest == other.control.digest);
  CHECK(flown.rehearsed.digest == other.rehearsed.digest);
  CHECK(flown.digest == other.digest);
  CHECK(flown.verdict.word == other.verdict.word);
  CHECK(told(flown) == told(other));
  CHECK(flown.rehearsed.visits.size() == other.rehearsed.visits.size());
  CHECK(flown.rehearsed.statements == other.rehearsed.statements);
  CHECK(flown.rehearsed.compliance_looks == other.rehearsed.compliance_looks);
  REQUIRE(flown.rehearsed.compliance.size() == other.rehearsed.compliance.size());
  for (std::size_t i = 0; i < flown.rehearsed.compliance.size(); ++i)
    CHECK(flown.rehearsed.compliance[i].met_ppm == other.rehearsed.compliance[i].met_ppm);
  CHECK(flown.rehearsed.anomaly_exposure == other.rehearsed.anomaly_exposure);
  REQUIRE(flown.verdict.lines.size() == other.verdict.lines.size());
  for (std::size_t i = 0; i < flown.verdict.lines.size(); ++i)
    CHECK(flown.verdict.lines[i].says == other.verdict.lines[i].says);
}

// People come for a quarter of the time.
const Sets kShort{{"length", "10m"}};

Intervention surprise(SurpriseKind kind, Part part, Micros lasts) {
  Intervention hand;
  hand.kind = InterventionKind::surprise;
  hand.surprise.kind = kind;
  hand.surprise.part = part;
  hand.surprise.duration = lasts;
  hand.surprise.by = millis(400);
  hand.surprise.lost_ppm = 20'000;
  return hand;
}

constexpr Part kToTarget{PartKind::link, 1}, kTarget{PartKind::platform, 1};

// Each kind, on a part of each kind that it may befall.
std::vector<std::pair<SurpriseKind, Part>> every_surprise() {
  std::vector<std::pair<SurpriseKind, Part>> all;
  for (std::size_t i = 0; i < surprise_specs().size(); ++i)
    for (const PartKind part : surprise_specs()[i].parts) {
      const bool second =
          part == PartKind::link || part == PartKind::platform || part == PartKind::edge;
      all.emplace_back(static_cast<SurpriseKind>(i), Part{part, second ? 1 : 0});
    }
  return all;
}

Intervention hand_of(InterventionKind what, int step = -1, std::int64_t rate_micro = 0) {
  Intervention hand;
  hand.kind = what;
  hand.step = step;
  hand.shoppers_per_second_micro = rate_micro;
  return hand;
}

int step_named(const Flight& flight, const std::string& name) {
  const auto& plan = flight.scenario().plan;
  for (std::size_t i = 0; i < plan.size(); ++i)
    if (plan[i].name == name) return static_cast<int>(i);
  FAIL("no step " << name);
  return -1;
}

}  // namespace

TEST_CASE("in whatever slices a rehearsal is flown, it is the same", "[flight][night]") {
  const int threads = GENERATE(1, 2);
  Flown flown("lending", 7, {}, threads);
  const RehearsalResult whole = rehearse(flown.input, {});
  for (int i = 0; i < 200; ++i) flown.flight.run_until(flown.flight.next_event());
  for (int i = 0; i < 100; ++i) flown.flight.run_until(flown.flight.now() + seconds(1));
  while (!flown.flight.over()) {
    flown.flight.run_until(flown.flight.now() + minutes(7));
    CHECK(flown.flight.life(Life::control).now() == flown.flight.now());
  }
  same(flown.flight.result(), whole);
  CHECK(flown.flight.digest() == whole.digest);
  REQUIRE(flown.flight.result().rehearsed.gauges.size() > 100);
  RehearsalOptions keeping;
  keeping.keep_pages = true;
  const RehearsalResult kept = rehearse(flown.input, keeping);
  CHECK(flown.flight.result().rehearsed.gauges.size() == kept.rehearsed.gauges.size());
  CHECK(flown.flight.result().rehearsed.shown == kept.rehearsed.shown);
}

TEST_CASE("nobody is said to have noticed who did not, wherever the lives are looked at",
          "[flight][night]") {
  Flown flown("lending-nothing", 7, kShort);
  while (!flown.flight.over()) {
    flown.flight.run_until(flown.flight.now() + Micros{47'311'113});
    CHECK(flown.flight.result().comparison.noticers.empty());
  }
}

TEST_CASE("those who have noticed by an instant are among those who have at the end",
          "[flight][night]") {
  Flown flown("lending");
  flown.flight.run_until(minutes(5));
  Intervention hand = surprise(SurpriseKind::kill, {PartKind::platform, 0}, seconds(25));
  REQUIRE(flown.flight.intervene(hand) == "");
  std::set<std::uint32_t> before;
  while (!flown.flight.over()) {
    const bool close = flown.flight.now() < minutes(7);
    flown.flight.run_until(flown.flight.now() + Micros{close ? 2'311'113 : 297'311'113});
    std::set<std::uint32_t> now;
    for (const Noticer& noticer : flown.flight.result().comparison.noticers)
      now.insert(noticer.intent);
    for (const std::uint32_t intent : before) CHECK(now.count(intent) == 1);
    before = std::move(now);
  }
  CHECK(before.size() > 5);
}

TEST_CASE("each surprise by hand is one of the scenario", "[flight]") {
  const int number = GENERATE(range(0, std::min(10, sweep(2, 10))));
  REQUIRE(every_surprise().size() == 10);
  const auto [kind, part] = every_surprise()[static_cast<std::size_t>(number)];
  const bool both = number % 2 == 1;
  Flown flown("lending", 7, kShort);
  flown.flight.run_until(minutes(4) + Micros{333'337});
  Intervention hand = surprise(kind, part, seconds(40));
  hand.surprise.also_in_control = both;
  CHECK(flown.flight.intervene(hand) == "");
  flown.land();
  REQUIRE(flown.flight.scenario().surprises.size() == 1);
  constexpr const char* kNames[] = {
      "slow cashier",      "slow edge-target", "slow target", "slow catalogue", "cut edge-target",
      "lossy edge-target", "pause target",     "kill target", "kill migrator",  "stale edge 2"};
  CHECK(flown.flight.scenario().surprises[0].name == kNames[number]);
  CHECK(flown.flight.scenario().surprises[0].at == minutes(4) + Micros{333'338});
  same(flown.flight.result(), headless(flown));
}

TEST_CASE("steps that are advanced and held by hand are steps with other times",
          "[flight][night]") {
  Flown flown("lending");
  flown.flight.run_until(minutes(6) + Micros{5});
  const int cutover = step_named(flown.flight, "cutover of loans");
  const int verify = step_named(flown.flight, "verify of loans");
  SECTION("advanced") {
    CHECK(flown.flight.intervene(hand_of(InterventionKind::advance, verify)) == "");
    flown.flight.run_until(minutes(12));
    CHECK(flown.flight.intervene(hand_of(InterventionKind::advance, cutover)) == "");
  }
  SECTION("held for ever") {
    CHECK(flown.flight.intervene(hand_of(InterventionKind::hold, cutover)) == "");
    flown.land();
    CHECK(flown.flight.life(Life::rehearsed).owner(flown.input.world.service("loans")) ==
          Side::source);
  }
  SECTION("held and advanced") {
    CHECK(flown.flight.intervene(hand_of(InterventionKind::hold, cutover)) == "");
    flown.flight.run_until(minutes(28) + Micros{77});
    CHECK(flown.flight.waits(step_id("cutover of loans")));
    CHECK(flown.flight.intervene(hand_of(InterventionKind::advance, cutover)) == "");
    flown.flight.run_until(minutes(29));
    CHECK_FALSE(flown.flight.waits(step_id("cutover of loans")));
  }
  SECTION("one that waits for a condition") {
    const int retire = step_named(flown.flight, "retire of fees");
    CHECK(flown.flight.intervene(hand_of(InterventionKind::hold, retire)) == "");
  }
  flown.land();
  same(flown.flight.result(), headless(flown));
}

TEST_CASE("a rollback by hand brings back what the target owns", "[flight]") {
  Flown flown("lending-there-and-back");
  flown.flight.run_until(minutes(8) + seconds(30) + Micros{1});
  const ServiceId loans = flown.input.world.service("loans");
  REQUIRE(flown.flight.life(Life::rehearsed).owner(loans) == Side::target);
  const std::string why = flown.flight.intervene(hand_of(InterventionKind::roll_back));
  INFO(why);
  CHECK(why.empty());
  CHECK(flown.flight.scenario().plan.back().name == "rollback of loans (2)");
  flown.flight.run_until(minutes(10));
  CHECK(flown.flight.life(Life::rehearsed).owner(loans) == Side::source);
  flown.land();
  same(flown.flight.result(), headless(flown));
}

TEST_CASE("what cannot be is refused in words, and changes nothing", "[flight]") {
  Flown flown("lending");
  const std::string before = flown.flight.scenario_text();
  CHECK(flown.flight.intervene(hand_of(InterventionKind::roll_back)).find("nothing to roll back") !=
        std::string::npos);
  CHECK(flown.flight.intervene(hand_of(InterventionKind::advance, 99)) ==
        "The plan has no such step.");
  // Nothing of it has been captured or copied by then.
  CHECK(flown.flight.intervene(hand_of(InterventionKind::advance,
                                       step_named(flown.flight, "cutover of loans"))) != "");
  Intervention hand = surprise(SurpriseKind::slow, {PartKind::service, 99}, seconds(9));
  CHECK(flown.flight.intervene(hand) != "");
  flown.flight.run_until(minutes(5));
  CHECK(flown.flight.intervene(hand_of(InterventionKind::hold, 0)) ==
        "capture of loans and fees does not wait any more.");
  CHECK(flown.flight.scenario_text() == before);
  CHECK(flown.flight.interventions().empty());
  flown.land();
  CHECK(flown.flight.intervene(hand_of(InterventionKind::traffic, -1, 1)) ==
        "The rehearsal is over.");
}

TEST_CASE("traffic by hand changes who comes, in both lives", "[flight][night]") {
  const std::int64_t rate = GENERATE(0, 400'000, 9'000'000);
  Flown flown("lending");
  flown.flight.run_until(minutes(11) + Micros{41});
  const std::size_t before = flown.flight.intents().size();
  CHECK(flown.flight.intervene(hand_of(InterventionKind::traffic, -1, rate)) == "");
  const std::size_t after = flown.flight.intents().size();
  CHECK((rate > 2'500'000 ? after > before : after < before));
  flown.flight.run_until(minutes(21));
  CHECK(flown.flight.intervene(hand_of(InterventionKind::traffic, -1, 2'000'000)) == "");
  flown.land();
  same(flown.flight.result(), headless(flown));
}

TEST_CASE("what can be done by hand in the library can be done in the shop", "[flight]") {
  Flown flown("short-shop", 31);
  const auto take = [&](Intervention hand) {
    const std::string why = flown.flight.intervene(std::move(hand));
    INFO(why);
    CHECK(why.empty());
  };
  SECTION("every surprise") {
    int number = 0;
    for (const auto& [kind, part] : every_surprise()) {
      flown.flight.run_until(seconds(100 + 23 * number) + Micros{number * 1'017});
      take(surprise(kind, part, seconds(9)));
      ++number;
    }
  }
  SECTION("steps, people and the way back, and back in time") {
    flown.flight.run_until(minutes(1) + Micros{3});
    take(hand_of(InterventionKind::hold, step_named(flown.flight, "cutover of payments")));
    flown.flight.run_until(minutes(3));
    take(hand_of(InterventionKind::traffic, -1, 7'000'000));
    take(hand_of(InterventionKind::advance, step_named(flown.flight, "cutover of payments")));
    flown.flight.run_until(minutes(6));
    take(hand_of(InterventionKind::roll_back));
    flown.flight.run_until(minutes(7));
    for (const char* service : {"payments", "orders"})
      CHECK(flown.flight.life(Life::rehearsed).owner(flown.input.world.service(service)) ==
            Side::source);
    flown.flight.rewind(minutes(4));
    CHECK(flown.flight.interventions().size() == 3);
    take(surprise(SurpriseKind::slow, kToTarget, minutes(2)));
  }
  flown.land();
  same(flown.flight.result(), headless(flown));
}

TEST_CASE("a flight that is taken back goes on as if it had not been", "[flight][night]") {
  Flown flown("lending");
  const RehearsalResult whole = rehearse(flown.input, {});
  flown.flight.run_until(minutes(26) + Micros{9});
  for (const std::int64_t minute : {25, 13, 3, 19, 0}) {
    flown.flight.run_until(minutes(26));
    flown.flight.rewind(minutes(minute) + Micros{minute * 1'001});
    CHECK(flown.flight.now() == minutes(minute) + Micros{minute * 1'001});
    CHECK(flown.flight.life(Life::control).now() == flown.flight.now());
  }
  flown.land();
  same(flown.flight.result(), whole);
  // And from its end.
  flown.flight.rewind(minutes(24));
  CHECK_FALSE(flown.flight.over());
  // What only the end can tell is not known any more.
  CHECK(flown.flight.result().rehearsed.statements == 0);
  CHECK(flown.flight.result().rehearsed.beyond_horizon == 0);
  flown.land();
  same(flown.flight.result(), whole);
}

TEST_CASE("what is known at an instant is known again when the flight is taken back to it",
          "[flight][night]") {
  Flown flown("lending-choices");
  flown.flight.run_until(minutes(18) + Micros{5});
  const RehearsalResult then = flown.flight.result();
  const std::uint64_t digest = flown.flight.digest();
  flown.flight.run_until(minutes(33));
  flown.flight.rewind(minutes(18) + Micros{5});
  CHECK(flown.flight.digest() == digest);
  same(flown.flight.result(), then);
  CHECK(flown.flight.so_far(Life::rehearsed).shown == then.rehearsed.shown);
}

TEST_CASE("a line that says stop ends a flight where it ends the run, and can be gone back before",
          "[flight][night]") {
  Flown flown("lending-busy", 1,
              {{"plan[cutover of loans].fence", "refuse"},
               {"budget[readers who noticed]", "'noticed <= 0.1%, stop'"}});
  flown.land();
  CHECK(flown.flight.over());
  CHECK(flown.flight.now() == minutes(13));
  const RehearsalResult result = flown.flight.result();
  CHECK(result.verdict.exit_code == 3);
  same(result, headless(flown));
  flown.flight.rewind(minutes(12) + Micros{1});
  CHECK_FALSE(flown.flight.over());
  flown.land();
  same(flown.flight.result(), result);
  SECTION("as it is where one goes back to the instant itself") {
    flown.flight.rewind(minutes(13));
    flown.flight.run_until(minutes(13) + seconds(3));
    CHECK(flown.flight.now() == minutes(13));
    same(flown.flight.result(), result);
  }
}

TEST_CASE("another branch from the same past is the rehearsal of its own scenario",
          "[flight][night]") {
  Flown flown("lending");
  flown.flight.run_until(minutes(8));
  CHECK(flown.flight.intervene(surprise(SurpriseKind::slow, kToTarget, minutes(1))) == "");
  flown.flight.run_until(minutes(22));
  CHECK(flown.flight.intervene(surprise(SurpriseKind::kill, kTarget, seconds(20))) == "");
  flown.flight.run_until(minutes(34));
  flown.flight.rewind(minutes(15));
  CHECK(flown.flight.interventions().size() == 1);
  CHECK(flown.flight.intervene(hand_of(InterventionKind::traffic, -1, 5'000'000)) == "");
  flown.flight.run_until(minutes(30));
  flown.flight.rewind(minutes(15) + Micros{2});  // after it: it is taken once more
  CHECK(flown.flight.interventions().size() == 2);
  flown.land();
  CHECK(flown.flight.scenario().surprises.size() == 1);
  same(flown.flight.result(), headless(flown));
}

TEST_CASE("the way back keeps within its memory, and never loses its beginning",
          "[flight][night]") {
  const ScenarioAndWorld input = read_test_scenario("lending", 7);
  Flight free(input, prepare(input, 1), {1, 1LL << 30, minutes(2)});
  free.run_until(minutes(1));
  const std::int64_t one = free.keyframe_bytes();
  for (int i = 2; i <= 40; ++i) free.run_until(minutes(i));
  REQUIRE(free.keyframes().size() > 10);
  // What does not change is held once.
  CHECK(free.keyframe_bytes() < one * 100);
  Flight tight(input, prepare(input, 1), {1, one * 3, minutes(2)});
  for (int i = 1; i <= 40; ++i) {
    tight.run_until(minutes(i));
    CHECK((tight.keyframe_bytes() <= one * 3 || tight.keyframes().size() == 2));
    CHECK(tight.keyframes().front() == Micros{});
  }
  tight.rewind(minutes(17));
  tight.run_until(tight.end());
  same(tight.result(), rehearse(input, {}));
}
