// Each surprise changes its condition while it lasts, and then all is as it was.
#include <set>

#include "tests/surprise/bench.h"

namespace pindah {
namespace {

using namespace bench;

constexpr Micros kBegins = minutes(1), kEnds = minutes(2);

Surprise surprise(SurpriseKind kind, Part part, const std::function<void(Surprise&)>& change = {}) {
  Surprise made;
  made.kind = kind;
  made.part = part;
  made.name = "it";
  made.at = kBegins;
  made.duration = kEnds - kBegins;
  if (change) change(made);
  return made;
}

const Part kGateway{PartKind::link, static_cast<int>(LinkId::gateway)};
const Part kSource{PartKind::platform, 0}, kTarget{PartKind::platform, 1};

Part part_of(const std::string& name) { return {PartKind::service, service(name)}; }

LinkState gateway(const SurprisesBench& bench) {
  return bench.links->states()[static_cast<std::size_t>(LinkId::gateway)];
}

// A surprise, and its condition as a number.
struct Case {
  const char* what;
  Surprise surprise;
  std::int64_t before, during;
  std::function<std::int64_t(SurprisesBench&)> look;
};

std::int64_t took(SurprisesBench& bench, const std::string& name) {
  static std::int64_t idem = 10'000;
  const Micros begun = bench.sim.now;
  const std::size_t before = bench.ended.size();
  bench.start(name, ++idem);
  bench.run_until(begun + seconds(11));
  REQUIRE(bench.ended.size() == before + 1);
  if (bench.ended.back().end != PageEnd::ok) return -1;
  return (bench.ended.back().at - begun).us / 1000;
}

// How long the bank takes to say that a coin is there.
std::int64_t ledger_takes(SurprisesBench& bench) {
  static int ref = 0;
  Slots slots = bench.run_of("buy", kIdem).slots;
  slots[static_cast<std::size_t>(slot("ref"))] = "r" + std::to_string(++ref);
  return bench.ledgers->enter(0, {slots, Side::source, kNoBuckets, Side::source}, bench.sim)
             .answer_after.us /
         1000;
}

// Whether the first edge forgets at once what it is told.
std::int64_t forgets(SurprisesBench& bench) {
  const ServiceId orders = service("orders");
  const Micros now = bench.sim.now;
  bench.gates->set_owner(orders, Side::target, now);
  bench.edges->learn(0, orders, now);
  const Side route = bench.edges->route(0, orders, Side::source, kNoBuckets, *bench.gates, now);
  bench.gates->set_owner(orders, Side::source, now);
  bench.edges->learn(0, orders, now);
  return std::int64_t{route == Side::source};
}

std::vector<Case> cases() {
  using K = SurpriseKind;
  const auto slower = [](Micros by) { return [=](Surprise& s) { s.by = by; }; };
  const auto lossy = [](Surprise& s) { s.lost_ppm = 30'000; };
  const auto ways = [](Ways w) { return [=](Surprise& s) { s.ways = w; }; };
  const auto for_35_seconds = [](Surprise& s) { s.duration = seconds(35); };
  const auto cuts = [](SurprisesBench& b) {
    return std::int64_t{gateway(b).cut[0]} + 2 * std::int64_t{gateway(b).cut[1]};
  };
  const auto delay = [](SurprisesBench& b) { return gateway(b).delay.us / 1000; };
  const auto loss = [](SurprisesBench& b) { return gateway(b).loss_ppm; };
  const auto add = [](SurprisesBench& b) { return took(b, "add"); };
  const auto dead = [](SurprisesBench& b) { return std::int64_t{b.migrator_is_dead}; };
  return {
      {"a slow link", surprise(K::slow, kGateway, slower(millis(70))), 10, 80, delay},
      {"a lossy link", surprise(K::lossy, kGateway, lossy), 0, 30'000, loss},
      {"a link cut both ways", surprise(K::cut, kGateway, ways(Ways::both)), 0, 3, cuts},
      {"a link cut there", surprise(K::cut, kGateway, ways(Ways::there)), 0, 1, cuts},
      {"a link cut back", surprise(K::cut, kGateway, ways(Ways::back)), 0, 2, cuts},
      {"a slow ledger", surprise(K::slow, {PartKind::ledger, 0}, slower(seconds(3))), 100, 3'100,
       ledger_takes},
      {"a slow platform", surprise(K::slow, kSource, slower(seconds(2))), 25, 2'025, add},
      {"the other one slow", surprise(K::slow, kTarget, slower(seconds(2))), 25, 25, add},
      {"a slow service", surprise(K::slow, part_of("orders"), slower(seconds(1))), 25, 1'025, add},
      {"another one slow", surprise(K::slow, part_of("stock"), slower(seconds(1))), 25, 25, add},
      {"a platform that is paused", surprise(K::pause, kSource, for_35_seconds), 25, 5'010, add},
      {"a dead platform", surprise(K::kill, kSource), 25, -1, add},
      {"the other one dead", surprise(K::kill, kTarget), 25, 25, add},
      {"a dead migrator", surprise(K::kill, {PartKind::migrator, 0}), 0, 1, dead},
      {"an edge gone stale", surprise(K::stale, {PartKind::edge, 0}), 0, 1, forgets}};
}

}  // namespace

TEST_CASE("Each surprise changes its condition while it lasts, and then all is as it was") {
  for (const Case& c : cases()) {
    INFO(c.what);
    SurprisesBench bench({c.surprise});
    bench.run_until(seconds(30));
    CHECK(c.look(bench) == c.before);
    bench.run_until(kBegins + seconds(30));
    CHECK(c.look(bench) == c.during);
    bench.run_until(kEnds + seconds(30));
    CHECK(c.look(bench) == c.before);
    CHECK(bench.notes.surprises == std::vector<std::string>{"on", "off"});
  }
}

TEST_CASE("Each kind of surprise on each part that it may befall has a case here") {
  std::set<std::pair<SurpriseKind, PartKind>> here;
  for (const Case& c : cases()) here.emplace(c.surprise.kind, c.surprise.part.kind);
  for (int kind = 0; kind < 16; ++kind)
    for (int part = 0; part < 16; ++part) {
      const Surprise one =
          surprise(static_cast<SurpriseKind>(kind), {static_cast<PartKind>(part), 0});
      bool happens = true;
      try {
        mechanism_of(one);
      } catch (const Defect&) {
        happens = false;
      }
      INFO("kind " << kind << ", part " << part);
      CHECK((here.count({one.kind, one.part.kind}) == 1) == happens);
    }
}

TEST_CASE("In the control life only the weather happens") {
  for (const bool weather : {false, true}) {
    Surprise slow = surprise(SurpriseKind::slow, kGateway, [&](Surprise& s) {
      s.by = millis(70);
      s.also_in_control = weather;
    });
    SurprisesBench bench({slow}, true);
    bench.run_until(kBegins + seconds(30));
    CHECK(gateway(bench).delay == (weather ? millis(80) : millis(10)));
    CHECK(bench.notes.surprises.size() == (weather ? 1 : 0));
  }
}

TEST_CASE("Surprises of one link that overlap add up, and each takes back its own") {
  const auto slow = [](Micros at, Micros until, Micros by) {
    return surprise(SurpriseKind::slow, kGateway, [=](Surprise& s) {
      s.name = std::to_string(by.us);
      s.at = at;
      s.duration = until - at;
      s.by = by;
    });
  };
  SurprisesBench bench(
      {slow(seconds(10), seconds(30), millis(50)), slow(seconds(20), seconds(40), millis(7))});
  const auto delay_at = [&](Micros instant) {
    bench.run_until(instant);
    return gateway(bench).delay;
  };
  CHECK(delay_at(seconds(15)) == millis(60));
  CHECK(delay_at(seconds(25)) == millis(67));
  CHECK(delay_at(seconds(35)) == millis(17));
  CHECK(delay_at(seconds(45)) == millis(10));
}

TEST_CASE("A platform that dies drops what it had in the works, and its makers learn of it") {
  SurprisesBench bench({surprise(SurpriseKind::kill, kSource)});
  bench.start_at(kBegins - kWay - millis(2), "add", kIdem);
  bench.run_until(kBegins + seconds(1));
  CHECK(bench.only().reason == "the platform went down");
  CHECK(bench.written() == "");
  CHECK(bench.gates->writes_in_flight(service("orders"), Side::source) == 0);
}

TEST_CASE("What a platform had committed just before it died is there when it is back") {
  SurprisesBench bench({surprise(SurpriseKind::kill, kSource)});
  bench.start_at(kBegins - kWay - kWork, "add", kIdem);  // its commit is of the instant before
  bench.start_at(kBegins - kWay - kWork - Micros{1}, "add", kIdem + 1);
  bench.run_until(kEnds + seconds(1));
  CHECK(bench.written() == "add");
  CHECK(bench.rows(Side::source, "orders_log") == 1);
  bench.start("look", kIdem + 1);
  bench.run_until(kEnds + seconds(2));
  CHECK(bench.ended.back().slots[static_cast<std::size_t>(slot("seen"))] == Value(std::int64_t{1}));
}

TEST_CASE("A paused platform answers what it had in the works when the pause is over") {
  SurprisesBench bench({surprise(SurpriseKind::pause, kSource)});
  bench.start_at(kBegins - kWay - millis(2), "add", kIdem);
  bench.run_until(kEnds + seconds(1));
  CHECK(bench.only().end == PageEnd::ok);
  CHECK(bench.only().at == kEnds + kWay);
  CHECK(bench.only().obstacle == Obstacle::queue_wait);
  CHECK(bench.written() == "add");
}

}  // namespace pindah
