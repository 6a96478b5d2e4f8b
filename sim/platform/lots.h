// How the work of one service is cut up, so that a share of it can live on the other platform: by
// the shopper whose it is, by another of the world's partitions (a shop), or by nothing at all.
#pragma once

#include <array>
#include <cstdint>

#include "base/draws.h"
#include "platform/observer.h"
#include "world/world.h"

namespace pindah {

// A share goes by whole lots: a tenth of a percent is the finest.
constexpr std::int64_t kLots = 1000;
constexpr std::int16_t kNoLot = -1;

// Whether a share of `ppm` takes this lot: the lowest first, so that a growing share keeps what it
// has. A piece of work without a lot is in no share.
constexpr bool takes(std::int64_t ppm, std::int16_t lot) {
  return lot != kNoLot && lot * (1'000'000 / kLots) < ppm;
}

// Fills the lots of the partitions whose slots are known; the others stay as they were.
void note_lots(const World& world, const Draws& draws, const Slots& slots, Lots& lots);

}  // namespace pindah
