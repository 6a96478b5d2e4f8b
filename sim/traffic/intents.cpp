#include "traffic/intents.h"

#include <algorithm>
#include <tuple>

#include "base/problem.h"
#include "sqlite/database.h"

namespace pindah {

namespace {

constexpr std::int64_t kMicro = 1'000'000;
// Rates are integrated in steps of this length; within a step the rate counts as constant.
constexpr Micros kStep = millis(100);

// Share of a day's visits in each local hour, in ppm of the mean hour: a peak at lunch, a dip at
// 17:00, the evening's peak from 20:00 to 22:00, as Indonesian marketplaces describe their days
// (the figures are an assumption).
constexpr std::int64_t kHours[24] = {
    450'000, 250'000,   160'000,   140'000,   200'000,   380'000,   600'000,   780'000,
    900'000, 1'000'000, 1'100'000, 1'250'000, 1'450'000, 1'300'000, 1'100'000, 1'000'000,
    950'000, 750'000,   1'050'000, 1'450'000, 2'200'000, 2'500'000, 1'840'000, 1'200'000};

std::int64_t spike_micro(const TrafficEntry& entry, Micros since) {
  if (since < entry.rise) return entry.rate_micro / 1000 * since.us / entry.rise.us * 1000;
  const Micros falling = since - entry.rise;
  const std::int64_t halvings = falling.us / entry.half_life.us;
  if (halvings >= 20) return 0;
  const std::int64_t part =
      (falling.us % entry.half_life.us) * (std::int64_t{1} << 20) / entry.half_life.us;
  const std::int64_t x = -((halvings << 32) + (part << 12));
  const std::int64_t factor = exp2_q32(x) >> 12;  // Q20
  return (entry.rate_micro / 1000 * factor >> 20) * 1000;
}

struct Arrival {
  Micros at;
  std::uint64_t entry = 0;
  std::uint64_t number = 0;
};

// Walks the integral of an entry's rate; the n-th shopper comes where it reaches n plus her own
// uniform part.
void walk(const Scenario& scenario, std::size_t which, const Draws& draws,
          std::vector<Arrival>& arrivals) {
  const TrafficEntry& entry = scenario.traffic[which];
  std::int64_t reached = 0;  // shoppers × 1e6 × 10: rate per second times tenths of a second
  std::uint64_t number = 0;
  auto threshold = [&](std::uint64_t n) {
    const auto part = draws.below(kMicro, Domain::arrival, which, n, purpose("instant"));
    return (static_cast<std::int64_t>(n) * kMicro + static_cast<std::int64_t>(part)) * 10;
  };
  std::int64_t next = threshold(0);
  for (Micros t = entry.at; t < scenario.length; t += kStep) {
    const std::int64_t step = rate_micro(entry, t, scenario);
    while (step > 0 && next < reached + step) {
      const Micros at = t + Micros{(next - reached) * kStep.us / step};
      if (at < scenario.length) arrivals.push_back({at, which, number});
      next = threshold(++number);
    }
    reached += step;
  }
}

int draw_persona(const Mix& mix, std::uint64_t drawn) {
  auto left = static_cast<std::int64_t>(drawn);
  for (const auto& [persona, ppm] : mix.shares) {
    if (left < ppm) return persona;
    left -= ppm;
  }
  return mix.shares.back().first;
}

}  // namespace

std::int64_t rate_micro(const TrafficEntry& entry, Micros instant, const Scenario& scenario) {
  const Micros until = entry.until > Micros{} ? entry.until : scenario.length;
  if (instant < entry.at || instant >= until) return 0;
  const Micros since = instant - entry.at;
  switch (entry.shape) {
    case Shape::hold:
      return entry.rate_micro;
    case Shape::ramp:
      return since >= entry.rise ? entry.rate_micro
                                 : entry.rate_micro / 1000 * since.us / entry.rise.us * 1000;
    case Shape::spike:
      return spike_micro(entry, since);
    case Shape::day: {
      const std::int64_t local = scenario.starts_us + instant.us + scenario.utc_offset.us;
      return entry.rate_micro / 1000 * (kHours[local / hours(1).us % 24] / 1000);
    }
  }
  return 0;
}

Pools read_pools(const World& world, const Populated& populated) {
  Pools pools(world.pools.size());
  for (std::size_t i = 0; i < pools.size(); ++i) {
    for (const Side side : {Side::source, Side::target}) {
      Statement rows(populated.databases[index(side)], world.pools[i].sql[index(side)].sql);
      while (rows.step()) pools[i][index(side)].push_back(rows.column(0));
    }
  }
  return pools;
}

std::vector<Intent> draw_intents(const World& world, const Scenario& scenario, const Pools& pools) {
  const Draws draws(scenario.seed);
  std::vector<Arrival> arrivals;
  for (std::size_t i = 0; i < scenario.traffic.size(); ++i) walk(scenario, i, draws, arrivals);
  std::sort(arrivals.begin(), arrivals.end(), [](const Arrival& a, const Arrival& b) {
    return std::tie(a.at, a.entry, a.number) < std::tie(b.at, b.entry, b.number);
  });
  std::vector<Intent> intents;
  intents.reserve(arrivals.size());
  for (const Arrival& arrival : arrivals) {
    const TrafficEntry& entry = scenario.traffic[arrival.entry];
    const std::uint64_t who = (arrival.entry << 40) | arrival.number;
    auto draw = [&](std::uint64_t n, std::string_view what) {
      return draws.below(n, Domain::arrival, who, 0, purpose(what));
    };
    Intent intent;
    intent.arrives = arrival.at;
    intent.home = entry.home;
    const int persona =
        draw_persona(world.mixes[static_cast<std::size_t>(entry.mix)], draw(kMicro, "persona"));
    intent.persona = static_cast<std::uint16_t>(persona);
    intent.edge =
        static_cast<std::uint16_t>(draw(static_cast<std::uint64_t>(scenario.edges), "edge"));
    const PoolId pool = world.personas[static_cast<std::size_t>(persona)].who;
    const auto& people = pools[static_cast<std::size_t>(pool)][index(entry.home)];
    if (people.empty())
      throw WorldFault(
          {entry.place,
           "nobody is in pool `" + world.pools[static_cast<std::size_t>(pool)].name + "`",
           "at least one row on the home platform of this traffic",
           {},
           {}});
    intent.who = static_cast<std::uint32_t>(draw(people.size(), "who"));
    intents.push_back(intent);
  }
  return intents;
}

}  // namespace pindah
