// Keyed draws: every random value is a pure function of (seed, domain, entity, ordinal, purpose).
// There is no stream, so two universes draw alike whatever else happens in them.
// Philox4x32-10: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011 (Random123).
#pragma once

#include <cstdint>
#include <string_view>

namespace pindah {

enum class Domain : std::uint32_t {
  arrival = 1,
  shopper,
  service_time,
  link,
  sql,
  actor,
  ledger,
  audit,
  edge,
  migration
};

// FNV-1a of a name, at compile time: what a draw is for.
constexpr std::uint32_t purpose(std::string_view name) {
  std::uint32_t hash = 2166136261u;
  for (char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return hash;
}

class Draws {
 public:
  explicit Draws(std::uint64_t seed) : seed_(seed) {}
  // 64 uniform bits.
  std::uint64_t bits(Domain domain, std::uint64_t entity, std::uint64_t ordinal,
                     std::uint32_t purpose) const;
  // Uniform in [0, n); n >= 1. The high word of a 64×64 product: bias below n / 2^64.
  std::uint64_t below(std::uint64_t n, Domain domain, std::uint64_t entity, std::uint64_t ordinal,
                      std::uint32_t purpose) const;
  std::uint64_t seed() const { return seed_; }

 private:
  std::uint64_t seed_;
};

}  // namespace pindah
