// Fills a platform's database: schema, then populate, at the scenario's scale.
#pragma once

#include <atomic>
#include <functional>
#include <memory>

#include "sqlite/database.h"
#include "world/world.h"

namespace pindah {

// The populated databases of a world. A universe copies them (Database::copy_from).
struct Populated {
  PerSide<Database> databases;
};

// `start_us`: the scenario's start, µs since 1970. Both platforms at once on two threads when
// `threads` > 1. A failing statement throws WorldFault with its place. `progress` (ppm) is told
// after each statement, from either thread. Throws Interrupted soon after `stop` has become true,
// also within a statement.
Populated populate(const World& world, const Constants& constants, std::uint64_t seed,
                   std::int64_t start_us, int threads,
                   const std::function<void(std::int64_t)>& progress = {},
                   const std::atomic<bool>* stop = nullptr);

}  // namespace pindah
