#include "base/draws.h"

#include <Random123/philox.h>

#include "base/problem.h"
#include "base/wide.h"

namespace pindah {
namespace {

constexpr std::uint32_t low(std::uint64_t x) { return static_cast<std::uint32_t>(x); }
constexpr std::uint32_t high(std::uint64_t x) { return static_cast<std::uint32_t>(x >> 32); }

}  // namespace

// For one seed the 192 bits of a draw's name map one to one onto counter and key: multiplying by an
// odd number loses nothing.
std::uint64_t Draws::bits(Domain domain, std::uint64_t entity, std::uint64_t ordinal,
                          std::uint32_t purpose) const {
  const r123::Philox4x32::ctr_type counter = {{low(entity), high(entity), low(ordinal), purpose}};
  const r123::Philox4x32::key_type key = {
      {low(seed_) ^ (static_cast<std::uint32_t>(domain) * 0x9E3779B9u),
       high(seed_) ^ (high(ordinal) * 0x85EBCA6Bu)}};
  const r123::Philox4x32::ctr_type out = r123::Philox4x32{}(counter, key);
  return out[0] | static_cast<std::uint64_t>(out[1]) << 32;
}

std::uint64_t Draws::below(std::uint64_t n, Domain domain, std::uint64_t entity,
                           std::uint64_t ordinal, std::uint32_t purpose) const {
  ensure(n >= 1, "a draw below zero values");
  return mul_high(bits(domain, entity, ordinal, purpose), n);
}

}  // namespace pindah
