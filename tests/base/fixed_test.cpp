#include "base/fixed.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "base/draws.h"
#include "base/problem.h"

using namespace pindah;

namespace {

constexpr double kOne = 4294967296.0;  // 1 in Q32.32

std::uint64_t bits(std::uint64_t i) { return Draws(1).bits(Domain::audit, i, 0, purpose("fixed")); }

// The middle of the i-th of n equal parts of all 64-bit numbers.
std::uint64_t part(std::uint64_t i, std::uint64_t n) {
  return UINT64_MAX / n * i + UINT64_MAX / n / 2;
}

std::int64_t quantile(const LogNormal& shape, double share) {
  return shape.sample(static_cast<std::uint64_t>(share * 18446744073709551616.0)).us;
}

}  // namespace

TEST_CASE("exp2 is within 2^-24 of the exact value, or one unit of the last place") {
  const double bound = std::exp2(-24.0);
  for (std::uint64_t i = 0; i < 5000; ++i) {
    const auto x = static_cast<std::int64_t>(bits(i) % (61ull << 32)) - (31ll << 32);
    const double exact = std::exp2(static_cast<double>(x) / kOne) * kOne;
    const double got = static_cast<double>(exp2_q32(x));
    REQUIRE(std::abs(got - exact) <= std::max(1.0, exact * bound));
  }
  CHECK(exp2_q32(0) == 1ll << 32);
  CHECK(exp2_q32(30ll << 32) == 1ll << 62);
  CHECK(exp2_q32(-31ll * (1ll << 32)) == 2);
  CHECK_THROWS_AS(exp2_q32(31ll << 32), Defect);
  CHECK_THROWS_AS(exp2_q32(-32ll * (1ll << 32)), Defect);
}

TEST_CASE("exp2 never falls where its argument rises") {
  for (std::int64_t whole = -3; whole <= 2; ++whole) {
    std::int64_t last = 0;
    for (std::int64_t f = -2000; f <= 2000; ++f) {
      const std::int64_t now = exp2_q32(whole * (1ll << 32) + f);
      REQUIRE(now >= last);
      last = now;
    }
  }
}

TEST_CASE("log2 is within 2^-24 of the exact value") {
  const double bound = std::exp2(-24.0) * kOne;
  for (std::uint64_t i = 0; i < 5000; ++i) {
    const std::uint64_t x = std::max<std::uint64_t>(bits(i) >> (i % 64), 1);
    const double exact = std::log2(static_cast<double>(x) / kOne) * kOne;
    REQUIRE(std::abs(static_cast<double>(log2_q32(x)) - exact) <= bound);
  }
  CHECK(log2_q32(1) == -32ll * (1ll << 32));
  CHECK(log2_q32(1ull << 32) == 0);
  CHECK(log2_q32(8ull << 32) == 3ll << 32);
  CHECK_THROWS_AS(log2_q32(0), Defect);
}

TEST_CASE(
    "The normal quantile is symmetric, rises, stops at 4 and agrees with the error function") {
  std::int64_t last = INT64_MIN;
  for (std::uint64_t i = 0; i < 4000; ++i) {
    const std::uint64_t u = part(i, 4000);
    const std::int64_t z = normal_q32(u);
    REQUIRE(z >= last);
    REQUIRE(z == -normal_q32(~u));
    const double share = std::erfc(-static_cast<double>(z) / kOne / std::sqrt(2.0)) / 2;
    const double tail = std::min(share, 1 - share);
    REQUIRE(std::abs(share - static_cast<double>(u) / 18446744073709551616.0) <= tail * 0.001);
    last = z;
  }
  CHECK(normal_q32(0) == -(4ll << 32));
  CHECK(normal_q32(UINT64_MAX) == 4ll << 32);
  CHECK(normal_q32(1ull << 63) <= 1);
}

TEST_CASE("A log-normal time has its stated median and 99th percentile within one percent") {
  const std::vector<LogNormal> shapes = {{millis(4), millis(20)},
                                         {minutes(6), minutes(40)},
                                         {Micros{700}, Micros{900}},
                                         {millis(400), seconds(2)}};
  for (const LogNormal& shape : shapes) {
    const double median = static_cast<double>(shape.median.us);
    const double p99 = static_cast<double>(shape.p99.us);
    CHECK(static_cast<double>(quantile(shape, 0.5)) == Approx(median).epsilon(0.01));
    CHECK(static_cast<double>(quantile(shape, 0.99)) == Approx(p99).epsilon(0.01));
  }
}

