#include <catch2/catch.hpp>

#include "report/blame_words.h"
#include "tests/verdict/bench.h"

namespace pindah {
namespace {

using namespace verdict_bench;

std::string by(const Lives& lives, const Noticer& noticer) {
  return BlameWords(lives.world, lives.scenario).name(noticer.culprit);
}

// A cutover of orders from 4 s to 30 s, fence closed from 5 s to 9 s.
Lives with_cutover() {
  Lives lives(1);
  lives.add_step(StepKind::capture, "capture of orders", {kOrders});
  lives.add_step(StepKind::cutover, "cutover of orders", {kOrders});
  lives.add_step(StepKind::copy, "copy of orders", {kOrders});
  lives.event(seconds(1), PlanEventKind::started, 0);
  lives.event(seconds(4), PlanEventKind::started, 1);
  lives.event(seconds(5), PlanEventKind::phase, 1, Phase::fence);
  lives.event(seconds(5), PlanEventKind::started, 2);  // begun later, and less likely to blame
  lives.event(seconds(7), PlanEventKind::phase, 1, Phase::switch_over);
  lives.event(seconds(8), PlanEventKind::finished, 2);
  lives.event(seconds(9), PlanEventKind::phase, 1, Phase::release);
  lives.event(seconds(10), PlanEventKind::finished, 1);
  lives.walk();
  return lives;
}

Noticer noticer_of(const Lives& lives) {
  const Comparison comparison = lives.compared();
  REQUIRE(comparison.noticers.size() == 1);
  return comparison.noticers.front();
}

TEST_CASE("a refusal at the fence names the cutover and its fence", "[verdict]") {
  Lives lives = with_cutover();
  lives.hers(0, 1).end = PageEnd::failed;
  lives.hers(0, 1).obstacle = Obstacle::fence_refused;
  lives.hers(0, 1).service = kOrders;
  const Noticer noticer = noticer_of(lives);
  CHECK(noticer.step == step_id("cutover of orders"));
  CHECK(noticer.phase == Phase::fence);
  CHECK(noticer.cause == "refused during the fence");
  CHECK(by(lives, noticer) == "cutover of orders: fence");
}

TEST_CASE("what the path met is the cause of slowness", "[verdict]") {
  Lives lives = with_cutover();
  lives.hers(0, 1).latency_us = seconds(3).us;
  CHECK(noticer_of(lives).cause == "slower");
  const auto went_to = [&](Delay delay, Micros time) { lives.hers(0, 1).delays.add(delay, time); };
  // A ledger takes its time in both lives: what counts is what differs.
  lives.hers(0, 1).obstacle = Obstacle::ledger;
  lives.twins(0, 1).delays.add(Delay::ledger, seconds(2));
  went_to(Delay::ledger, seconds(2));
  went_to(Delay::queue_target, millis(900));
  CHECK(noticer_of(lives).cause == "slower (waiting for a busy platform)");
  CHECK(by(lives, noticer_of(lives)) == "queue of New");
  went_to(Delay::link, seconds(1));
  CHECK(noticer_of(lives).cause == "slower (on a link)");
  went_to(Delay::ledger, seconds(2));
  CHECK(noticer_of(lives).cause == "slower (waiting for a ledger)");
  lives.hers(0, 1).hindered_us = seconds(2).us;  // most of it at the gate
  CHECK(noticer_of(lives).cause == "held by the fence");
  CHECK(by(lives, noticer_of(lives)) == "cutover of orders: fence");
}

TEST_CASE("an anomaly shown on the visit is the cause, and custody's link the culprit",
          "[verdict]") {
  Lives lives = with_cutover();
  lives.hers(0, 1).facts = 1;
  lives.hers(0, 1).truthful = false;
  AnomalyCase stale;
  stale.anomaly = 1;
  stale.at = seconds(5) + millis(50);
  stale.culprit.link = BrokenLink::not_captured;
  lives.rehearsed.cases = {stale};
  const Noticer noticer = noticer_of(lives);
  CHECK(noticer.cause == "order missing or out of date");
  CHECK(by(lives, noticer) == "not captured");
}

TEST_CASE("what no rule traces is told as that, and never blamed on a step that was near",
          "[verdict]") {
  Lives lives = with_cutover();
  lives.both(visit(0, 2, kOrder, seconds(60)));
  lives.hers(0, 2).plain = 1;
  CHECK(by(lives, noticer_of(lives)) == "not traced");
  CHECK(noticer_of(lives).step == step_id("capture of orders"));
  lives.event(seconds(20), PlanEventKind::finished, 0);
  CHECK(noticer_of(lives).after == step_id("cutover of orders"));
}

TEST_CASE("a step that does not concern the page's services is none of its business", "[verdict]") {
  Lives lives = with_cutover();
  lives.hers(0, 0).plain = 1;  // home asks the catalogue alone
  CHECK(noticer_of(lives).step == StepId::none);
  CHECK(noticer_of(lives).after == StepId::none);
}

TEST_CASE("a database that refuses is told in its own words, with the call", "[verdict]") {
  Lives lives = with_cutover();
  for (Record* life : {&lives.control, &lives.rehearsed})
    for (const Visit& v : life->visits) {
      const bool hers = life == &lives.rehearsed && v.intent == 0 && v.visit == 1;
      if (hers) life->cells.add(std::string_view("UNIQUE constraint failed: loan.no"));
      life->cells.append();
    }
  Visit& visit = lives.hers(0, 1);
  visit.end = PageEnd::failed;
  visit.obstacle = Obstacle::sql_error;
  visit.step = 0;
  visit.at = Side::target;
  const Noticer noticer = noticer_of(lives);
  CHECK(noticer.cause == "the database refused: UNIQUE constraint failed: loan.no");
  CHECK(by(lives, noticer) == "call orders.place of New: UNIQUE constraint failed: loan.no");
}

TEST_CASE("a surprise of the rehearsed life alone is the culprit, weather is not", "[verdict]") {
  Lives lives = with_cutover();
  Surprise surprise;
  surprise.name = "slow source-target";
  lives.scenario.surprises = {surprise};
  lives.event(seconds(4), PlanEventKind::surprise, 0, Phase::on);
  lives.event(seconds(6), PlanEventKind::surprise, 0, Phase::off);
  lives.hers(0, 1).plain = 1;
  CHECK(by(lives, noticer_of(lives)) == "slow source-target");
  lives.scenario.surprises[0].also_in_control = true;
  CHECK(by(lives, noticer_of(lives)) == "not traced");
}

TEST_CASE("each kind of anomaly is told in its row's words, and without any by the world's name",
          "[verdict]") {
  Lives lives(1);
  lives.walk();
  lives.hers(0, 1).plain = 1;
  AnomalyCase shown;
  shown.anomaly = 1;
  shown.intent = 0;
  shown.at = Micros{lives.hers(0, 1).intended_us + 1};
  lives.rehearsed.cases.push_back(shown);
  lives.world.anomalies[1].name = "gone_flowers";
  const AnomalyRow wilted{AnomalyKind::count, "wilted", {"p"},       1,
                          ExposedBy::sights,  {},       "{} wilted", "it has wilted"};
  lives.world.anomalies[1].kind = &wilted;
  CHECK(noticer_of(lives).cause == "order wilted");
  lives.world.anomalies[1].kind = &row_of(AnomalyKind::logged_out);
  CHECK(noticer_of(lives).cause == "logged out");
  lives.world.anomalies[1].kind = &row_of(AnomalyKind::uncoupled);
  CHECK(noticer_of(lives).cause == "gone_flowers");
}

}  // namespace
}  // namespace pindah
