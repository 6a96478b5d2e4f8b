#include "base/fixed.h"

#include <algorithm>
#include <array>
#include <bit>

#include "base/normal_table.h"
#include "base/problem.h"
#include "base/wide.h"

namespace pindah {
namespace {

constexpr std::uint64_t kLn2Q64 = 0xB17217F7D1CF79ABu;    // floor(ln 2 * 2^64)
constexpr std::uint64_t kLog2eQ62 = 0x5C551D94AE0BF85Du;  // floor(log2 e * 2^62)
constexpr std::int64_t kZ99Q32 = 9'991'588'038;           // the normal quantile of 0.99 * 2^32
constexpr std::uint64_t kOneQ63 = 1ull << 63;

// ln(2)^k / k!, in Q1.63: the series of 2^f. What is left out is below 2^-39 for f < 1.
constexpr auto kExp2Series = [] {
  std::array<std::uint64_t, 13> c{};
  c[0] = kOneQ63;
  for (std::uint64_t k = 1; k < c.size(); ++k) c[k] = mul_high(c[k - 1], kLn2Q64) / k;
  return c;
}();

// 1 / (2k + 1), in Q1.63: the series of atanh(s) / s in s². Left out: below 2^-36 for s < 1/3.
constexpr auto kAtanhSeries = [] {
  std::array<std::uint64_t, 11> c{};
  for (std::uint64_t k = 0; k < c.size(); ++k) c[k] = kOneQ63 / (2 * k + 1);
  return c;
}();

template <std::size_t N>
std::uint64_t series(const std::array<std::uint64_t, N>& c, std::uint64_t x_q64) {
  std::uint64_t sum = c[N - 1];
  for (std::size_t k = N - 1; k > 0; --k) sum = c[k - 1] + mul_high(sum, x_q64);
  return sum;
}

}  // namespace

std::int64_t exp2_q32(std::int64_t x) {
  const std::int64_t whole = x >> 32;
  ensure(-31 <= whole && whole <= 30, "exp2 out of range");
  const std::uint64_t fraction_q64 = static_cast<std::uint64_t>(x) << 32;
  return static_cast<std::int64_t>(series(kExp2Series, fraction_q64) >> (31 - whole));
}

// log2 m = 2 atanh((m - 1) / (m + 1)) / ln 2, for the mantissa 1 <= m < 2.
std::int64_t log2_q32(std::uint64_t x) {
  ensure(x > 0, "log2 of zero");
  const int leading = std::countl_zero(x);
  const std::uint64_t mantissa_q63 = x << leading;
  const UWide numerator = static_cast<UWide>(mantissa_q63 - kOneQ63) << 64;
  const auto twice_s_q64 =
      static_cast<std::uint64_t>(numerator / ((mantissa_q63 >> 1) + (kOneQ63 >> 1)));
  const std::uint64_t s_squared_q64 = mul_high(twice_s_q64, twice_s_q64) >> 2;
  const std::uint64_t ln_q63 = mul_high(twice_s_q64, series(kAtanhSeries, s_squared_q64));
  const std::uint64_t log2_q61 = mul_high(ln_q63, kLog2eQ62);
  return static_cast<std::int64_t>(31 - leading) * (1ll << 32) +
         static_cast<std::int64_t>(log2_q61 >> 29);
}

std::int64_t normal_q32(std::uint64_t u) {
  const bool upper = u >= kOneQ63;
  const std::uint64_t tail = upper ? ~u : u;
  const int leading = std::countl_zero(tail);  // at least 1
  if (leading > kNormalOctaves) return upper ? kNormalTail[0] : -kNormalTail[0];
  const std::uint64_t below_leading = tail << leading << 1;
  const auto cell = static_cast<std::size_t>(kNormalOctaves - leading) * kNormalCells +
                    static_cast<std::size_t>(below_leading >> 59);
  const auto share_q32 = static_cast<std::int64_t>(below_leading << 5 >> 32);
  const std::int64_t from = kNormalTail[cell], to = kNormalTail[cell + 1];
  const std::int64_t z = from - static_cast<std::int64_t>((Wide{from - to} * share_q32) >> 32);
  return upper ? z : -z;
}

// -ln(1 - u) * mean.
Micros exponential(std::uint64_t u, Micros mean) {
  const std::int64_t halvings_q32 = 32 * (1ll << 32) - log2_q32(std::max<std::uint64_t>(~u, 1));
  const std::uint64_t times_q32 = mul_high(static_cast<std::uint64_t>(halvings_q32), kLn2Q64);
  return {static_cast<std::int64_t>((Wide{mean.us} * static_cast<Wide>(times_q32)) >> 32)};
}

Micros LogNormal::sample(std::uint64_t u, Micros cap) const {
  Micros drawn = median;
  if (median.us > 0 && p99 > median) {
    const std::int64_t spread_q32 = log2_q32(static_cast<std::uint64_t>(p99.us)) -
                                    log2_q32(static_cast<std::uint64_t>(median.us));
    const Wide power_q32 = Wide{normal_q32(u)} * spread_q32 / kZ99Q32;
    const Wide least = -(Wide{31} << 32), most = Wide{30} << 32;
    const auto bounded = static_cast<std::int64_t>(std::clamp(power_q32, least, most));
    const Wide scaled = (Wide{median.us} * exp2_q32(bounded)) >> 32;
    drawn.us = static_cast<std::int64_t>(std::min<Wide>(scaled, INT64_MAX));
  }
  return cap.us > 0 ? std::min(drawn, cap) : drawn;
}

// Rank k has the weight (k + 1)^-0.99, scaled by 2^24 into Q32.32: 2^56 for the first, and the sum
// stays below 2^61 for every n that fits a memory.
Zipf::Zipf(std::uint64_t n) {
  ensure(1 <= n && n <= UINT32_MAX, "a Zipf distribution over no ranks");
  cumulative_.reserve(n);
  std::uint64_t sum = 0;
  for (std::uint64_t k = 1; k <= n; ++k) {
    sum += static_cast<std::uint64_t>(exp2_q32(24 * (1ll << 32) - log2_q32(k << 32) * 99 / 100));
    cumulative_.push_back(sum);
  }
}

std::uint64_t Zipf::rank(std::uint64_t u) const {
  const std::uint64_t at = mul_high(u, cumulative_.back());
  const auto found = std::upper_bound(cumulative_.begin(), cumulative_.end(), at);
  return static_cast<std::uint64_t>(found - cumulative_.begin());
}

}  // namespace pindah
