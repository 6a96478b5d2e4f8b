// 128-bit products: GCC and Clang have the type, ISO C++ does not.
#pragma once

#include <cstdint>

namespace pindah {

__extension__ typedef unsigned __int128 UWide;
__extension__ typedef __int128 Wide;

// The high 64 bits of a product: a * b / 2^64, rounded down.
constexpr std::uint64_t mul_high(std::uint64_t a, std::uint64_t b) {
  return static_cast<std::uint64_t>((static_cast<UWide>(a) * b) >> 64);
}

}  // namespace pindah
