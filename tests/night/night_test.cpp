// The shipped scenarios at their full scale: what they must say, and that each safe part of a
// cutover is needed. Built with optimisation only; a rehearsal of a night takes some seconds.
#include <catch2/catch.hpp>

#include <map>

#include "rehearsal/rehearsal.h"
#include "report/blame_words.h"
#include "tests/edit/sets.h"
#include "tests/golden/pinned.h"

using namespace pindah;

namespace {

using Settings = test::Sets;

ScenarioAndWorld read(const std::string& name, std::uint64_t seed, const Settings& settings = {}) {
  Problems problems;
  Overrides overrides;
  overrides.seed = seed;
  overrides.edits = test::edits_of(settings);
  auto input = read_scenario(std::string(PINDAH_SOURCE_DIR) + "/scenarios/" + name + ".yaml",
                             overrides, problems);
  INFO(problems.text());
  REQUIRE(input.has_value());
  return std::move(*input);
}

// Whatever changes a run says in its commit what changed and why.
void check_shipped(const std::string& name, const RehearsalResult& result) {
  test::check_pinned("scenarios/" + name + ".yaml", result);
}

constexpr const char* kFlagship = "payments-then-orders";
constexpr std::uint64_t kSeeds[] = {1212, 1, 2, 3, 4};

// What the plans of a night share: populated once, and the control life lived once.
struct Night {
  SharedSetup setup;
  std::optional<Record> control;
};
RehearsalResult rehearse_shared(const ScenarioAndWorld& input) {
  static std::map<std::string, Night> nights;
  const std::string key = setup_key(input);
  auto known = nights.find(key);
  if (known == nights.end()) known = nights.emplace(key, Night{prepare(input, 2), {}}).first;
  return rehearse(input, {}, known->second.setup, known->second.control);
}

RehearsalResult flagship(std::uint64_t seed, const Settings& settings = {}) {
  return rehearse_shared(read(kFlagship, seed, settings));
}

std::int64_t count_of(const RehearsalResult& result, Phase phase, const std::string& step) {
  for (const PlanEvent& event : result.rehearsed.plan)
    if (event.kind == PlanEventKind::phase && event.step == step_id(step) && event.phase == phase)
      return event.count;
  return -1;
}

Micros at_phase(const RehearsalResult& result, Phase phase, const std::string& step) {
  for (const PlanEvent& event : result.rehearsed.plan)
    if (event.kind == PlanEventKind::phase && event.step == step_id(step) && event.phase == phase)
      return event.at;
  return {};
}

// Fails on three of the five seeds, at least.
void needs(const Settings& without, int exit_code) {
  int failed = 0, passed = 0;
  for (const std::uint64_t seed : kSeeds) {
    const int code = flagship(seed, without).verdict.exit_code;
    UNSCOPED_INFO("seed " << seed << ": exit " << code);
    (code == exit_code ? failed : passed) += 1;
    if (failed == 3 || passed == 3) break;
  }
  CHECK(failed >= 3);
}

}  // namespace

TEST_CASE("The night of 12.12 is within its budget, hard as its cutovers are tried", "[flagship]") {
  std::map<std::string, std::int64_t> in_flight, met;
  std::map<std::string, Micros> frozen;
  const std::string kCutovers[] = {"cutover of payments", "cutover of orders"};
  for (const std::uint64_t seed : kSeeds) {
    const RehearsalResult result = flagship(seed);
    INFO("seed " << seed);
    if (seed == kSeeds[0]) check_shipped(kFlagship, result);
    CHECK(result.verdict.exit_code == 0);
    CHECK(result.rehearsed.cases.empty());
    for (const std::string& step : kCutovers) {
      in_flight[step] += count_of(result, Phase::fence, step);
      met[step] += count_of(result, Phase::fence, step) + count_of(result, Phase::release, step);
      frozen[step] += at_phase(result, Phase::release, step) - at_phase(result, Phase::fence, step);
    }
  }
  for (const std::string& step : kCutovers) {
    INFO("step " << step);
    CHECK(in_flight[step] >= 5 * 8);
    CHECK(met[step] >= 5 * 30);
    CHECK(frozen[step] < millis(600) * 5);
  }
}

TEST_CASE("Without the drain the night fails", "[flagship]") {
  needs({{"plan[cutover of payments].drain", "false"}, {"plan[cutover of orders].drain", "false"}},
        1);
}

TEST_CASE("With the position read before the drain the night fails", "[flagship]") {
  needs({{"plan[cutover of payments].position", "before_drain"},
         {"plan[cutover of orders].position", "before_drain"}},
        1);
}

TEST_CASE("Without callback forwarding the night fails", "[flagship]") {
  needs({{"plan[cutover of payments].forward_callbacks", "false"}}, 1);
}

// The verify finds what is missing, the cutovers are not begun, and the run says so: it does not
// pass.
TEST_CASE("With the changelog begun after the copy the night does not pass", "[flagship]") {
  needs({{"plan[capture of payments and orders].at", "13m"},
         {"plan[apply of payments and orders].at", "13m1s"}},
        4);
}

