// How the work of one service is cut up, so that a share of it can live on the other platform: by
// the shopper whose it is, by another of the world's partitions (a shop), or by nothing at all.
#pragma once

#include <array>
#include <cstdint>

#include "base/draws.h"
#include "platform/observer.h"
#include "world/world.h"

namespace pindah {

// A share goes by whole buckets: a tenth of a percent is the finest.
constexpr std::int64_t kBuckets = 1000;
constexpr std::int16_t kNoBucket = -1;

// A share of something, and the partition that it goes by.
struct Share {
  std::int64_t ppm = 0;
  std::uint8_t by = 0;
  template <class A>
  void archive(A& a) {
    a(ppm, by);
  }
};

// Whether a share of `ppm` takes this bucket: the lowest first, so that a growing share keeps what
// it has. A piece of work without a bucket is in no share.
constexpr bool in_share(std::int64_t ppm, std::int16_t bucket) {
  return bucket != kNoBucket && bucket * (1'000'000 / kBuckets) < ppm;
}

// Fills the buckets of the partitions whose slots are known; the others stay as they were.
void note_buckets(const World& world, const Draws& draws, const Slots& slots, Buckets& buckets);

}  // namespace pindah
