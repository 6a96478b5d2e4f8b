#include "platform/gates.h"

#include <catch2/catch.hpp>

#include "base/problem.h"
#include "platform/edges.h"

using namespace pindah;

namespace {

constexpr ServiceId kOrders = 0;

struct Outages : Observer {
  std::vector<std::pair<std::int64_t, std::int64_t>> spans;
  void outage(ServiceId, Micros from, Micros until) override {
    spans.emplace_back(from.us, until.us);
  }
};

Knock knock(Side at, bool writes, Side home = Side::source) {
  return {at, home, kOrders, writes, false, kNoBuckets};
}

}  // namespace

TEST_CASE("Who meets a service is counted: people, each once, in the minute before an instant") {
  Outages outages;
  Gates gates(1, outages);
  for (int i = 0; i < 5; ++i) gates.began(kOrders, i < 4, seconds(100 + 10 * i));
  CHECK(gates.around(kOrders, seconds(140)) == 5);
  CHECK(gates.around(kOrders, seconds(160) - Micros{1}) == 5);
  CHECK(gates.around(kOrders, seconds(160)) == 4);
  CHECK(gates.around(kOrders, seconds(500)) == 0);
  CHECK(gates.business(kOrders).begun == 5);
  CHECK(gates.business(kOrders).last == seconds(130));  // then a payment called back
  // What hangs for longer than that is there all the same; a job is nobody.
  Knock job = knock(Side::source, true);
  job.of_a_job = true;
  gates.entered(job);
  gates.entered(knock(Side::source, true));
  CHECK(gates.around(kOrders, seconds(500)) == 1);
  gates.left(knock(Side::source, true));
  CHECK(gates.around(kOrders, seconds(500)) == 0);
  gates.fence(kOrders, FenceDoes::refuse, 10, seconds(600));
  CHECK(gates.ask(knock(Side::source, true), seconds(601)) == Admission::refuse);
  CHECK(gates.ask(job, seconds(601)) == Admission::refuse);
  CHECK(gates.business(kOrders).hindered == 1);
}

TEST_CASE("A closed fence holds writes, lets reads pass, and its release makes them knock again") {
  Outages outages;
  Gates gates(1, outages);
  SimState sim;
  gates.fence(kOrders, FenceDoes::hold, 10, seconds(1));
  CHECK(gates.ask(knock(Side::source, false), seconds(1)) == Admission::admit);
  REQUIRE(gates.ask(knock(Side::source, true), seconds(2)) == Admission::hold);
  gates.hold(knock(Side::source, true), {seconds(2), EventClass::edge, 7, 0, 0, 0, 0});
  sim.now = seconds(3);
  gates.release(kOrders, sim);
  REQUIRE(sim.events.size() == 1);
  CHECK(sim.events.pop().time == seconds(3));
  CHECK(gates.ask(knock(Side::source, true), seconds(3)) == Admission::admit);
  CHECK(outages.spans ==
        std::vector<std::pair<std::int64_t, std::int64_t>>{{2'000'000, 3'000'000}});
}

TEST_CASE("Nobody leaves a gate who has not entered it") {
  Outages outages;
  Gates gates(1, outages);
  gates.entered(knock(Side::source, true));
  gates.left(knock(Side::source, true));
  CHECK_THROWS_AS(gates.left(knock(Side::source, true)), Defect);
}

TEST_CASE("An owner of an instant is any who owned it in that instant") {
  Outages outages;
  Gates gates(1, outages);
  const auto owned = [&](Side side, Micros instant) {
    return gates.owned_at(kOrders, side, instant, kNoBuckets);
  };
  gates.set_owner(kOrders, Side::target, seconds(5));
  CHECK(owned(Side::source, seconds(4)));
  CHECK_FALSE(owned(Side::target, seconds(4)));
  CHECK(owned(Side::source, seconds(5)));
  CHECK(owned(Side::target, seconds(5)));
  CHECK_FALSE(owned(Side::source, seconds(6)));
  gates.set_owner(kOrders, Side::source, seconds(7));
  CHECK(owned(Side::source, seconds(7)));
  CHECK_FALSE(owned(Side::target, seconds(8)));
}

TEST_CASE("A fence that nobody met is no outage") {
  Outages outages;
  Gates gates(1, outages);
  SimState sim;
  gates.fence(kOrders, FenceDoes::hold, 10, seconds(1));
  sim.now = seconds(9);
  gates.release(kOrders, sim);
  CHECK(outages.spans.empty());
}

TEST_CASE("A fence refuses when it was told to, and when its buffer is full") {
  Observer nobody;
  Gates gates(1, nobody);
  gates.fence(kOrders, FenceDoes::hold, 1, {});
  CHECK(gates.ask(knock(Side::source, true), {}) == Admission::hold);
  gates.hold(knock(Side::source, true), {});
  CHECK(gates.ask(knock(Side::source, true), {}) == Admission::refuse);
  Gates strict(1, nobody);
  strict.fence(kOrders, FenceDoes::refuse, 1, {});
  CHECK(strict.ask(knock(Side::source, true), {}) == Admission::refuse);
}

