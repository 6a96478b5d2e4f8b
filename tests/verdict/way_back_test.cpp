#include "verdict/way_back.h"

#include "tests/verdict/bench.h"

using namespace pindah;
using namespace pindah::verdict_bench;

namespace {

struct Lived : Lives {
  Lived() : Lives(1) {
    scenario.length = minutes(30);
    add_step(StepKind::retire, "retire of orders", {kOrders});
  }
  void write(ServiceId service, Micros at, bool captured) {
    rehearsed.promise_writes.push_back({service, at, captured});
  }
  WayBack back(Micros cut = kNever) const { return way_back(world, scenario, rehearsed, cut); }
};

}  // namespace

TEST_CASE("what was never on the target needs no way back", "[verdict]") {
  Lived lived;
  lived.event(minutes(5), PlanEventKind::finished, 0);
  CHECK_FALSE(lived.back().moved);
  CHECK(lived.back().lost == kNever);
}

TEST_CASE("a rollback loses what no changelog took down, and nothing else", "[verdict]") {
  Lived lived;
  lived.write(kOrders, minutes(10), true);
  CHECK(lived.back().moved);
  CHECK(lived.back().lost == kNever);
  lived.write(kCatalogue, minutes(15), true);  // of another service, and before that one is lost
  lived.write(kOrders, minutes(20), false);
  lived.write(kCatalogue, minutes(22), true);
  lived.write(kOrders, minutes(25), true);
  lived.write(kOrders, minutes(40), false);  // nobody arrives any more
  const WayBack back = lived.back();
  CHECK(back.lost == minutes(20));
  CHECK(back.why == "nothing streams orders back");
  CHECK(back.promises == 3);
  CHECK(back.per_minute_milli == 200);  // two in ten minutes
}

TEST_CASE("retiring a side closes the way back for what has left it", "[verdict]") {
  Lived lived;
  lived.event(minutes(5), PlanEventKind::finished, 0);
  lived.write(kOrders, minutes(10), true);
  CHECK(lived.back().lost == kNever);  // when it was retired, nothing had left it
  lived.event(minutes(12), PlanEventKind::finished, 0);
  lived.write(kCatalogue, minutes(13), true);
  lived.write(kOrders, minutes(14), true);
  const WayBack back = lived.back();
  CHECK(back.lost == minutes(12));
  CHECK(back.why == "retire of orders");
  CHECK(back.promises == 1);
}

TEST_CASE("after a cut nothing is known of the way back", "[verdict]") {
  Lived lived;
  lived.write(kOrders, minutes(10), true);
  lived.write(kOrders, minutes(20), false);
  CHECK(lived.back(minutes(19)).lost == kNever);
  CHECK(lived.back(minutes(21)).lost == minutes(20));
  CHECK(lived.back(minutes(21)).per_minute_milli == 1000);
}