TEST_CASE("A log-normal time rises with its draw and is capped") {
  const LogNormal shape{millis(4), millis(20)};
  Micros last;
  for (std::uint64_t i = 0; i < 4000; ++i) {
    const Micros drawn = shape.sample(part(i, 4000));
    REQUIRE(drawn >= last);
    last = drawn;
  }
  CHECK(shape.sample(UINT64_MAX, millis(30)) == millis(30));
  CHECK(shape.sample(UINT64_MAX) > millis(30));
}

TEST_CASE("Log-normal times without a spread, or with an absurd one, stay within bounds") {
  CHECK(LogNormal{millis(4), millis(4)}.sample(UINT64_MAX) == millis(4));
  CHECK(LogNormal{millis(4), millis(1)}.sample(UINT64_MAX) == millis(4));
  CHECK(LogNormal{{0}, millis(9)}.sample(UINT64_MAX) == Micros{0});
  CHECK(LogNormal{{1}, hours(80'000)}.sample(UINT64_MAX).us > 0);
  CHECK(LogNormal{{1}, hours(80'000)}.sample(0).us == 0);
  CHECK(LogNormal{hours(80'000), hours(90'000'000)}.sample(UINT64_MAX).us > 0);
}

TEST_CASE("Exponential times have the stated mean and quantiles") {
  constexpr std::uint64_t n = 20'000;
  double sum = 0;
  for (std::uint64_t i = 0; i < n; ++i) {
    sum += static_cast<double>(exponential(part(i, n), seconds(7)).us);
  }
  CHECK(sum / static_cast<double>(n) == Approx(7e6).epsilon(0.001));
  CHECK(exponential(1ull << 63, seconds(7)).us == Approx(7e6 * std::log(2.0)).epsilon(1e-6));
  CHECK(exponential(0, seconds(7)).us == 0);
  CHECK(exponential(UINT64_MAX, seconds(7)).us == Approx(7e6 * 64 * std::log(2.0)).epsilon(1e-6));
}

TEST_CASE("Zipf's ranks have the shares of the exponent 0.99") {
  constexpr std::uint64_t n = 20'000;
  double total = 0;
  for (std::uint64_t k = 1; k <= n; ++k) total += std::pow(static_cast<double>(k), -0.99);
  const Zipf zipf(n);
  // The share of the ranks up to k is the draw from which on the rank is above k.
  const auto share = [&](std::uint64_t k) {
    std::uint64_t low = 0, high = UINT64_MAX;
    while (low < high) {
      const std::uint64_t middle = low + (high - low) / 2;
      if (zipf.rank(middle) > k) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return static_cast<double>(low) / 18446744073709551616.0;
  };
  double sum = 0;
  for (std::uint64_t k = 0; k < 100; ++k) {
    sum += std::pow(static_cast<double>(k + 1), -0.99);
    REQUIRE(share(k) == Approx(sum / total).epsilon(1e-6));
  }
  CHECK(zipf.size() == n);
  CHECK(zipf.rank(0) == 0);
  CHECK(zipf.rank(UINT64_MAX) == n - 1);
  CHECK(Zipf(1).rank(UINT64_MAX) == 0);
  CHECK_THROWS_AS(Zipf(0), Defect);
}

// Pinned: another compiler, flag or libm must give the same bytes.
TEST_CASE("Distributions are made of integers and pinned") {
  std::uint64_t sum = 0;
  const LogNormal shape{millis(4), millis(20)};
  const Zipf zipf(1000);
  for (std::uint64_t i = 0; i < 1000; ++i) {
    sum = sum * 31 + static_cast<std::uint64_t>(shape.sample(bits(i)).us);
    sum = sum * 31 + static_cast<std::uint64_t>(exponential(bits(i), seconds(7)).us);
    sum = sum * 31 + zipf.rank(bits(i));
  }
  CHECK(sum == 0xd4d075a8bf074fcau);
}
