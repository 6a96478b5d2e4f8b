// What happens to one request on its way, and to a page of several.
#include "tests/platform/pages_bench.h"

namespace pindah {
namespace {

using namespace bench;

constexpr Micros kTimeout = seconds(10);
ServiceId orders() { return service("orders"); }

Value answer(const Ended& ended, const char* name) {
  return ended.slots[static_cast<std::size_t>(slot(name))];
}

}  // namespace

TEST_CASE("A page's calls run in order where their services live, each there and back") {
  PagesBench bench;
  bench.start("walk", kIdem);
  bench.run_until(seconds(1));
  CHECK(bench.only().end == PageEnd::ok);
  CHECK(bench.only().at == kCall + kCall);
  CHECK(bench.only().ran == 0b11);
  CHECK(bench.only().asked == PerSide<bool>{true, false});
  CHECK(bench.only().obstacle == Obstacle::none);
  CHECK(answer(bench.only(), "order_token") == Value("o700"));
  CHECK(bench.written() == "take place");
}

TEST_CASE("A call that knocks where its service no longer lives is led on once") {
  PagesBench bench;
  bench.gates->set_owner(orders(), Side::target, seconds(1));
  bench.start_at(seconds(2), "add", kIdem);
  bench.start_at(seconds(3), "add", kIdem + 1);  // the edge has learned
  bench.start_at(seconds(4), "add", kIdem + 2, {.edge = 1});
  bench.run_until(seconds(5));
  REQUIRE(bench.ended.size() == 3);
  CHECK(bench.ended[0].at == seconds(2) + kWay + kWay + kCall);
  CHECK(bench.ended[1].at == seconds(3) + kCall);
  CHECK(bench.ended[2].at == seconds(4) + kWay + kWay + kCall);
  CHECK(bench.written() == "[add] [add] [add]");
  for (const Ended& ended : bench.ended) CHECK(ended.end == PageEnd::ok);
}

TEST_CASE("Whom no platform takes gives up after eight times of being led on") {
  PagesBench bench;
  bench.edges->go_stale(0, Micros{}, hours(1));  // what it is told is not remembered
  bench.gates->set_owner(orders(), Side::target, seconds(1));
  bench.start_at(seconds(2), "add", kIdem);
  bench.run_until(seconds(5));
  CHECK(bench.only().end == PageEnd::failed);
  CHECK(bench.only().reason == "no platform takes it");
  CHECK(bench.only().obstacle == Obstacle::not_owner);
  CHECK(bench.only().at == seconds(2) + (kWay + kWay) * 9);
  CHECK(bench.written() == "");
}

TEST_CASE("A refusal is the answer at once, and what ran is undone behind it, the last first") {
  PagesBench bench;
  bench.start("refused", kIdem);
  bench.run_until(kCall * 4);
  CHECK(bench.only().end == PageEnd::refused);
  CHECK(bench.only().reason == "not today");
  CHECK(bench.only().at == kCall * 4);
  CHECK(bench.written() == "take place start");
  bench.run_until(kCall * 7);
  CHECK(bench.written() == "take place start stop cancel untake");
  CHECK(bench.ended.size() == 1);
}

TEST_CASE("Only what ran is undone, unless nobody knows what did") {
  PagesBench bench;
  const PageRun run = bench.run_of("refused", kIdem);
  bench.pages->undo(run, 0b001);
  bench.run_until(seconds(1));
  CHECK(bench.written() == "untake");
  bench.pages->undo(bench.run_of("refused", kIdem + 1), ~std::uint64_t{0});
  bench.run_until(seconds(2));
  CHECK(bench.written(kIdem + 1) == "stop cancel untake");
  bench.pages->undo(bench.run_of("look", kIdem + 2), ~std::uint64_t{0});
  bench.run_until(seconds(3));
  CHECK(bench.written(kIdem + 2) == "");
}

TEST_CASE("An undo that overtakes its call leaves a tombstone, and the call is refused") {
  PagesBench bench;
  bench.links->add_delay(LinkId::edge_source, seconds(1));
  bench.start("walk", kIdem);
  bench.links->add_delay(LinkId::edge_source, seconds(-1));
  bench.pages->undo(bench.run_of("walk", kIdem), ~std::uint64_t{0});
  bench.run_until(seconds(3));
  CHECK(bench.only().end == PageEnd::refused);
  CHECK(bench.only().reason == "undone");
  CHECK(bench.written() == "cancel untake");
}

TEST_CASE(
    "An undo that finds nobody is tried again until it has run, and only then the one before") {
  PagesBench bench;
  bench.start("refused", kIdem);
  bench.at(kCall * 4, [&] { bench.kill(Side::source); });
  bench.at(seconds(5), [&] { bench.workers[0].restart(); });
  bench.run_until(seconds(5));
  CHECK(bench.written() == "take place start");
  bench.run_until(seconds(7));
  CHECK(bench.written() == "take place start stop cancel untake");
}

TEST_CASE("When a reply is lost, the same key gets the first answer, and the call ran once") {
  PagesBench bench;
  bench.start("walk", kIdem);
  bench.at(kCall + kWay, [&] { bench.links->cut(LinkId::edge_source, Direction::back, true); });
  bench.run_until(seconds(60));
  // Nobody at the edge knows that it ran.
  CHECK(bench.only().end == PageEnd::failed);
  CHECK(bench.only().reason == "no answer");
  CHECK(bench.only().obstacle == Obstacle::lost);
  CHECK(bench.only().at == kCall + kWay + kWork + kTimeout);
  CHECK(bench.only().ran == 0b01);
  CHECK(bench.written() == "take place");
  bench.links->cut(LinkId::edge_source, Direction::back, false);
  bench.start("walk", kIdem, {.attempt = 1});
  bench.run_until(seconds(120));
  REQUIRE(bench.ended.size() == 2);
  CHECK(bench.ended[1].end == PageEnd::ok);
  CHECK(answer(bench.ended[1], "order_token") == Value("o700"));
  CHECK(bench.written() == "take place");
}

TEST_CASE("When a message is lost on its way there, nothing ran, and another try runs it once") {
  PagesBench bench;
  bench.links->cut(LinkId::edge_source, Direction::there, true);
  bench.start("add", kIdem);
  bench.run_until(kTimeout);
  CHECK(bench.only().end == PageEnd::failed);
  CHECK(bench.only().obstacle == Obstacle::lost);
  CHECK(bench.written() == "");
  bench.links->cut(LinkId::edge_source, Direction::there, false);
  bench.start("add", kIdem, {.attempt = 1});
  bench.run_until(kTimeout * 2);
  CHECK(bench.written() == "add");
}

TEST_CASE("A write that is held at a fence runs once when it opens, though it is not idempotent") {
  PagesBench bench;
  bench.gates->fence(orders(), FenceDoes::hold, 10, Micros{});
  bench.start("add", kIdem);
  bench.start("look", kIdem + 1);  // a read passes
  bench.run_until(seconds(2));
  REQUIRE(bench.only().idem == kIdem + 1);
  CHECK(bench.gates->held(orders()) == 1);
  CHECK(bench.gates->in_flight(orders(), Side::source) == 1);
  bench.gates->release(orders(), bench.sim);
  bench.run_until(seconds(4));
  REQUIRE(bench.ended.size() == 2);
  CHECK(bench.ended[1].end == PageEnd::ok);
  CHECK(bench.ended[1].at == seconds(2) + kWork + kWay);
  CHECK(bench.ended[1].obstacle == Obstacle::fence_held);
  CHECK(bench.ended[1].hindered == seconds(2) - kWay);
  CHECK(bench.written() == "add");
  CHECK(bench.notes.outages == std::vector<std::pair<Micros, Micros>>{{kWay, seconds(2)}});
  // A second fence holds whom it meets, and nobody of the first.
  bench.gates->fence(orders(), FenceDoes::hold, 10, bench.sim.now);
  CHECK(bench.gates->held(orders()) == 0);
  bench.gates->release(orders(), bench.sim);
  bench.run_until(seconds(6));
  CHECK(bench.written() == "add");
}

TEST_CASE("A held write that knocks twice is Pindah's own fault, and never a second write") {
  PagesBench bench;
  bench.gates->fence(orders(), FenceDoes::hold, 10, Micros{});
  bench.start("add", kIdem);
  bench.run_until(seconds(1));
  std::vector<Event> held;
  bench.gates->each_held([&](const Event& event) { held.push_back(event); });
  REQUIRE(held.size() == 1);
  bench.gates->hold({Side::source, Side::source, orders(), true}, held.front());
  bench.gates->release(orders(), bench.sim);
  CHECK_THROWS_AS(bench.run_until(seconds(2)), Defect);
  CHECK(bench.written() == "");
}

TEST_CASE("A write that was held while its service moved runs once, at its new owner") {
  PagesBench bench;
  bench.gates->fence(orders(), FenceDoes::hold, 10, Micros{});
  bench.start("add", kIdem);
  bench.at(seconds(2), [&] {
    bench.gates->set_owner(orders(), Side::target, seconds(2));
    bench.gates->release(orders(), bench.sim);
  });
  bench.run_until(seconds(4));
  CHECK(bench.only().end == PageEnd::ok);
  CHECK(bench.only().at == seconds(2) + kWay + kCall);
  CHECK(bench.only().obstacle == Obstacle::fence_held);
  CHECK(bench.only().hindered == seconds(2) - kWay);
  CHECK(bench.written() == "[add]");
}

TEST_CASE("What is let through after its shopper gave up is taken back behind it") {
  PagesBench bench;
  bench.gates->fence(orders(), FenceDoes::hold, 10, Micros{});
  const std::uint32_t run = bench.start("walk", kIdem);
  bench.run_until(kTimeout);
  bench.pages->note_hold(run);
  CHECK(bench.pages->saga(run).obstacle == Obstacle::fence_held);
  bench.pages->undo(bench.pages->saga(run), ~std::uint64_t{0});
  bench.run_until(seconds(20));
  CHECK(bench.gates->held(orders()) == 2);  // the call, and behind it its undo
  CHECK(bench.written() == "take");
  bench.gates->release(orders(), bench.sim);
  bench.run_until(seconds(30));
  CHECK(bench.written() == "take place cancel untake");
}

TEST_CASE("A fence refuses whom it does not hold") {
  struct Case {
    FenceDoes does;
    int room, refused;
  };
  for (const Case& fence : {Case{FenceDoes::refuse, 10, 3}, Case{FenceDoes::hold, 2, 1}}) {
    PagesBench bench;
    bench.gates->fence(orders(), fence.does, fence.room, Micros{});
    for (std::int64_t i = 0; i < 3; ++i) bench.start("add", kIdem + i);
    bench.run_until(seconds(1));
    CHECK(bench.ended.size() == static_cast<std::size_t>(fence.refused));
    for (const Ended& ended : bench.ended) {
      CHECK(ended.end == PageEnd::failed);
      CHECK(ended.reason == "closed for a moment");
      CHECK(ended.obstacle == Obstacle::fence_refused);
      CHECK(ended.at == kWay + kWay);
    }
    CHECK(bench.written() == "");
  }
}

TEST_CASE("A page that straddles a switch runs each call where its service lives by then") {
  PagesBench bench;
  bench.at(kCall, [&] { bench.gates->set_owner(orders(), Side::target, kCall); });
  bench.at(kCall, [&] { bench.edges->learn(0, orders(), kCall); });
  bench.start("refused", kIdem);
  bench.run_until(seconds(1));
  CHECK(bench.only().asked == PerSide<bool>{true, true});
  CHECK(bench.written() == "take [place] start stop [cancel] untake");
}

TEST_CASE("An undo goes to the owner of its time, which may not be where the call ran") {
  PagesBench bench;
  bench.at(kCall * 3, [&] {
    bench.gates->set_owner(orders(), Side::target, bench.sim.now);
    bench.edges->learn(0, orders(), bench.sim.now);
  });
  bench.start("refused", kIdem);
  bench.run_until(seconds(1));
  // The order stays on the source; the target has a tombstone. Whether that hurts is the plan's.
  CHECK(bench.written() == "take place start stop [cancel] untake");
}

TEST_CASE("A full queue turns away who comes next, and the gate counts nobody inside") {
  PagesBench bench([](Scenario& s) {
    for (PlatformCapacity& capacity : s.platforms) capacity = {1, 1, {seconds(1), seconds(1)}};
  });
  for (std::int64_t i = 0; i < 3; ++i) bench.start("add", kIdem + i);
  bench.run_until(millis(20));
  CHECK(bench.only().end == PageEnd::failed);
  CHECK(bench.only().reason == "too busy");
  CHECK(bench.only().obstacle == Obstacle::queue_full);
  CHECK(bench.gates->writes_in_flight(orders(), Side::source) == 2);
  bench.run_until(seconds(3));
  CHECK(bench.gates->writes_in_flight(orders(), Side::source) == 0);
  REQUIRE(bench.ended.size() == 3);
  CHECK(bench.ended[2].obstacle == Obstacle::queue_wait);
  CHECK(bench.written() == "add add");
}

TEST_CASE(
    "What a platform has in the works when it dies has not happened; what it had done stays") {
  struct Case {
    const char* what;
    Micros dies;
    bool stays;
  };
  for (const Case& death : {Case{"before it knocks", kWay - Micros{1}, false},
                            Case{"in the works", kWay + kWork - Micros{1}, false},
                            Case{"just after the commit", kWay + kWork + Micros{1}, true}}) {
    INFO(death.what);
    PagesBench bench;
    bench.start("add", kIdem);
    bench.at(death.dies, [&] { bench.kill(Side::source); });
    bench.run_until(seconds(1));
    CHECK(bench.only().end == (death.stays ? PageEnd::ok : PageEnd::failed));
    CHECK(bench.only().obstacle == (death.stays ? Obstacle::none : Obstacle::platform_down));
    CHECK(bench.gates->writes_in_flight(orders(), Side::source) == 0);
    bench.workers[0].restart();
    CHECK(bench.rows(Side::source, "orders_log") == (death.stays ? 1 : 0));
    CHECK(bench.backends[0]->lsn() == (death.stays ? 1u : 0u));
  }
}

TEST_CASE("A service that is switched off answers nobody") {
  PagesBench bench;
  bench.gates->retire(orders(), Side::source, Retired::writes);
  bench.start("add", kIdem);
  bench.start("look", kIdem + 1);
  bench.run_until(seconds(1));
  REQUIRE(bench.ended.size() == 2);
  CHECK(bench.ended[0].idem == kIdem);
  CHECK(bench.ended[0].reason == "switched off");
  CHECK(bench.ended[0].obstacle == Obstacle::retired);
  CHECK(bench.ended[1].end == PageEnd::ok);
  bench.gates->retire(orders(), Side::source, Retired::everything);
  bench.start("look", kIdem + 2);
  bench.run_until(seconds(2));
  CHECK(bench.ended[2].obstacle == Obstacle::retired);
}

TEST_CASE("A page that the front does not offer ends at once, but for the target's own people") {
  PagesBench bench;
  bench.pages->offer(page("add"), false);
  bench.start("add", kIdem);
  bench.start("add", kIdem + 1, {.home = Side::target});
  bench.start("add", kIdem + 2, {.inside = true});
  bench.run_until(seconds(1));
  REQUIRE(bench.ended.size() == 3);
  CHECK(bench.ended[0].at == Micros{});
  CHECK(bench.ended[0].obstacle == Obstacle::closed);
  CHECK(bench.written() == "add [add]");
  bench.pages->offer(page("add"), true);
  bench.start("add", kIdem + 3);
  bench.run_until(seconds(2));
  CHECK(bench.ended[3].end == PageEnd::ok);
}

TEST_CASE("A run inside a platform goes over the platforms' link only to where it is not") {
  PagesBench bench;
  bench.start("add", kIdem, {.inside = true});
  bench.run_until(seconds(1));
  CHECK(bench.only().at == kWork);
  bench.gates->set_owner(orders(), Side::target, seconds(1));
  bench.start("add", kIdem + 1, {.inside = true});
  bench.run_until(seconds(2));
  CHECK(bench.ended[1].at == seconds(1) + kCall);
  bench.start("look", kIdem, {.inside = true, .pinned = true});
  bench.run_until(seconds(3));
  CHECK(answer(bench.ended[2], "seen") == Value(std::int64_t{1}));  // of the source's, where it is
  CHECK(bench.written() == "add [add]");
}

TEST_CASE("Reads that are led elsewhere are read there, and writes stay with the owner") {
  PagesBench bench;
  bench.gates->lead_reads(orders(), Share{1'000'000, 0});
  bench.start("add", kIdem);
  bench.run_until(seconds(1));
  bench.start("look", kIdem);
  bench.run_until(seconds(2));
  CHECK(answer(bench.ended[1], "seen") == Value(std::int64_t{0}));
  CHECK(bench.ended[1].asked == PerSide<bool>{false, true});
  bench.gates->lead_reads(orders(), std::nullopt);
  bench.start("look", kIdem);
  bench.run_until(seconds(3));
  CHECK(answer(bench.ended[2], "seen") == Value(std::int64_t{1}));
  CHECK(bench.written() == "add");
}

TEST_CASE("A write whose rows are held is tried again until they are free, and runs once") {
  PagesBench bench;
  bench.locked = true;
  bench.start("add", kIdem);
  bench.at(millis(52), [&] { bench.locked = false; });
  bench.run_until(millis(52));
  CHECK(bench.gates->writes_in_flight(orders(), Side::source) == 1);
  bench.run_until(seconds(1));
  CHECK(bench.only().at == millis(55) + kWay);  // it looks every 5 ms
  CHECK(bench.written() == "add");
}

namespace {

// Every write waits for a second one.
struct SecondWrites : CallHooks {
  std::vector<RunName> waiting;
  bool wrote(const RunName& run) override {
    waiting.push_back(run);
    return true;
  }
  bool compares(ServiceId, Side, const Buckets&) override { return false; }
  void was_read(const ReadSeen&) override {}
};

}  // namespace

TEST_CASE("An answer that waits for a second write is given when that is over, once") {
  for (const bool well : {true, false}) {
    PagesBench bench;
    SecondWrites second;
    bench.pages->set_hooks(&second);
    bench.start("add", kIdem);
    bench.run_until(seconds(1));
    CHECK(bench.ended.empty());
    REQUIRE(second.waiting.size() == 1);
    bench.pages->answer(second.waiting[0], well);
    bench.run_until(seconds(2));
    CHECK(bench.only().at == seconds(1) + kWay);
    CHECK(bench.only().end == (well ? PageEnd::ok : PageEnd::failed));
    CHECK(bench.only().obstacle == Obstacle::second_write);
    CHECK(bench.written() == "add");
    // The run is over: an answer to it is nobody's, even when its place is taken again.
    bench.start("look", kIdem);
    bench.pages->answer(second.waiting[0], !well);
    bench.run_until(seconds(3));
    CHECK(bench.ended.size() == 2);
    CHECK(bench.ended[1].end == PageEnd::ok);
  }
}

TEST_CASE("The bank is asked by the platform that ran the page's call of its service") {
  PagesBench bench;
  bench.gates->set_owner(service("money"), Side::target, Micros{});
  bench.start("buy", kIdem);
  // The switch back is too late for this page: what it began on the target is the target's.
  bench.at(kWay + kWay + kCall * 3,
           [&] { bench.gates->set_owner(service("money"), Side::source, bench.sim.now); });
  bench.run_until(seconds(2));
  CHECK(bench.only().end == PageEnd::ok);
  REQUIRE(bench.ledgers->entries().size() == 1);
  CHECK(bench.ledgers->entries()[0].address == Side::target);
  CHECK(answer(bench.only(), "state") == Value("captured"));
}

TEST_CASE("A call is left out where its condition does not hold") {
  PagesBench bench;
  bench.start("buy", kIdem);
  bench.start("buy", kIdem + 1, {.method = "never"});
  bench.run_until(seconds(2));
  CHECK(bench.written(kIdem) == "take place start settle");
  CHECK(bench.written(kIdem + 1) == "take place start");
  for (const Ended& ended : bench.ended) CHECK(ended.end == PageEnd::ok);
}

TEST_CASE("Three thousand millions go through a page whole") {
  PagesBench bench;
  bench.start("buy", kIdem, {.amount = 3'000'000'000});
  bench.run_until(seconds(2));
  CHECK(bench.ledgers->entries()[0].amount == 3'000'000'000);
  CHECK(answer(bench.only(), "settled") == Value(std::int64_t{3'000'000'000}));
}

}  // namespace pindah
