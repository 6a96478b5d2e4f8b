#include "verdict/world_mistakes.h"

#include <catch2/catch.hpp>

#include "tests/verdict/bench.h"

namespace pindah {
namespace {

using namespace verdict_bench;

AnomalyCase lost_order(std::uint32_t intent, std::int64_t count = 1) {
  AnomalyCase lost;
  lost.anomaly = 0;
  lost.intent = intent;
  lost.count = count;
  lost.at = seconds(9);
  return lost;
}

// Somebody was shown what was not so, without any migration.
Lives shown_untruly() {
  Lives lives(60);
  lives.walk();
  lives.budget("lost_orders == 0");
  UntruePage page;
  page.intent = 3;
  page.page = kOrder;
  page.call = 2;  // orders.open
  page.at = seconds(9);
  page.detail = "order 7: is paid, is shown unpaid";
  lives.control.untrue = {page, page};
  return lives;
}

TEST_CASE("what the control shows wrongly, and no weather explains, is the world's mistake",
          "[verdict]") {
  Lives lives = shown_untruly();
  SECTION("it is told with the call and the row, and ends with 2 before anything else") {
    lives.rehearsed.cases = {lost_order(4)};  // a line fails, too
    const Verdict verdict = lives.judged();
    CHECK(verdict.exit_code == 2);
    CHECK(verdict.word == "WORLD AT FAULT");
    REQUIRE(verdict.mistakes.size() == 1);
    CHECK(verdict.mistakes.front().call == "orders.open of Old");
    CHECK(verdict.mistakes.front().detail == "order 7: is paid, is shown unpaid");
    CHECK(verdict.mistakes.front().count == 2);
    CHECK(verdict.lines.front().state == LineState::fail);
  }
  SECTION("her own lost messages explain it") {
    lives.twins(3, 1).tries = 2;
    CHECK(lives.judged().exit_code == 0);
  }
  SECTION("somebody else's do not") {
    lives.twins(5, 1).tries = 2;
    CHECK(lives.judged().exit_code == 2);
  }
  SECTION("an interrupted run is that first") {
    lives.rehearsed.interrupted = true;
    CHECK(lives.judged().exit_code == 130);
  }
  SECTION("where it befalls the target's own people, what fails for those who move comes first") {
    lives.intents[3].home = Side::target;
    CHECK(lives.judged().exit_code == 2);
    lives.rehearsed.cases = {lost_order(4)};
    CHECK(lives.judged().exit_code == 1);
  }
}

TEST_CASE("an anomaly of the control is told beside the line, and is the world's mistake",
          "[verdict]") {
  Lives lives(60);
  lives.walk();
  lives.budget("lost_orders == 0");
  lives.control.cases = {lost_order(4, 3)};
  const Verdict verdict = lives.judged();
  CHECK(verdict.lines.front().control == 3);
  CHECK(verdict.exit_code == 2);
}

TEST_CASE("what the control has as well, of the same person and thing, is not the migration's",
          "[verdict]") {
  AnomalyCase goods = lost_order(UINT32_MAX, 5), other_goods = goods;
  goods.thing = "item 1";
  other_goods.thing = "item 2";
  std::vector<AnomalyCase> rehearsed{lost_order(1), lost_order(2), goods, other_goods};
  AnomalyCase fewer = goods;
  fewer.count = 2;
  keep_own_cases({lost_order(1), fewer}, rehearsed);
  REQUIRE(rehearsed.size() == 3);
  CHECK(rehearsed[0].intent == 2);
  CHECK(rehearsed[1].count == 3);
  CHECK(rehearsed[2].count == 5);
}

}  // namespace
}  // namespace pindah