TEST_CASE("With chunks that win over the changelog the night does not pass", "[flagship]") {
  needs({{"plan[copy of payments and orders].conflict", "upsert"}}, 4);
}

// Without the verify that saved them, shoppers are hurt.
TEST_CASE("With the changelog begun after the copy and nobody to verify, the night fails",
          "[flagship]") {
  needs({{"plan[capture of payments and orders].at", "13m"},
         {"plan[apply of payments and orders].at", "13m1s"},
         {"plan[cutover of payments].needs", "copied(payments) == 100%"},
         {"plan[cutover of orders].needs", "copied(orders) == 100%"}},
        1);
}

TEST_CASE("With chunks that win and nobody to verify, the night fails", "[flagship]") {
  needs({{"plan[copy of payments and orders].conflict", "upsert"},
         {"plan[cutover of payments].needs", "copied(payments) == 100%"},
         {"plan[cutover of orders].needs", "copied(orders) == 100%"},
         {"plan[cutover of payments].verify", "false"},
         {"plan[cutover of orders].verify", "false"}},
        1);
}

TEST_CASE("On a knife's edge shoppers are refused at the fence and leave empty-handed") {
  const ScenarioAndWorld input = read("knife-edge", 1212);
  const RehearsalResult result = rehearse_shared(input);
  check_shipped("knife-edge", result);
  CHECK(result.verdict.exit_code == 1);
  CHECK(result.comparison.empty_handed > 0);
  CHECK(result.verdict.causes.at("refused during the fence") > 0);
  CHECK(culprit_counts({input.scenario, input.world, result})
            .at("cutover of payments and orders: fence") > 0);
}

// The percentages are results of rules over the databases: without a step, the rules that it serves
// are unmet, and no others.
TEST_CASE("The ministry's percentages follow from the plan, step by step") {
  const auto percent_at_the_end = [](const RehearsalResult& result) {
    return result.rehearsed.compliance.back().total_ppm / 10'000;
  };
  const RehearsalResult told = rehearse_shared(read("ministry-timeline", 3112));
  check_shipped("ministry-timeline", told);
  CHECK(told.verdict.exit_code == 0);
  CHECK(told.comparison.noticers.empty());
  CHECK(percent_at_the_end(told) == 100);
  // A cutover whose condition does not hold is skipped.
  const std::map<std::string, int> worth = {{"plan[cutover of payments]", 44},
                                            {"plan[cutover of accounts]", 14},
                                            {"plan[cutover of merchants]", 12}};
  for (const auto& [step, weight] : worth) {
    INFO(step);
    const RehearsalResult without = rehearse_shared(
        read("ministry-timeline", 3112, {{step + ".needs", "queue(source) > 1000000"}}));
    CHECK(percent_at_the_end(without) == 100 - weight);
  }
}

TEST_CASE(
    "A closure is noticed by those who wanted to buy, and loses nothing of what was promised") {
  const ScenarioAndWorld input = read("closure-2023", 410);
  const RehearsalResult result = rehearse(input, {});
  check_shipped("closure-2023", result);
  CHECK(result.verdict.exit_code == 1);
  CHECK(result.rehearsed.cases.empty());
  std::int64_t closed = 0;
  const BlameWords words(input.world, input.scenario);
  for (const Noticer& noticer : result.comparison.noticers) {
    CHECK(words.name(noticer.culprit) == "the closure");
    closed += noticer.cause == "the page was closed" ? 1 : 0;
  }
  std::int64_t told = 0;
  for (const PlanEvent& event : result.rehearsed.plan)
    told += event.step == step_id("the closure") && event.with == step_id("the reopening") ? 1 : 0;
  CHECK(told == 1);
  CHECK(closed * 10 > static_cast<std::int64_t>(result.comparison.noticers.size()) * 9);
  for (const LineResult& line : result.verdict.lines)
    CHECK((line.state == LineState::fail) == (line.line->name == "shoppers who noticed"));
}

TEST_CASE("Cold feet abort the cutover, and nobody loses anything") {
  const RehearsalResult result = rehearse(read("cold-feet", 1212), {});
  check_shipped("cold-feet", result);
  CHECK(result.verdict.exit_code == 0);
  CHECK(result.rehearsed.cases.empty());
  bool aborted = false;
  for (const PlanEvent& event : result.rehearsed.plan)
    aborted = aborted || event.kind == PlanEventKind::aborted;
  CHECK(aborted);
}

TEST_CASE("An empty plan is exactly zero of everything") {
  const RehearsalResult result = rehearse_shared(read("empty-plan", 1212));
  check_shipped("empty-plan", result);
  CHECK(result.verdict.exit_code == 0);
  CHECK(result.control.digest == result.rehearsed.digest);
  CHECK(result.comparison.noticers.empty());
  CHECK(result.comparison.spillover == 0);
  CHECK(result.rehearsed.cases.empty());
}

TEST_CASE("A placebo is noticed by nobody") {
  const RehearsalResult result = rehearse_shared(read("placebo", 1212));
  check_shipped("placebo", result);
  CHECK(result.verdict.exit_code == 0);
  CHECK(result.comparison.noticers.empty());
  CHECK(result.rehearsed.cases.empty());
}
