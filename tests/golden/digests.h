// What each scenario with its own seed is known to give.
#pragma once

#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <fstream>
#include <string>

namespace pindah::test {

// The digest that tests/golden/digests.txt has for a scenario, named by its path from the
// repository's root; a line to add there when it has none.
inline std::string pinned_digest(const std::string& scenario) {
  std::ifstream lines(PINDAH_SOURCE_DIR "/tests/golden/digests.txt");
  for (std::string name, digest; lines >> name >> digest;)
    if (name == scenario) return digest;
  return "tests/golden/digests.txt has no line for " + scenario;
}

inline std::string as_pinned(std::uint64_t digest) { return fmt::format("{:016x}", digest); }

}  // namespace pindah::test
