#include "platform/buckets.h"

#include "base/digest.h"

namespace pindah {

void note_buckets(const World& world, const Draws& draws, const Slots& slots, Buckets& buckets) {
  for (std::size_t i = 0; i < world.partitions.size(); ++i) {
    const Value& value = slots[static_cast<std::size_t>(world.partitions[i].slot)];
    if (is_null(value)) continue;
    Digest whose;
    whose.fold(to_text(value));
    buckets[i] = static_cast<std::int16_t>(
        draws.below(kBuckets, Domain::edge, whose.value(), i, purpose("lot")));
  }
}

}  // namespace pindah
