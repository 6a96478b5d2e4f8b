#include "base/digest.h"

#include <fmt/format.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace pindah {

std::uint64_t hash64(std::string_view bytes, std::uint64_t seed) {
  return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

Hash128 hash128(std::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return {hash.low64, hash.high64};
}

// The state is the next hash's seed, so order and the borders between parts count.
void Digest::fold(std::string_view bytes) { state_ = hash64(bytes, state_); }

void Digest::fold(std::uint64_t number) {
  state_ = XXH3_64bits_withSeed(&number, sizeof number, state_);
}

std::string Digest::hex() const { return fmt::format("{:016x}", state_); }

}  // namespace pindah
