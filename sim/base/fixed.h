// Distributions in integers only, so that every compiler gives the same bytes (no libm).
#pragma once

#include <cstdint>
#include <vector>

#include "base/time.h"

namespace pindah {

constexpr std::int64_t kWhole = 1'000'000;  // shares, rates and factors are whole millionths

// 2^x for x in Q32.32; the result in Q32.32; x in [-31, 30]. Error below 2^-24 relative.
std::int64_t exp2_q32(std::int64_t x);
// log2 of a Q32.32 value > 0, in Q32.32. Absolute error below 2^-24.
std::int64_t log2_q32(std::uint64_t x);
// The standard normal quantile of u / 2^64, in Q32.32, from a table of integers with linear
// interpolation; clamped to ±4.
std::int64_t normal_q32(std::uint64_t u);

// Exponential with the given mean; u is 64 uniform bits.
Micros exponential(std::uint64_t u, Micros mean);

// Log-normal by its median and 99th percentile, as people state service times.
struct LogNormal {
  Micros median;
  Micros p99;
  // Capped at `cap` (0: none). u is 64 uniform bits; monotone in u.
  Micros sample(std::uint64_t u, Micros cap = {}) const;
};

// Zipf over ranks [0, n), exponent 0.99, by a table of cumulative integer weights (binary search).
class Zipf {
 public:
  explicit Zipf(std::uint64_t n);
  std::uint64_t rank(std::uint64_t u) const;
  std::uint64_t size() const { return cumulative_.size(); }

 private:
  std::vector<std::uint64_t> cumulative_;
};

}  // namespace pindah
