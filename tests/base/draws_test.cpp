#include "base/draws.h"

#include <Random123/philox.h>

#include <catch2/catch.hpp>
#include <set>

#include "base/problem.h"

using namespace pindah;

namespace {

using Philox = r123::Philox4x32;

Philox::ctr_type philox(std::uint32_t all, std::uint32_t key) {
  return Philox{}(Philox::ctr_type{{all, all, all, all}}, Philox::key_type{{key, key}});
}

}  // namespace

// Random123's kat_vectors, philox4x32 with ten rounds.
TEST_CASE("The generator gives Random123's known answers") {
  CHECK(philox(0, 0) == Philox::ctr_type{{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}});
  CHECK(philox(0xffffffff, 0xffffffff) ==
        Philox::ctr_type{{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}});
  const Philox::ctr_type pi = {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}};
  CHECK(Philox{}(pi, Philox::key_type{{0xa4093822, 0x299f31d0}}) ==
        Philox::ctr_type{{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}});
}

TEST_CASE("A draw is the generator's answer for the name of the draw") {
  const Philox::ctr_type counter = {{0x55667788, 0x11223344, 7, purpose("think")}};
  const Philox::key_type key = {{99u ^ (2u * 0x9E3779B9u), 0u}};
  const Philox::ctr_type out = Philox{}(counter, key);
  const std::uint64_t bits =
      Draws(99).bits(Domain::shopper, 0x1122334455667788u, 7, purpose("think"));
  CHECK(bits == (out[0] | static_cast<std::uint64_t>(out[1]) << 32));
}

TEST_CASE("Each part of a draw's name changes the draw") {
  constexpr std::uint64_t high = 1ull << 40;
  const auto bits = [](std::uint64_t seed, Domain d, std::uint64_t e, std::uint64_t o,
                       const char* p) { return Draws(seed).bits(d, e, o, purpose(p)); };
  const std::set<std::uint64_t> all = {
      bits(1, Domain::sql, 2, 3, "a"), bits(1 + high, Domain::sql, 2, 3, "a"),
      bits(2, Domain::sql, 2, 3, "a"), bits(1, Domain::edge, 2, 3, "a"),
      bits(1, Domain::sql, 3, 3, "a"), bits(1, Domain::sql, 2 + high, 3, "a"),
      bits(1, Domain::sql, 2, 4, "a"), bits(1, Domain::sql, 2, 3 + high, "a"),
      bits(1, Domain::sql, 2, 3, "b")};
  CHECK(all.size() == 9);
  CHECK(bits(1, Domain::sql, 2, 3, "a") == bits(1, Domain::sql, 2, 3, "a"));
}

TEST_CASE("Draws below n are even and reach both ends") {
  const Draws draws(5);
  std::array<int, 10> counts{};
  for (std::uint64_t i = 0; i < 10'000; ++i) {
    const std::uint64_t drawn = draws.below(10, Domain::sql, i, 0, purpose("even"));
    REQUIRE(drawn < 10);
    ++counts[drawn];
  }
  double chi_squared = 0;
  for (int count : counts) chi_squared += (count - 1000.0) * (count - 1000.0) / 1000.0;
  CHECK(chi_squared < 27.9);  // the 99.9th percentile for nine degrees of freedom
  CHECK_THROWS_AS(draws.below(0, Domain::sql, 0, 0, 0), Defect);
  CHECK(draws.below(1, Domain::sql, 9, 9, 9) == 0);
}