TEST_CASE("After the switch the old owner says moved, and the target's own people never notice") {
  Observer nobody;
  Gates gates(1, nobody);
  CHECK(gates.ask(knock(Side::target, true, Side::target), {}) == Admission::admit);
  CHECK(gates.ask(knock(Side::target, true), {}) == Admission::moved);
  gates.set_owner(kOrders, Side::target, seconds(5));
  CHECK(gates.ask(knock(Side::source, true), seconds(5)) == Admission::moved);
  CHECK(gates.ask(knock(Side::target, true), seconds(5)) == Admission::admit);
  CHECK(gates.owner_at(kOrders, seconds(4)) == Side::source);
  CHECK(gates.owner_at(kOrders, seconds(5)) == Side::target);
  gates.fence(kOrders, FenceDoes::hold, 10, seconds(6));
  CHECK(gates.ask(knock(Side::target, true, Side::target), seconds(6)) == Admission::admit);
}

TEST_CASE(
    "Only reads that were led elsewhere are answered by a platform that does not own the service") {
  Observer nobody;
  Gates gates(1, nobody);
  Knock read = knock(Side::target, false);
  CHECK(gates.ask(read, {}) == Admission::moved);
  read.routed_read = true;
  CHECK(gates.ask(read, {}) == Admission::admit);
  read.writes = true;
  CHECK(gates.ask(read, {}) == Admission::moved);
}

TEST_CASE(
    "A drain counts writes that were admitted and have not committed, of source-home people "
    "alone") {
  Observer nobody;
  Gates gates(1, nobody);
  gates.entered(knock(Side::source, true));
  gates.entered(knock(Side::source, false));
  gates.entered(knock(Side::target, true, Side::target));
  CHECK(gates.writes_in_flight(kOrders, Side::source) == 1);
  CHECK(gates.writes_in_flight(kOrders, Side::target) == 0);
  CHECK(gates.in_flight(kOrders, Side::source) == 2);
  gates.left(knock(Side::source, true));
  CHECK(gates.writes_in_flight(kOrders, Side::source) == 0);
}

TEST_CASE("An edge goes by its cached route until it refreshes or is told that the service moved") {
  Observer nobody;
  Gates gates(1, nobody);
  Edges edges(2, 1, seconds(10));
  gates.set_owner(kOrders, Side::target, seconds(11));
  CHECK(edges.route(0, kOrders, Side::source, kNoBuckets, gates, seconds(12)) == Side::source);
  CHECK(edges.route(0, kOrders, Side::source, kNoBuckets, gates, seconds(20)) == Side::target);
  CHECK(edges.route(1, kOrders, Side::source, kNoBuckets, gates, seconds(14)) == Side::source);
  CHECK(edges.route(1, kOrders, Side::source, kNoBuckets, gates, seconds(15)) == Side::target);
  edges.learn(0, kOrders, seconds(12));
  CHECK(edges.route(0, kOrders, Side::source, kNoBuckets, gates, seconds(12)) == Side::target);
}

TEST_CASE("A stale edge neither refreshes nor learns") {
  Observer nobody;
  Gates gates(1, nobody);
  Edges edges(2, 1, seconds(1));
  edges.go_stale(0, seconds(3), seconds(60));
  gates.set_owner(kOrders, Side::target, seconds(5));
  edges.learn(0, kOrders, seconds(6));
  CHECK(edges.route(0, kOrders, Side::source, kNoBuckets, gates, seconds(59)) == Side::source);
  CHECK(edges.route(1, kOrders, Side::source, kNoBuckets, gates, seconds(59)) == Side::target);
  CHECK(edges.route(0, kOrders, Side::source, kNoBuckets, gates, seconds(61)) == Side::target);
}

TEST_CASE("A share goes by buckets: the target owns the low ones, and what has no bucket stays") {
  Observer nobody;
  Gates gates(1, nobody);
  gates.share_out(kOrders, {250'000, 1}, seconds(5));
  const auto owner = [&](std::int16_t bucket) {
    Buckets buckets = kNoBuckets;
    buckets[1] = bucket;
    return gates.owner(kOrders, Side::source, buckets);
  };
  CHECK(owner(249) == Side::target);
  CHECK(owner(250) == Side::source);
  CHECK(owner(kNoBucket) == Side::source);
  CHECK(gates.owner(kOrders) == Side::source);
  CHECK(gates.shared_out(kOrders).ppm == 250'000);
  Knock mine = knock(Side::source, true);
  mine.buckets[1] = 0;
  CHECK(gates.ask(mine, seconds(5)) == Admission::moved);
  mine.at = Side::target;
  CHECK(gates.ask(mine, seconds(5)) == Admission::admit);
  // A route that was cached before the share was cut still leads to the source.
  CHECK(gates.owner_at(kOrders, seconds(4), mine.buckets) == Side::source);
  CHECK(gates.owner_at(kOrders, seconds(5), mine.buckets) == Side::target);
  gates.set_owner(kOrders, Side::source, seconds(9));
  CHECK(owner(0) == Side::source);
}

TEST_CASE("A share that grows keeps whom it has, and one by request keeps nobody") {
  CHECK(in_share(100'000, 99));
  CHECK_FALSE(in_share(100'000, 100));
  for (std::int16_t bucket = 0; bucket < kBuckets; ++bucket)
    if (in_share(100'000, bucket)) CHECK(in_share(500'000, bucket));
  CHECK_FALSE(in_share(1'000'000, kNoBucket));
}
