#include "verdict/spillover.h"

#include <catch2/catch.hpp>

#include "tests/verdict/bench.h"

namespace pindah {
namespace {

using namespace verdict_bench;

Noticer who_noticed(const Lives& lives) {
  const Comparison comparison = lives.compared();
  REQUIRE(comparison.noticers.size() == 1);
  CHECK(comparison.spillover == 0);
  return comparison.noticers.front();
}

void nobody_did(const Lives& lives, std::int64_t spillover) {
  const Comparison comparison = lives.compared();
  CHECK(comparison.noticers.empty());
  CHECK(comparison.spillover == spillover);
}

// An order of hers that both lives placed, shown on her account.
struct Ordered : Lives {
  Ordered() : Lives(1) {
    world.promises[0].ranks = {"unpaid", "paid", "shipped", "cancelled"};
    world.promises[0].made_by = 1;
    scenario.length = minutes(30);
    scenario.settle = hours(1);
    walk();
    both(visit(0, 2, kOrder, minutes(10)));
    for (Record* life : {&control, &rehearsed}) {
      reached(*life, 0, seconds(5) + millis(20));
      show(*life, 0);
    }
  }
  static void reached(Record& life, int rank, Micros at, CallId call = 1) {
    life.statuses.push_back({idem_of(0, 1), at, call, 0, static_cast<std::int8_t>(rank)});
  }
  // The page shows that status.
  static void show(Record& life, int rank, std::uint64_t rest = 0) {
    Visit& page = life.visits.back();
    page.sightings_from = static_cast<std::uint32_t>(life.sightings.size());
    page.sightings = 1;
    page.facts = static_cast<std::uint64_t>(rank) * 16 + rest;
    life.sightings.push_back({idem_of(0, 1), rest, 0, static_cast<std::int8_t>(rank)});
  }
};

TEST_CASE("a status that changed between the two looks is spillover, by a moment", "[verdict]") {
  Ordered lives;
  lives.reached(lives.control, 1, minutes(10) - millis(10));
  lives.show(lives.control, 1);
  SECTION("a moment later") {
    lives.reached(lives.rehearsed, 1, minutes(10) + millis(40));
    nobody_did(lives, 1);
    CHECK(lives.compared().spilled.front().kind == SpilloverKind::timing);
  }
  SECTION("much later is noticed") {
    lives.reached(lives.rehearsed, 1, minutes(10) + seconds(5));
    CHECK(who_noticed(lives).difference == Difference::shown);
  }
  SECTION("and so is what never comes") {
    CHECK(who_noticed(lives).difference == Difference::shown);
  }
  SECTION("and what is not true of either life") {
    lives.reached(lives.rehearsed, 1, minutes(10) + millis(40));
    lives.hers(0, 2).truthful = false;
    CHECK(who_noticed(lives).difference == Difference::shown);
  }
}

TEST_CASE("a job's work may come a turn later, and later by what came before", "[verdict]") {
  Ordered lives;
  Job job;
  job.every = seconds(30);
  job.each = kOrder;  // its call ships
  lives.world.jobs = {job};
  const CallId ships = 2;
  lives.reached(lives.control, 1, minutes(5));
  lives.reached(lives.rehearsed, 1, minutes(5) + millis(30));
  lives.reached(lives.control, 2, minutes(10) - seconds(10), ships);
  lives.show(lives.control, 2);
  lives.show(lives.rehearsed, 1);
  SECTION("one turn") {
    lives.reached(lives.rehearsed, 2, minutes(10) + seconds(20), ships);
    nobody_did(lives, 1);
  }
  SECTION("two turns are noticed") {
    lives.reached(lives.rehearsed, 2, minutes(10) + seconds(50), ships);
    CHECK(lives.compared().noticers.size() == 1);
  }
}

TEST_CASE("an order that became something else is noticed unless it was a matter of moments",
          "[verdict]") {
  Ordered lives;
  lives.reached(lives.control, 1, minutes(5));
  lives.show(lives.control, 1);
  lives.show(lives.rehearsed, 3);
  SECTION("paid here and cancelled there within a moment") {
    lives.reached(lives.rehearsed, 3, minutes(5) + millis(100));
    nobody_did(lives, 1);
  }
  SECTION("cancelled later") {
    lives.reached(lives.rehearsed, 3, minutes(6));
    CHECK(who_noticed(lives).difference == Difference::shown);
  }
}

TEST_CASE("what else stands in a row that both lives show is compared as it is", "[verdict]") {
  Ordered lives;
  lives.show(lives.rehearsed, 0, 5);
  CHECK(who_noticed(lives).difference == Difference::shown);
}

TEST_CASE("an order that is stuck is noticed after a spillover, too", "[verdict]") {
  Ordered lives;
  lives.hers(0, 0).goods = 1;
  lives.reached(lives.control, 1, minutes(5));
  CHECK(who_noticed(lives).difference == Difference::shown);
  SECTION("but not one that went the same way") {
    lives.reached(lives.rehearsed, 1, minutes(5) + millis(100));
    nobody_did(lives, 1);
  }
}

TEST_CASE("another session of hers that wrote a moment sooner is spillover", "[verdict]") {
  Lives lives(2);
  lives.world.slots.push_back("item");
  lives.intents[1].who = lives.intents[0].who;
  lives.walk();
  lives.hers(0, 1).plain = 3;  // pay, at 5 s
  const auto wrote = [](Record& life, Micros at) {
    life.writes.push_back({idem_of(1, 0), at, 1});  // orders.place, by the other session
  };
  wrote(lives.control, seconds(5) - millis(3));
  SECTION("before it in one life, after it in the other") {
    wrote(lives.rehearsed, seconds(5) + millis(30));
    nobody_did(lives, 1);
    CHECK(lives.compared().spilled.front().kind == SpilloverKind::timing);
  }
  SECTION("before it in both") {
    wrote(lives.rehearsed, seconds(5) - millis(2));
    CHECK(who_noticed(lives).difference == Difference::shown);
  }
}

}  // namespace
}  // namespace pindah
