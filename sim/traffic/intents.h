// The shoppers of a scenario, fixed before the run: when each session starts, who she is, which
// door she takes.
#pragma once

#include <cstdint>
#include <vector>

#include "base/draws.h"
#include "base/time.h"
#include "scenario/scenario.h"
#include "world/populate.h"
#include "world/world.h"

namespace pindah {

// Ids that people know, by pool and home platform, best known first.
using Pools = std::vector<PerSide<std::vector<Value>>>;
Pools read_pools(const World& world, const Populated& populated);

struct Intent {
  Micros arrives;
  Side home{};
  std::uint16_t persona = 0;
  static_assert(limit::kPersonas.most <= 65'536);
  std::uint16_t edge = 0;
  std::uint32_t who = 0;  // index in her persona's pool
};

// In order of arrival. Keyed draws of `seed`; the integral of the traffic's rates is walked in
// integers, one shopper at each unit passed, her instant jittered within her own unit.
std::vector<Intent> draw_intents(const World& world, const Scenario& scenario, const Pools& pools);

// New shoppers a second, in millionths, of one traffic entry at an instant.
std::int64_t rate_micro(const TrafficEntry& entry, Micros instant, const Scenario& scenario);

}  // namespace pindah
