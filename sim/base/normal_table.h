// The upper tail of the standard normal distribution, as integers.
#pragma once

#include <array>
#include <cstdint>

namespace pindah {

constexpr int kNormalOctaves = 15;  // powers of two of the tail's probability, from 2^-16 to 2^-1
constexpr int kNormalCells = 32;    // cells of equal width in each

// Entry 32 * o + c: the z, in Q32.32, above which the probability is 2^(o - 16) * (1 + c / 32); at
// most 4. The last entry is the median.
extern const std::array<std::int64_t, kNormalOctaves * kNormalCells + 1> kNormalTail;

}  // namespace pindah
