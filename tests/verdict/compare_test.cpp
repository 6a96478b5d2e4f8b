#include <catch2/catch.hpp>

#include "tests/verdict/bench.h"

namespace pindah {
namespace {

using namespace verdict_bench;

Noticer only_noticer(const Lives& lives) {
  const Comparison comparison = lives.compared();
  REQUIRE(comparison.noticers.size() == 1);
  CHECK(comparison.spillover == 0);
  return comparison.noticers.front();
}

void nobody_noticed(const Lives& lives, std::int64_t spillover) {
  const Comparison comparison = lives.compared();
  CHECK(comparison.noticers.empty());
  CHECK(comparison.spillover == spillover);
}

TEST_CASE("two equal lives differ in nothing, and everybody counts as exposed", "[verdict]") {
  Lives lives(10);
  lives.walk();
  const Comparison comparison = lives.compared();
  CHECK(comparison.noticers.empty());
  CHECK(comparison.spillover == 0);
  CHECK(comparison.masked == 0);
  CHECK(comparison.harmed == 0);
  CHECK(comparison.shoppers == 10);
  CHECK(comparison.paired == 10);
  CHECK(comparison.exposed == 10);
}

TEST_CASE("a page that fails is noticed at its intended start", "[verdict]") {
  Lives lives(3);
  lives.walk();
  lives.hers(1, 1).end = PageEnd::failed;
  lives.hers(1, 1).obstacle = Obstacle::platform_down;
  const Noticer noticer = only_noticer(lives);
  CHECK(noticer.intent == 1);
  CHECK(noticer.at == seconds(6));
  CHECK(noticer.replied == seconds(6) + millis(50));
  CHECK(noticer.page == kPay);
  CHECK(noticer.difference == Difference::failed);
  CHECK(noticer.cause == "the platform was down");
}

TEST_CASE("a failure that the twin has too is masked, unless it is another or slower",
          "[verdict]") {
  Lives lives(2);
  lives.walk();
  lives.hers(0, 1).end = lives.twins(0, 1).end = PageEnd::failed;
  Comparison comparison = lives.compared();
  CHECK(comparison.noticers.empty());
  CHECK(comparison.masked == 1);
  SECTION("another end is noticed") {
    lives.hers(0, 1).end = PageEnd::timed_out;
    CHECK(only_noticer(lives).difference == Difference::timed_out);
  }
  SECTION("a slower one is noticed") {
    lives.hers(0, 1).latency_us = seconds(2).us;
    CHECK(only_noticer(lives).difference == Difference::slower);
  }
}

TEST_CASE("a failure of the control alone ends the pairing and is nobody's notice", "[verdict]") {
  Lives lives(2);
  lives.walk();
  lives.twins(0, 0).end = PageEnd::failed;
  lives.drop(lives.control, 0, 1);
  nobody_noticed(lives, 1);
}

TEST_CASE("slower means by a fifth, by 100 ms, and over 800 ms, all three", "[verdict]") {
  const auto slower = [](Micros control, Micros rehearsed) {
    Lives lives(1);
    lives.both(visit(0, 0, kHome, {}));
    lives.twins(0, 0).latency_us = control.us;
    lives.hers(0, 0).latency_us = rehearsed.us;
    return lives.compared().noticers.size() == 1;
  };
  CHECK(slower(millis(700), millis(840)));
  CHECK_FALSE(slower(millis(700), millis(839)));  // less than a fifth
  CHECK_FALSE(slower(millis(600), millis(800)));  // not over 800 ms
  CHECK(slower(millis(600), millis(801)));
  CHECK_FALSE(slower(millis(10'000), millis(11'999)));
  CHECK(slower(millis(10'000), millis(12'000)));
  CHECK_FALSE(slower(millis(2'000), millis(900)));  // quicker
}

TEST_CASE("slower by a fifth but by less than 100 ms is not noticed", "[verdict]") {
  Lives lives(1);
  lives.world.notice.over = millis(100);
  lives.both(visit(0, 0, kHome, {}, millis(200)));
  lives.hers(0, 0).latency_us = millis(299).us;
  nobody_noticed(lives, 0);
  lives.hers(0, 0).latency_us = millis(300).us;
  CHECK(only_noticer(lives).slower_us == millis(100).us);
}

TEST_CASE("the audit visit is compared but never slow", "[verdict]") {
  Lives lives(1);
  lives.walk();
  Visit audit = visit(0, kAuditVisit, kOrder, hours(3));
  audit.audit = true;
  lives.both(audit);
  lives.hers(0, kAuditVisit).latency_us = seconds(9).us;
  nobody_noticed(lives, 0);
  lives.hers(0, kAuditVisit).plain = 1;
  CHECK(only_noticer(lives).difference == Difference::shown);
}

TEST_CASE("what is no fact and differs is noticed, however true the facts are", "[verdict]") {
  Lives lives(1);
  lives.walk();
  lives.hers(0, 1).plain = 7;
  CHECK(only_noticer(lives).difference == Difference::shown);
}

TEST_CASE("goods that differ are spillover only if true in both lives", "[verdict]") {
  Lives lives(1);
  lives.walk();
  lives.hers(0, 1).goods = 7;
  nobody_noticed(lives, 1);
  CHECK(lives.compared().spilled.front().kind == SpilloverKind::goods);
  SECTION("untrue in the rehearsed one") {
    lives.hers(0, 1).truthful = false;
    CHECK(only_noticer(lives).difference == Difference::shown);
  }
  SECTION("untrue in the control") {
    lives.twins(0, 1).truthful = false;
    CHECK(only_noticer(lives).difference == Difference::shown);
  }
}

TEST_CASE("an untrue answer that both lives give alike is no difference", "[verdict]") {
  Lives lives(1);
  lives.walk();
  lives.hers(0, 1).truthful = lives.twins(0, 1).truthful = false;
  nobody_noticed(lives, 0);
}

TEST_CASE("spillover that is also slower is noticed as slower", "[verdict]") {
  Lives lives(1);
  lives.walk();
  lives.hers(0, 1).goods = 7;
  lives.hers(0, 1).latency_us = seconds(1).us;
  CHECK(only_noticer(lives).difference == Difference::slower);
}

TEST_CASE("a refusal is spillover when the goods were really gone, else noticed", "[verdict]") {
  Lives lives(1);
  lives.walk();
  lives.hers(0, 1).end = PageEnd::refused;
  nobody_noticed(lives, 1);
  lives.hers(0, 1).truthful = false;
  CHECK(only_noticer(lives).difference == Difference::refused);
}

TEST_CASE("being logged out is noticed as that", "[verdict]") {
  Lives lives(1);
  lives.walk();
  Visit& hers = lives.hers(0, 1);
  hers.end = PageEnd::refused;
  hers.logged_out = true;
  hers.truthful = false;
  CHECK(only_noticer(lives).difference == Difference::logged_out);
}

TEST_CASE("only the first difference counts; what comes after it is not compared", "[verdict]") {
  Lives lives(1);
  lives.walk();
  lives.hers(0, 0).plain = 1;
  lives.hers(0, 1).end = PageEnd::failed;
  lives.rehearsed.visits.push_back(visit(0, 2, kOrder, seconds(20)));
  const Noticer noticer = only_noticer(lives);
  CHECK(noticer.visit == 0);
  CHECK(noticer.difference == Difference::shown);
}

TEST_CASE("a path that differs without a difference before is a defect", "[verdict]") {
  Lives lives(1);
  lives.walk();
  SECTION("a visit in the rehearsed life only") {
    lives.rehearsed.visits.push_back(visit(0, 2, kOrder, seconds(20)));
    CHECK_THROWS_AS(lives.compared(), Defect);
  }
  SECTION("a visit in the control only") {
    lives.drop(lives.rehearsed, 0, 1);
    CHECK_THROWS_AS(lives.compared(), Defect);
  }
  SECTION("another page") {
    lives.hers(0, 1).page = kOrder;
    CHECK_THROWS_AS(lives.compared(), Defect);
  }
  SECTION("what she looks at once more at the end follows from what she was promised") {
    Visit audit = visit(0, kAuditVisit, kOrder, hours(3));
    audit.audit = true;
    lives.control.visits.push_back(audit);
    CHECK(only_noticer(lives).difference == Difference::shown);
  }
  SECTION("a session that never began") {
    lives.drop(lives.rehearsed, 0, 0);
    lives.drop(lives.rehearsed, 0, 1);
    CHECK_THROWS_AS(lives.compared(), Defect);
  }
  SECTION("an interrupted life may miss its last requests") {
    lives.drop(lives.rehearsed, 0, 1);
    lives.rehearsed.interrupted = true;
    nobody_noticed(lives, 0);
  }
}

TEST_CASE("leaving otherwise after unequal waits above the limit is spillover", "[verdict]") {
  Lives lives(1);
  lives.walk();
  lives.drop(lives.rehearsed, 0, 1);
  lives.twins(0, 0).latency_us = millis(2'990).us;
  lives.hers(0, 0).latency_us = millis(3'010).us;
  nobody_noticed(lives, 1);
  SECTION("but not after equal waits") {
    lives.twins(0, 0).latency_us = millis(3'010).us;
    CHECK_THROWS_AS(lives.compared(), Defect);
  }
  SECTION("and not below the limit, where the probability is flat") {
    lives.twins(0, 0).latency_us = millis(700).us;
    lives.hers(0, 0).latency_us = millis(720).us;
    CHECK_THROWS_AS(lives.compared(), Defect);
  }
}

TEST_CASE("a message more than the twin's is noticed when it comes", "[verdict]") {
  Lives lives(1);
  lives.walk();
  lives.control.messages = {{0, kOrder, minutes(1)}};
  lives.rehearsed.messages = {{0, kOrder, minutes(2)}, {0, kOrder, minutes(3)}};
  const Noticer noticer = only_noticer(lives);
  CHECK(noticer.intent == 0);
  CHECK(noticer.difference == Difference::message);
  CHECK(noticer.at == minutes(3));
  CHECK(noticer.cause == "a message that should not have come");
}

TEST_CASE("a message that the twin got and she never gets is noticed", "[verdict]") {
  Lives lives(1);
  lives.walk();
  lives.control.messages = {{0, kOrder, minutes(1), idem_of(0, 1)}};
  const Noticer noticer = only_noticer(lives);
  CHECK(noticer.difference == Difference::no_message);
  CHECK(noticer.at == minutes(1));
  CHECK(noticer.cause == "a message that never came");
  SECTION("one of another key does not stand in for it") {
    lives.rehearsed.messages = {{0, kOrder, minutes(1), idem_of(0, 0)}};
    CHECK(lives.compared().noticers.size() == 1);
  }
  SECTION("but not where the other life had no time left for it") {
    lives.control.messages.front().at = hours(4) - millis(500);
    nobody_noticed(lives, 0);
  }
  SECTION("nor where the life was interrupted") {
    lives.rehearsed.interrupted = true;
    nobody_noticed(lives, 0);
  }
}

TEST_CASE("a buyer's sessions after her first difference are not counted", "[verdict]") {
  Lives lives(3);
  lives.intents[2].who = lives.intents[0].who;
  lives.intents[2].arrives = minutes(5);
  lives.walk();
  lives.hers(0, 1).plain = 1;
  lives.hers(2, 1).plain = 2;  // would be noticed, and a path of her own would be a defect
  lives.rehearsed.visits.push_back(visit(2, 2, kOrder, minutes(6)));
  const Comparison comparison = lives.compared();
  REQUIRE(comparison.noticers.size() == 1);
  CHECK(comparison.noticers.front().intent == 0);
  CHECK(comparison.shoppers == 3);
  CHECK(comparison.paired == 2);
  CHECK(comparison.exposed == 2);
  SECTION("the same number at the other platform is another buyer") {
    lives.intents[2].home = Side::target;
    lives.rehearsed.visits.pop_back();
    CHECK(lives.compared().noticers.size() == 2);
  }
}

TEST_CASE("exposed is who meets a moving service from the plan's first step on", "[verdict]") {
  Lives lives(4);
  lives.add_step(StepKind::cutover, "cutover of orders", {kOrders});
  lives.event(seconds(7), PlanEventKind::started, 0);
  lives.walk();  // pay at 5 s, 6 s, 7 s, 8 s
  CHECK(lives.compared().exposed == 2);
  SECTION("a plan that moves nothing exposes everybody") {
    lives.scenario.plan[0].kind = StepKind::copy;
    CHECK(lives.compared().exposed == 4);
  }
  SECTION("whoever noticed was exposed") {
    lives.hers(0, 0).plain = 1;
    CHECK(lives.compared().exposed == 3);
  }
}

// Her first page failed; then something happened on her third.
Lives troubled() {
  Lives lives(1);
  lives.walk();
  lives.both(visit(0, 2, kHome, seconds(20)));
  lives.hers(0, 0).end = PageEnd::failed;
  return lives;
}

TEST_CASE("one trouble does not annoy", "[verdict]") {
  const Lives lives = troubled();
  CHECK_FALSE(only_noticer(lives).annoyed);
  CHECK(lives.compared().annoyed == 0);
}

TEST_CASE("two troubles annoy, or too many tries, or far too long a wait", "[verdict]") {
  Lives lives = troubled();
  Visit& third = lives.hers(0, 2);
  SECTION("a second failure") { third.end = PageEnd::timed_out; }
  SECTION("an answer that is not true") { third.truthful = false; }
  SECTION("being logged out") { third.logged_out = true; }
  SECTION("three tries within ten seconds") {
    third.tries = 3;
    third.latency_us = seconds(9).us;
  }
  SECTION("four times over the limit at a fence") {
    third.latency_us = millis(3'200).us;
    third.obstacle = Obstacle::fence_held;
  }
  CHECK(only_noticer(lives).annoyed);
  CHECK(lives.compared().annoyed == 1);
}

TEST_CASE("a long wait for a ledger annoys nobody, nor do three tries in eleven seconds",
          "[verdict]") {
  Lives lives(1);
  lives.walk();
  lives.both(visit(0, 2, kHome, seconds(20), seconds(11)));
  lives.hers(0, 0).plain = 1;
  lives.hers(0, 2).obstacle = Obstacle::ledger;
  lives.hers(0, 2).tries = 3;
  CHECK_FALSE(only_noticer(lives).annoyed);
}

TEST_CASE("after a spillover what the migration does is noticed, and the weather is not",
          "[verdict]") {
  Lives lives(1);
  lives.walk();
  lives.both(visit(0, 2, kHome, seconds(20)));
  lives.hers(0, 0).goods = 1;
  Visit& second = lives.hers(0, 1);
  second.end = PageEnd::failed;
  SECTION("a message that was lost is the weather's") {
    second.obstacle = Obstacle::lost;
    nobody_noticed(lives, 1);
    CHECK(lives.compared().annoyed == 0);
  }
  SECTION("what the database says, a fence, a platform that is not the owner are not") {
    for (const Obstacle obstacle : {Obstacle::sql_error, Obstacle::fence_refused,
                                    Obstacle::fence_held, Obstacle::not_owner}) {
      second.obstacle = obstacle;
      const Noticer noticer = only_noticer(lives);
      CHECK(noticer.visit == 1);
      CHECK(noticer.difference == Difference::failed);
      CHECK_FALSE(noticer.annoyed);
    }
  }
  SECTION("a second trouble annoys her") {
    second.obstacle = Obstacle::sql_error;
    lives.hers(0, 2).end = PageEnd::failed;
    CHECK(only_noticer(lives).annoyed);
  }
  SECTION("a business's refusal is no harm") {
    second.end = PageEnd::refused;
    second.truthful = false;
    nobody_noticed(lives, 1);
  }
  SECTION("being logged out is") {
    second.end = PageEnd::refused;
    second.logged_out = true;
    CHECK(only_noticer(lives).difference == Difference::logged_out);
  }
  SECTION("an anomaly of hers is") {
    second.end = PageEnd::ok;
    AnomalyCase lost;
    lost.anomaly = 0;
    lost.intent = 0;
    lost.witness = idem_of(0, 1);
    lost.at = seconds(5) + millis(50);
    lives.rehearsed.cases = {lost};
    CHECK(only_noticer(lives).difference == Difference::shown);
    lives.control.cases = {lost};
    nobody_noticed(lives, 1);
  }
}

TEST_CASE("after a spillover a later session of the same buyer still notices", "[verdict]") {
  Lives lives(2);
  lives.intents[1].who = lives.intents[0].who;
  lives.walk();
  lives.hers(0, 0).goods = 1;
  lives.hers(1, 1).end = PageEnd::failed;
  lives.hers(1, 1).obstacle = Obstacle::fence_refused;
  CHECK(only_noticer(lives).intent == 1);
  CHECK(lives.compared().exposed == 2);
}

TEST_CASE("whoever is left empty-handed is annoyed, and has noticed", "[verdict]") {
  Lives lives(1);
  lives.walk();
  lives.control.holds = {1};
  lives.hers(0, 1).end = PageEnd::failed;
  CHECK(only_noticer(lives).annoyed);
  CHECK(lives.compared().annoyed == 1);
  CHECK(lives.compared().empty_handed == 1);
}

TEST_CASE("empty-handed is who noticed and left without what the twin was promised", "[verdict]") {
  Lives lives(2);
  lives.walk();
  lives.control.holds = {1, 1};
  lives.rehearsed.holds = {0, 0};
  lives.hers(0, 1).end = PageEnd::failed;  // the other's loss has no difference of hers
  const Comparison comparison = lives.compared();
  CHECK(comparison.empty_handed == 1);
  CHECK(comparison.noticers.front().empty_handed);
  lives.rehearsed.holds = {1, 0};
  CHECK(lives.compared().empty_handed == 0);
}

TEST_CASE("harm is hers whether she noticed or not, unless the control had it too", "[verdict]") {
  Lives lives(3);
  lives.walk();
  const auto lost = [](std::uint32_t intent) {
    AnomalyCase c;
    c.anomaly = 0;
    c.intent = intent;
    c.witness = idem_of(intent, 1);
    c.at = seconds(30);
    c.detail = "order lost";
    c.culprit.link = BrokenLink::not_captured;
    return c;
  };
  lives.rehearsed.cases = {lost(0), lost(1), lost(2)};
  lives.control.cases = {lost(2)};
  lives.hers(0, 1).plain = 1;
  const Comparison comparison = lives.compared();
  CHECK(comparison.harmed == 2);
  CHECK(comparison.noticers.front().harmed);
  CHECK(comparison.noticers.front().harmed_at == seconds(30));
  CHECK(comparison.noticers.front().harm == "order lost");
  CHECK(comparison.noticers.front().harm_culprit.link == BrokenLink::not_captured);
}

TEST_CASE("cohorts count noticed and exposed by page, persona, home and choice", "[verdict]") {
  Lives lives(4);
  lives.intents[3].persona = 1;
  lives.walk();
  lives.control.chosen[0] = {0, 0, 1, -1};
  lives.rehearsed.chosen[0] = {-1, 0, 1, -1};
  lives.hers(0, 1).plain = 1;
  lives.hers(3, 1).plain = 1;
  const auto cohorts = lives.compared().cohorts;
  using Pair = std::pair<std::int64_t, std::int64_t>;
  CHECK(cohorts.at("page home") == Pair{0, 4});
  CHECK(cohorts.at("page pay") == Pair{2, 4});
  CHECK(cohorts.at("persona buyer") == Pair{1, 3});
  CHECK(cohorts.at("persona window") == Pair{1, 1});
  CHECK(cohorts.at("home Old") == Pair{2, 4});
  CHECK(cohorts.at("method card") == Pair{1, 2});
  CHECK(cohorts.at("method cash") == Pair{0, 1});
}

}  // namespace
}  // namespace pindah
