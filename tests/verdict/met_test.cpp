// A step that changes who answers proves something only if people were there.
#include <catch2/catch.hpp>

#include "tests/verdict/bench.h"

namespace pindah {
namespace {

using namespace verdict_bench;

// A hundred sessions, a cutover of orders in their midst, and a budget that holds.
struct Moved : Lives {
  explicit Moved(StepKind kind = StepKind::cutover) : Lives(100) {
    walk();
    add_step(kind, "the step", {kOrders});
    event(seconds(30), PlanEventKind::started, 0);
    budget("lost_orders == 0");
    StepMet met;
    met.step = step_id("the step");
    met.at = minutes(10);
    met.last = seconds(100);
    rehearsed.met = {met};
  }
  StepMet& met() { return rehearsed.met.front(); }
  int code() const { return judged().exit_code; }
};

TEST_CASE("a cutover is met by those in flight, those just before, and those it holds",
          "[verdict]") {
  Moved lives;
  CHECK(lives.code() == 4);
  lives.met().before = 6;
  lives.met().hindered = 3;
  lives.met().after = 500;
  const Verdict verdict = lives.judged();
  CHECK(verdict.exit_code == 4);
  REQUIRE(verdict.inconclusive.size() == 1);
  CHECK(std::get<MetStep>(verdict.inconclusive.front()).count == 9);
  CHECK(std::get<MetStep>(verdict.inconclusive.front()).needed == 10);
  lives.met().hindered = 4;
  CHECK(lives.code() == 0);
  lives.scenario.plan[0].met_at_least = 11;
  CHECK(lives.code() == 4);
}

TEST_CASE("a retirement is met by those who come after it", "[verdict]") {
  Moved lives(StepKind::retire);
  lives.met().before = 500;
  CHECK(lives.code() == 4);
  lives.met().after = 10;
  CHECK(lives.code() == 0);
}

TEST_CASE("a route is met also by those who come while it leads more and more over", "[verdict]") {
  Moved lives(StepKind::route);
  lives.met().before = 4;
  lives.met().during = 6;
  CHECK(lives.code() == 0);
}

TEST_CASE("a quiet step is asked for those whom the new owner answers afterwards", "[verdict]") {
  Moved lives;
  lives.scenario.plan[0].quiet = true;
  lives.met().before = 500;
  lives.met().answered = 29;
  CHECK(lives.code() == 4);
  lives.met().answered = 30;
  CHECK(lives.code() == 0);
  CHECK(lives.judged().met.front().quiet);
}

TEST_CASE("a step that nobody met excuses nothing that broke", "[verdict]") {
  Moved lives;
  AnomalyCase lost;
  lost.anomaly = 0;
  lost.at = minutes(1);
  lives.rehearsed.cases = {lost};
  CHECK(lives.code() == 1);
}

TEST_CASE("a line about what nobody moves does not apply, and decides nothing", "[verdict]") {
  Moved lives;
  lives.met().before = 10;
  lives.scenario.plan[0].services = {kCatalogue};
  lives.rehearsed.anomaly_exposure = {0, 1000};
  lives.budget("longest_outage(orders) <= 2s");
  const Verdict verdict = lives.judged();
  CHECK(verdict.exit_code == 0);
  CHECK(verdict.lines[0].state == LineState::not_applicable);
  CHECK(verdict.lines[0].says ==
        "not applicable: nothing in the plan changes who answers for orders");
  SECTION("but it fails where it breaks all the same") {
    AnomalyCase lost;
    lost.anomaly = 0;
    lives.rehearsed.cases = {lost};
    CHECK(lives.judged().lines[0].state == LineState::fail);
    CHECK(lives.code() == 1);
  }
}

TEST_CASE("pages before the plan's first step could not have been broken by it", "[verdict]") {
  Moved lives;
  lives.met().before = 10;
  lives.met().at = seconds(90);
  lives.budget("failures(edge) <= 10%");
  lives.budget("longest_outage <= 2s");
  const Verdict verdict = lives.judged();
  // A page every second from 0 and from 5, each 50 ms long: those that end after the instant.
  CHECK(verdict.lines[1].exposure == (100 - 30) + (100 - 25));
  CHECK(verdict.lines[2].exposure == (100 - 30) + (100 - 25));
}

}  // namespace
}  // namespace pindah
