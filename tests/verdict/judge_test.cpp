#include <catch2/catch.hpp>

#include "tests/verdict/bench.h"

namespace pindah {
namespace {

using namespace verdict_bench;

LineResult only_line(const Lives& lives) {
  const Verdict verdict = lives.judged();
  REQUIRE(verdict.lines.size() == 1);
  return verdict.lines.front();
}

AnomalyCase lost_at(Micros at, std::int64_t count = 1) {
  AnomalyCase c;
  c.anomaly = 0;
  c.at = at;
  c.count = count;
  return c;
}

TEST_CASE("a budget that holds passes with exit 0, and says what could have broken it",
          "[verdict]") {
  Lives lives(100);
  lives.walk();
  lives.budget("noticed <= 0.1%");
  lives.budget("lost_orders == 0");
  const Verdict verdict = lives.judged();
  CHECK(verdict.exit_code == 0);
  CHECK(verdict.word == "PASS");
  CHECK(verdict.lines[0].state == LineState::pass);
  CHECK(verdict.lines[0].exposure == 100);
  CHECK(verdict.lines[1].exposure == 1000);
  CHECK(verdict.cut == kNever);
}

TEST_CASE("the share of noticed shoppers is of the exposed, rounded up", "[verdict]") {
  Lives lives(300);
  lives.walk();
  lives.hers(7, 1).plain = 1;
  lives.budget("noticed <= 0.3%");
  const LineResult line = only_line(lives);
  CHECK(line.value == 3'334);
  CHECK(line.state == LineState::fail);
  CHECK(line.from == seconds(12) + millis(50));  // as its reply came
  CHECK(lives.judged().exit_code == 1);
  CHECK(lives.judged().word == "FAIL");
  CHECK(lives.judged().causes.at("something else shown") == 1);
}

TEST_CASE("a percentage is told so that one sees on which side of its limit it is", "[verdict]") {
  struct Case {
    const char* line;
    const char* says;
  };
  for (const Case& c : {Case{"noticed <= 0.3%", "0.33 %, limit 0.30 %"},
                        Case{"noticed <= 0.33%", "0.3334 %, limit 0.33 %"},
                        Case{"noticed <= 0.34%", "0.33 %, limit 0.34 %"},
                        Case{"noticed < 0.3%", "0.33 %, must be below 0.30 %"},
                        Case{"noticed == 0%", "0.33 %, must be 0 %"},
                        Case{"noticed >= 5%", "0.33 %, must be at least 5.00 %"},
                        Case{"noticed > 0.1%", "0.33 %, above 0.10 %"},
                        Case{"empty_handed == 0%", "0 %, as required"}}) {
    Lives lives(300);
    lives.walk();
    lives.hers(7, 1).plain = 1;
    lives.budget(c.line);
    CHECK(only_line(lives).says == c.says);
  }
}

TEST_CASE("a line breaks when its limit is passed, not at the first case", "[verdict]") {
  Lives lives(100);
  lives.walk();
  for (const std::uint32_t intent : {10u, 20u, 30u}) lives.hers(intent, 1).plain = 1;
  lives.budget("noticed <= 2%");
  CHECK(only_line(lives).from == seconds(35) + millis(50));
}

TEST_CASE("too little exposure is inconclusive, not a pass", "[verdict]") {
  Lives lives(29);
  lives.walk();
  lives.budget("noticed <= 5%");
  CHECK(only_line(lives).state == LineState::inconclusive);
  CHECK(only_line(lives).exposure == 29);
  CHECK(only_line(lives).exposure_needed == 30);
  CHECK(lives.judged().exit_code == 4);
  SECTION("a share of so few is no failure either") {
    lives.hers(0, 1).plain = lives.hers(1, 1).plain = 1;
    CHECK(only_line(lives).state == LineState::inconclusive);
  }
}

TEST_CASE("one lost order breaks its line however few there were", "[verdict]") {
  Lives lives(5);
  lives.walk();
  lives.rehearsed.anomaly_exposure[0] = 3;
  lives.budget("lost_orders == 0");
  CHECK(only_line(lives).state == LineState::inconclusive);
  lives.rehearsed.cases = {lost_at(minutes(3), 2)};
  CHECK(only_line(lives).state == LineState::fail);
  CHECK(only_line(lives).value == 2);
  CHECK(only_line(lives).from == minutes(3));
}

TEST_CASE("an anomaly may be limited by the control's", "[verdict]") {
  Lives lives(40);
  lives.walk();
  lives.rehearsed.cases = {lost_at(seconds(1)), lost_at(seconds(2)), lost_at(seconds(3))};
  lives.control.cases = {lost_at(seconds(1)), lost_at(seconds(1))};
  lives.budget("lost_orders <= 1.5 x control");
  CHECK(only_line(lives).state == LineState::pass);
  lives.control.cases.pop_back();
  CHECK(only_line(lives).limit == 2);
  CHECK(only_line(lives).state == LineState::fail);
}

TEST_CASE("a percentile needs a hundred samples, of the page, without the audit", "[verdict]") {
  Lives lives(101);
  lives.walk();
  lives.budget("p99(pay) <= 500ms");
  for (std::uint32_t i = 0; i < 101; ++i)
    lives.hers(i, 1).latency_us = lives.twins(i, 1).latency_us = millis(600).us;
  CHECK(only_line(lives).state == LineState::fail);
  CHECK(only_line(lives).exposure == 101);
  for (std::uint32_t i = 0; i < 101; ++i) lives.hers(i, 1).audit = i < 2;
  CHECK(only_line(lives).state == LineState::inconclusive);
}

TEST_CASE("edge is every page", "[verdict]") {
  Lives lives(60);
  lives.walk();
  lives.budget("p50(edge) <= 1s");
  CHECK(only_line(lives).exposure == 120);
  CHECK(only_line(lives).state == LineState::pass);
}

TEST_CASE("a percentile relative to the control is held against the control's", "[verdict]") {
  Lives lives(120);
  lives.walk();
  lives.budget("p50(pay) <= 1.2 x control");
  for (std::uint32_t i = 0; i < 120; ++i) lives.hers(i, 1).latency_us = millis(59).us;
  CHECK(only_line(lives).state == LineState::pass);
  for (std::uint32_t i = 0; i < 120; ++i) lives.hers(i, 1).latency_us = millis(62).us;
  CHECK(only_line(lives).state == LineState::fail);
}

TEST_CASE("windows tumble over the arrivals, and one bad window breaks the line", "[verdict]") {
  Lives lives(180);
  lives.scenario.length = minutes(3);
  lives.walk();
  for (std::uint32_t i = 70; i < 76; ++i) lives.hers(i, 1).plain = 1;  // 75 s to 80 s
  lives.budget("noticed <= 5% in every 1m");
  const LineResult line = only_line(lives);
  CHECK(line.state == LineState::fail);
  CHECK(line.from >= minutes(1));
  CHECK(line.from < minutes(2));
  lives.scenario.budget.clear();
  lives.budget("noticed <= 5%");
  CHECK(only_line(lives).state == LineState::pass);
}

TEST_CASE("`after` and `within` choose the time that counts", "[verdict]") {
  Lives lives(180);
  lives.walk();
  lives.rehearsed.cases = {lost_at(seconds(50)), lost_at(seconds(130))};
  const auto value = [&](const char* text) {
    lives.scenario.budget.clear();
    lives.budget(text);
    return only_line(lives).value;
  };
  CHECK(value("lost_orders == 0") == 2);
  CHECK(value("lost_orders == 0 after 1m") == 1);
  CHECK(value("lost_orders == 0 within 1m after 1m") == 0);
  CHECK(value("lost_orders == 0 within 1m") == 1);
}

TEST_CASE("`during` counts from a step's start to its end", "[verdict]") {
  Lives lives(180);
  lives.add_step(StepKind::copy, "copy of orders", {kOrders});
  lives.walk();
  lives.rehearsed.cases = {lost_at(seconds(50)), lost_at(seconds(130))};
  lives.budget("lost_orders == 0 during copy of orders");
  CHECK(only_line(lives).state == LineState::inconclusive);  // it never ran
  lives.event(minutes(2), PlanEventKind::started, 0);
  lives.event(minutes(3), PlanEventKind::finished, 0);
  CHECK(only_line(lives).value == 1);
}

TEST_CASE("cohorts narrow a share to those who opened a page, or to a persona", "[verdict]") {
  Lives lives(100);
  for (std::uint32_t i = 50; i < 100; ++i) lives.intents[i].persona = 1;
  lives.walk();
  lives.hers(0, 0).plain = 1;
  lives.hers(60, 1).plain = 1;
  lives.hers(61, 1).plain = 1;
  const auto value = [&](const char* text) {
    lives.scenario.budget.clear();
    lives.budget(text);
    return only_line(lives).value;
  };
  CHECK(value("noticed(home) <= 50%") == 10'000);
  CHECK(value("noticed(pay) <= 50%") == 20'000);
  CHECK(value("noticed(window) <= 50%") == 40'000);
}

TEST_CASE("failures are pages that failed or timed out, not refusals", "[verdict]") {
  Lives lives(100);
  lives.walk();
  lives.hers(0, 1).end = PageEnd::failed;
  lives.hers(1, 1).end = PageEnd::timed_out;
  lives.hers(2, 1).end = PageEnd::refused;
  lives.budget("failures(pay) <= 1%");
  CHECK(only_line(lives).value == 20'000);
}

TEST_CASE("the longest outage and the freeze are measured from what was held and fenced",
          "[verdict]") {
  Lives lives(40);
  lives.add_step(StepKind::cutover, "cutover of orders", {kOrders});
  lives.event(seconds(1), PlanEventKind::started, 0);
  lives.event(seconds(2), PlanEventKind::phase, 0, Phase::fence);
  lives.event(seconds(5), PlanEventKind::phase, 0, Phase::release);
  lives.event(seconds(6), PlanEventKind::finished, 0);
  lives.walk();
  lives.rehearsed.outages = {{kOrders, seconds(3), seconds(5)}, {kCatalogue, {}, seconds(9)}};
  const auto line = [&](const char* text) {
    lives.scenario.budget.clear();
    lives.budget(text);
    return only_line(lives);
  };
  CHECK(line("longest_outage(orders) <= 1s").value == seconds(2).us);
  CHECK(line("longest_outage(orders) <= 1s").state == LineState::fail);
  CHECK(line("longest_outage(orders) <= 1s").where == "cutover of orders: fence");
  CHECK(line("longest_outage <= 1s").value == seconds(9).us);
  CHECK(line("freeze(orders) <= 2s").value == seconds(3).us);
}

TEST_CASE("a warning costs nothing, a line without a limit only reports", "[verdict]") {
  Lives lives(40);
  lives.walk();
  lives.rehearsed.cases = {lost_at(seconds(1))};
  lives.budget("lost_orders == 0, warn");
  lives.budget("lost_orders");
  const Verdict verdict = lives.judged();
  CHECK(verdict.lines[0].state == LineState::warn);
  CHECK(verdict.lines[1].state == LineState::reported);
  CHECK(verdict.lines[1].value == 1);
  CHECK(verdict.exit_code == 0);
}

TEST_CASE("a stop line cuts the run, and every line speaks of what was known by then",
          "[verdict]") {
  Lives lives(100);
  lives.walk();
  lives.rehearsed.cases = {lost_at(seconds(70)), lost_at(minutes(30))};
  lives.hers(90, 1).plain = 1;  // at 95 s
  lives.control.interrupted = false;
  lives.budget("lost_orders == 0, stop");
  lives.budget("lost_orders <= 1");
  lives.budget("noticed == 0%");
  Verdict verdict = lives.judged();
  CHECK(verdict.cut == minutes(2));
  CHECK(verdict.exit_code == 3);
  CHECK(verdict.word == "STOPPED");
  CHECK(verdict.lines[0].state == LineState::stop);
  CHECK(verdict.lines[1].state == LineState::pass);  // the second came after the cut
  CHECK(verdict.lines[2].state == LineState::fail);
  lives.hers(90, 1).plain = 0;
  lives.both(visit(5, 2, kHome, minutes(10)));
  lives.hers(5, 2).plain = 1;
  CHECK(lives.judged().lines[2].state == LineState::pass);
  CHECK(lives.judged().causes.empty());
}

TEST_CASE("what was not known when a run was cut does not count", "[verdict]") {
  Lives lives(200);
  lives.walk();
  lives.rehearsed.cases = {lost_at(seconds(70)), lost_at(seconds(130))};
  lives.budget("lost_orders == 0, stop");  // at two minutes
  lives.budget("noticed <= 50%");
  lives.budget("lost_orders == 0 in every 90s after 1m");
  lives.hers(100, 1).end = PageEnd::timed_out;  // asked at 105 s, given up at 125 s
  lives.hers(100, 1).latency_us = seconds(20).us;
  const Verdict verdict = lives.judged();
  REQUIRE(verdict.cut == minutes(2));
  CHECK(verdict.lines[1].exposure == 120);
  CHECK(verdict.lines[1].value == 0);
  CHECK(verdict.lines[2].state == LineState::inconclusive);  // its window is not over
}

TEST_CASE("an unhealthy control makes the run inconclusive", "[verdict]") {
  Lives lives(1000);
  lives.walk();
  lives.budget("noticed <= 5%");
  REQUIRE(lives.judged().exit_code == 0);
  SECTION("more than one page in a hundred failed") {
    for (std::uint32_t i = 0; i < 21; ++i) lives.twins(i, 1).end = PageEnd::failed;
    CHECK(lives.judged().exit_code == 4);
    CHECK(lives.judged().inconclusive.size() == 1);
    lives.twins(0, 1).end = PageEnd::ok;
    CHECK(lives.judged().exit_code == 0);
  }
  SECTION("its p99 is over the limit") {
    for (std::uint32_t i = 0; i < 30; ++i)
      lives.twins(i, 1).latency_us = lives.hers(i, 1).latency_us = seconds(3).us;
    CHECK(lives.judged().exit_code == 4);
  }
  SECTION("more than one page in a thousand is masked") {
    for (std::uint32_t i = 0; i < 3; ++i)
      lives.twins(i, 1).end = lives.hers(i, 1).end = PageEnd::failed;
    CHECK(lives.judged().exit_code == 4);
    lives.twins(0, 1).end = lives.hers(0, 1).end = PageEnd::ok;
    CHECK(lives.judged().exit_code == 0);
  }
}

TEST_CASE("a condition never met and work past the horizon make the run inconclusive",
          "[verdict]") {
  Lives lives(100);
  lives.walk();
  lives.budget("noticed <= 5%");
  SECTION("unfinished steps are named") {
    lives.rehearsed.unfinished.resize(1);
    lives.rehearsed.unfinished[0].step = step_id("cutover of orders");
    const Verdict verdict = lives.judged();
    REQUIRE(std::holds_alternative<Unfinished>(verdict.inconclusive.front()));
    CHECK(std::get<Unfinished>(verdict.inconclusive.front()).step == step_id("cutover of orders"));
  }
  SECTION("payments that are still open") { lives.rehearsed.beyond_horizon = 2; }
  CHECK(lives.judged().exit_code == 4);
  CHECK(lives.judged().word == "INCONCLUSIVE");
}

TEST_CASE("where several exit codes hold: 130, 3, 1, 4, 0", "[verdict]") {
  Lives lives(100);
  lives.walk();
  lives.rehearsed.unfinished.resize(1);
  CHECK(lives.judged().exit_code == 4);
  lives.rehearsed.cases = {lost_at(seconds(1))};
  lives.budget("lost_orders == 0");
  CHECK(lives.judged().exit_code == 1);
  lives.budget("lost_orders == 0, stop");
  CHECK(lives.judged().exit_code == 3);
  lives.rehearsed.interrupted = true;
  CHECK(lives.judged().exit_code == 130);
  CHECK(lives.judged().word == "INTERRUPTED");
}

}  // namespace

TEST_CASE("compliance is what it was at the end of a window", "[verdict]") {
  Lives lives(100);
  lives.walk();
  lives.rehearsed.compliance_looks = 40;
  lives.rehearsed.compliance = {
      {Micros{}, 70'000, {}}, {minutes(10), 750'000, {}}, {minutes(20), 1'000'000, {}}};
  lives.budget("compliance == 75% within 5m after 5m");
  lives.budget("compliance == 7% within 5m after 4m");
  lives.budget("compliance == 100%");
  lives.budget("compliance == 75%");
  const Verdict verdict = lives.judged();
  CHECK(verdict.lines[0].state == LineState::pass);
  CHECK(verdict.lines[1].state == LineState::pass);
  CHECK(verdict.lines[2].state == LineState::pass);
  CHECK(verdict.lines[2].exposure == 40);
  CHECK(verdict.lines[3].state == LineState::fail);
}

}  // namespace pindah
