// The fingerprint of a universe: XXH3 chained over everything it did, in order.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pindah {

class Digest {
 public:
  void fold(std::string_view bytes);
  void fold(std::uint64_t number);
  std::uint64_t value() const { return state_; }
  std::string hex() const;  // 16 hexadecimal digits
  template <class A>
  void archive(A& a) {
    a(state_);
  }

 private:
  std::uint64_t state_ = 0x70696e646168u;  // "pindah"
};

// XXH3 of bytes alone.
std::uint64_t hash64(std::string_view bytes, std::uint64_t seed = 0);
struct Hash128 {
  std::uint64_t low = 0, high = 0;
  bool operator==(const Hash128&) const = default;
};
Hash128 hash128(std::string_view bytes);

}  // namespace pindah
