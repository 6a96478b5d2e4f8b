// What a shopper does when her page is answered, refused, late or lost.
#include "tests/traffic/shoppers_bench.h"

namespace pindah {
namespace {

using namespace bench;

constexpr Micros kPatience = seconds(10);  // the world's client: then again after 1 s and 3 s
const std::int64_t kFirst = idem_of(0, 0);

}  // namespace

TEST_CASE(
    "She goes from page to page, thinks between them, and stays no longer than the world says") {
  ShoppersBench bench;
  bench.comes(seconds(1));
  bench.run(minutes(5));
  const auto told = bench.told();
  REQUIRE(told.size() == 3);
  CHECK(told[0].page == "walk");
  CHECK(told[1].page == "look");
  CHECK(told[0].at == seconds(1) + kCall * 2);
  for (std::uint32_t visit = 0; visit < 3; ++visit) {
    CHECK(told[visit].visit == visit);
    CHECK(told[visit].end == PageEnd::ok);
    CHECK(told[visit].tries == 1);
    if (visit == 0) continue;
    const Micros between = told[visit].at - told[visit - 1].at;
    CHECK(between >= seconds(1) + millis(800) - kCall);  // she thinks, and a page feels like 800 ms
    CHECK(between <= seconds(21));
  }
}

TEST_CASE("What a page leaves is in the next one's slots") {
  ShoppersBench bench;
  bench.comes(Micros{});
  bench.run(minutes(5));
  const Slots next = bench.told()[1].slots;
  CHECK(next[static_cast<std::size_t>(slot("order_token"))] == Value("o256"));
  CHECK(next[static_cast<std::size_t>(slot("idem"))] == Value(idem_of(0, 1)));
}

TEST_CASE("What fails is tried again with the same key, given up after the last try, and undone") {
  ShoppersBench bench;
  bench.links->cut(LinkId::edge_source, Direction::there, true);
  bench.comes(Micros{});
  const Micros gives_up = kPatience * 3 + seconds(1) + seconds(3);
  bench.at(gives_up + millis(1),
           [&] { bench.links->cut(LinkId::edge_source, Direction::there, false); });
  bench.run(gives_up);
  REQUIRE(bench.told().size() == 1);
  CHECK(bench.told()[0].end == PageEnd::failed);
  CHECK(bench.told()[0].tries == 3);
  CHECK(bench.told()[0].at == gives_up);
  CHECK(bench.told()[0].obstacle == Obstacle::lost);
  bench.run(hours(1));
  CHECK(bench.told().size() == 1);  // she is gone
  CHECK(bench.written() == "cancel untake");
}

TEST_CASE("When only the reply is lost, her second try gets the first answer, and all ran once") {
  ShoppersBench bench;
  bench.comes(Micros{});
  bench.at(kCall + kWay, [&] { bench.links->cut(LinkId::edge_source, Direction::back, true); });
  bench.at(seconds(5), [&] { bench.links->cut(LinkId::edge_source, Direction::back, false); });
  bench.run(kPatience + seconds(1) + kCall * 2);
  REQUIRE(bench.told().size() == 1);
  CHECK(bench.told()[0].end == PageEnd::ok);
  CHECK(bench.told()[0].tries == 2);
  CHECK(bench.told()[0].slots[static_cast<std::size_t>(slot("order_token"))] == Value("o256"));
  CHECK(bench.written(kFirst) == "take place");
}

TEST_CASE(
    "A try that commits after her patience ended is nobody's answer, and runs nothing twice") {
  ShoppersBench bench;
  bench.pages->slow_platform(Side::source, seconds(12));
  bench.at(seconds(1), [&] { bench.pages->slow_platform(Side::source, seconds(-12)); });
  bench.comes(Micros{});
  bench.run(seconds(12));
  REQUIRE(bench.told().size() == 1);
  CHECK(bench.told()[0].tries == 2);
  CHECK(bench.told()[0].at == kPatience + seconds(1) + kCall * 2);
  bench.run(seconds(13));  // the first try is over, too
  CHECK(bench.written(kFirst) == "take place");
  const auto told = bench.told();
  CHECK(std::count_if(told.begin(), told.end(), [](const auto& p) { return p.visit == 0; }) == 1);
}

TEST_CASE("Whom a fence holds for too long gives up, and what it lets through then is undone") {
  ShoppersBench bench;
  const ServiceId orders = service("orders");
  bench.gates->fence(orders, FenceDoes::hold, 100, Micros{});
  bench.comes(Micros{});
  bench.at(minutes(1), [&] { bench.gates->release(orders, bench.sim); });
  bench.run(minutes(1));
  REQUIRE(bench.told().size() == 1);
  CHECK(bench.told()[0].end == PageEnd::timed_out);
  CHECK(bench.told()[0].tries == 3);
  CHECK(bench.told()[0].obstacle == Obstacle::fence_held);
  bench.run(minutes(2));
  CHECK(bench.written(kFirst) == "take place cancel untake");
  CHECK(bench.told().size() == 1);
}

TEST_CASE("A refusal is an answer: she does not ask again, and goes on without a promise") {
  ShoppersBench bench;
  Slots slots(counters().slots.size());
  slots[static_cast<std::size_t>(counters().slot_idem)] = kFirst;
  Writer writer;
  writer.call = counters().call("orders.cancel");  // a tombstone for her first page
  bench.backends[0]->run(writer.call, slots, Micros{}, writer);
  bench.comes(Micros{});
  bench.run(minutes(5));
  const auto told = bench.told();
  CHECK(told[0].end == PageEnd::refused);
  CHECK(told[0].reason == "undone");
  CHECK(told[0].tries == 1);
  CHECK(told.size() == 3);
  CHECK(bench.written(kFirst) == "cancel take untake");
  bench.shoppers().begin_audit(minutes(1));
  bench.run(minutes(10));
  for (const auto& audit : bench.told(Actor::audit)) CHECK(audit.visit >= kAuditVisit + 8);
}

TEST_CASE(
    "In the end each who holds a promise opens it once more, by the token that she was given") {
  ShoppersBench bench;
  for (int i = 0; i < 20; ++i) bench.comes(seconds(i));
  bench.run(minutes(5));
  std::map<std::pair<std::uint32_t, std::uint32_t>, Value> promised;
  for (const auto& page : bench.told())
    if (page.page == "walk")
      promised[{page.intent, kAuditVisit + page.visit * 8}] =
          Value("o" + std::to_string(idem_of(page.intent, page.visit)));
  CHECK(promised.size() > 20);
  bench.shoppers().begin_audit(minutes(1));
  bench.run(minutes(7));
  std::map<std::pair<std::uint32_t, std::uint32_t>, Value> opened;
  for (const auto& page : bench.told(Actor::audit)) {
    CHECK(page.page == "order");
    CHECK(page.at <= minutes(6) + kCall);
    opened[{page.intent, page.visit}] = page.slots[static_cast<std::size_t>(slot("order_token"))];
  }
  CHECK(opened == promised);
  CHECK(bench.told(Actor::audit).size() == promised.size());
}

TEST_CASE("The target's own people are served there, whoever owns the services") {
  ShoppersBench bench;
  bench.comes(Micros{}, Side::target);
  bench.run(seconds(1));
  CHECK(bench.told()[0].end == PageEnd::ok);
  CHECK(bench.written() == "[take] [place]");
}

TEST_CASE("Who is still to come after the shoppers were amended comes when she does now") {
  ShoppersBench bench;
  bench.comes(seconds(10));
  bench.shoppers();
  bench.run(seconds(1));
  bench.comes_instead(0, seconds(20));
  bench.shoppers().amended();
  bench.run(seconds(15));
  CHECK(bench.told().empty());
  bench.run(seconds(21));
  CHECK(bench.told().size() == 1);
}

}  // namespace pindah
