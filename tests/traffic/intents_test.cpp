#include "traffic/intents.h"

#include <catch2/catch.hpp>

using namespace pindah;

namespace {

struct Fixture {
  World world;
  Scenario scenario;
  Pools pools;

  Fixture() {
    world.pools.push_back({"buyer", 0, {}});
    Persona persona;
    persona.name = "reader";
    persona.who = 0;
    world.personas = {persona, persona};
    world.mixes.push_back({"usual", {{0, 750'000}, {1, 250'000}}});
    pools.resize(1);
    for (std::int64_t i = 0; i < 100; ++i) pools[0][0].emplace_back(i);
    scenario.seed = 3;
    scenario.length = hours(1);
  }

  TrafficEntry& add(Shape shape, std::int64_t per_second) {
    TrafficEntry entry;
    entry.shape = shape;
    entry.rate_micro = per_second * 1'000'000;
    entry.mix = 0;
    scenario.traffic.push_back(entry);
    return scenario.traffic.back();
  }

  std::int64_t arrivals(Micros from, Micros until) const {
    std::int64_t count = 0;
    for (const Intent& i : draw_intents(world, scenario, pools))
      count += i.arrives >= from && i.arrives < until;
    return count;
  }
};

}  // namespace

TEST_CASE("A held rate brings as many shoppers as it says, evenly") {
  Fixture f;
  f.add(Shape::hold, 2);
  CHECK(f.arrivals({}, hours(1)) == Approx(7200).margin(1));
  CHECK(f.arrivals(minutes(10), minutes(20)) == Approx(1200).margin(2));
}

TEST_CASE("Entries add up, begin at their instant and end at `until`") {
  Fixture f;
  f.add(Shape::hold, 2);
  TrafficEntry& second = f.add(Shape::hold, 3);
  second.at = minutes(30);
  second.until = minutes(40);
  CHECK(f.arrivals(minutes(20), minutes(30)) == Approx(1200).margin(2));
  CHECK(f.arrivals(minutes(30), minutes(40)) == Approx(3000).margin(2));
  CHECK(f.arrivals(minutes(40), minutes(50)) == Approx(1200).margin(2));
}

TEST_CASE("A ramp grows evenly to its end and stays there") {
  Fixture f;
  f.add(Shape::ramp, 10).rise = minutes(10);
  CHECK(f.arrivals({}, minutes(5)) == Approx(5 * 60 * 2.5).margin(10));
  CHECK(f.arrivals(minutes(5), minutes(10)) == Approx(5 * 60 * 7.5).margin(10));
  CHECK(f.arrivals(minutes(10), minutes(20)) == Approx(6000).margin(10));
}

TEST_CASE("A spike rises to its top and halves in its half-life") {
  Fixture f;
  TrafficEntry& entry = f.add(Shape::spike, 96);
  entry.rise = seconds(26);
  entry.half_life = minutes(4);
  const std::int64_t first = f.arrivals(seconds(26), seconds(26) + minutes(4));
  const std::int64_t second = f.arrivals(seconds(26) + minutes(4), seconds(26) + minutes(8));
  // The integral of 96 × 2^(-t/240) over 240 s is 96 × 240 / ln 2 / 2.
  CHECK(first == Approx(16'620).epsilon(0.005));
  CHECK(second == Approx(8'310).epsilon(0.005));
  CHECK(f.arrivals({}, seconds(26)) == Approx(96 * 13).margin(20));
}

TEST_CASE("A day's curve keeps its mean and peaks in the evening, local time") {
  Fixture f;
  f.scenario.length = hours(24);
  f.scenario.utc_offset = hours(7);
  f.add(Shape::day, 1);
  CHECK(f.arrivals({}, hours(24)) == Approx(86'400).epsilon(0.02));
  // 21:00 in Jakarta is 14:00 UTC.
  CHECK(f.arrivals(hours(14), hours(15)) > 2 * f.arrivals(hours(2), hours(3)));
}

TEST_CASE("Who comes is dealt by the mix, and in order of arrival") {
  Fixture f;
  f.add(Shape::hold, 5);
  const std::vector<Intent> intents = draw_intents(f.world, f.scenario, f.pools);
  std::int64_t second_kind = 0;
  for (std::size_t i = 0; i < intents.size(); ++i) {
    second_kind += intents[i].persona == 1;
    if (i > 0) REQUIRE(intents[i - 1].arrives <= intents[i].arrives);
    REQUIRE(intents[i].who < 100);
  }
  CHECK(second_kind == Approx(0.25 * static_cast<double>(intents.size())).epsilon(0.05));
}

TEST_CASE("Another traffic entry moves none of the shoppers of the first") {
  Fixture f;
  f.add(Shape::hold, 1);
  const std::vector<Intent> alone = draw_intents(f.world, f.scenario, f.pools);
  f.add(Shape::hold, 1).at = minutes(50);
  const std::vector<Intent> both = draw_intents(f.world, f.scenario, f.pools);
  std::size_t found = 0;
  for (const Intent& i : both)
    if (found < alone.size() && i.arrives == alone[found].arrives && i.who == alone[found].who)
      ++found;
  CHECK(found == alone.size());
}

TEST_CASE("A pool without people is the world's mistake") {
  Fixture f;
  f.add(Shape::hold, 1).home = Side::target;
  CHECK_THROWS_AS(draw_intents(f.world, f.scenario, f.pools), WorldFault);
}
