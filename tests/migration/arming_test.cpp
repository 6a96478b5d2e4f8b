// Conditions are looked at from when on their step could make sense; all of a step's must hold.
#include "tests/migration/bench.h"

using namespace pindah;
using namespace pindah::test;

namespace {

// The usual plan and one step more, which waits for a condition.
std::vector<PlanStep> usual_and(StepKind kind, const std::string& when) {
  std::vector<PlanStep> plan = usual();
  PlanStep last = step(kind, "the last", {});
  last.at.reset();
  last.when = {condition(when)};
  plan.push_back(last);
  return plan;
}

Micros started(const Bench& bench, const std::string& name) {
  for (const PlanEvent& event : bench.events)
    if (event.step == step_id(name) && event.kind == PlanEventKind::started) return event.at;
  return kNever;
}

}  // namespace

TEST_CASE("a way back waits until something has gone over") {
  Bench bench(usual_and(StepKind::rollback, "lag(loans) < 1m for 3s"));
  bench.run_until(seconds(20));
  CHECK(started(bench, "the last") >= seconds(13));
  CHECK(started(bench, "the last") < seconds(15));
  CHECK(bench.gates->owner(bench.loans_service()) == Side::source);
}

TEST_CASE("a route back waits until something is led over") {
  std::vector<PlanStep> plan = usual_and(StepKind::route, "lag(loans) < 1m");
  plan.back().options<Route>().reads_ppm = 0;
  plan[3] = step(StepKind::route, "route over", seconds(10));
  plan[3].options<Route>().reads_ppm = 500'000;
  Bench bench(std::move(plan));
  bench.run_until(seconds(9));
  CHECK(started(bench, "the last") == kNever);
  bench.run_until(seconds(12));
  CHECK(started(bench, "the last") >= seconds(10));
  CHECK(bench.gates->led_reads(bench.loans_service())->ppm == 0);
}

TEST_CASE("a cutover that waits for a condition waits for its copy first") {
  std::vector<PlanStep> plan = usual();
  plan[1].at = seconds(30);
  plan[3].at.reset();
  plan[3].when = {condition("queue(target) == 0 for 3s")};
  Bench bench(std::move(plan));
  bench.run_until(seconds(60));
  CHECK(started(bench, "cutover of loans") > seconds(33));
  CHECK(bench.gates->owner(bench.loans_service()) == Side::target);
}

TEST_CASE("a retirement waits until the target owns what is retired") {
  Bench bench(usual_and(StepKind::retire, "in_flight(loans, source) == 0"));
  bench.run_until(seconds(9));
  CHECK_FALSE(bench.gates->retired(bench.loans_service(), Side::source));
  bench.run_until(seconds(20));
  CHECK(bench.gates->retired(bench.loans_service(), Side::source));
}

TEST_CASE("a step that nothing made sense of is told as such") {
  std::vector<PlanStep> plan = usual_and(StepKind::rollback, "lag(loans) < 1m");
  plan.erase(plan.begin() + 3);
  Bench bench(std::move(plan));
  bench.run_until(seconds(20));
  REQUIRE(bench.unfinished().size() == 1);
  CHECK(bench.unfinished().front() == "the last never started: there was nothing yet for it to do");
}

TEST_CASE("`at` with `when` means from then on, when") {
  std::vector<PlanStep> plan = usual_and(StepKind::rename, "lag(loans) < 1m for 4s");
  plan.back().at = seconds(20);
  Bench bench(std::move(plan));
  bench.run_until(seconds(23));
  CHECK(started(bench, "the last") == kNever);
  bench.run_until(seconds(30));
  CHECK(started(bench, "the last") == seconds(25));
}

TEST_CASE("of several conditions all must hold, and the one that did not is named") {
  std::vector<PlanStep> plan = usual_and(StepKind::rename, "lag(loans) < 1m");
  plan.back().when.push_back(condition("owner_is(loans, target)"));
  SECTION("they come to hold") {
    Bench bench(std::move(plan));
    bench.run_until(seconds(20));
    CHECK(started(bench, "the last") >= seconds(10));
    CHECK(started(bench, "the last") < seconds(12));
  }
  SECTION("one never does") {
    plan.erase(plan.begin() + 3);
    Bench bench(std::move(plan));
    bench.run_until(seconds(20));
    REQUIRE(bench.unfinished().size() == 1);
    CHECK(bench.unfinished().front() ==
          "the last never started: owner_is(loans, target) was false");
  }
}

TEST_CASE("a step comes after another that has ended well, or never") {
  std::vector<PlanStep> plan = usual_and(StepKind::rename, "lag(loans) < 1m");
  plan.back().when.clear();
  plan.back().after = "cutover of loans";
  SECTION("well") {
    Bench bench(std::move(plan));
    bench.run_until(seconds(9));
    CHECK(started(bench, "the last") == kNever);
    bench.run_until(seconds(20));
    CHECK(started(bench, "the last") >= seconds(10));
    CHECK(started(bench, "the last") < seconds(12));
  }
  SECTION("not well") {
    plan[3].needs = {condition("verified(loans)")};
    Bench bench(std::move(plan));
    bench.run_until(seconds(20));
    REQUIRE(bench.unfinished().size() == 2);
    CHECK(bench.unfinished().back() ==
          "the last never started: cutover of loans did not end well before");
  }
}
