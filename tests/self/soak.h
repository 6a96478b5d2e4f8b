// Clean scenarios, each drawn from a seed: whatever is varied in them, nobody should notice.
#pragma once

#include <cstdint>
#include <string>

namespace pindah::test {

// A scenario of the library's lending, as YAML. It varies in rates, scale, the platforms' speed,
// the links' delays, weather in both lives, which services move, by which strategy, and whether its
// steps come at whole half minutes, as the jobs do, or beside them.
std::string soak_of_library(std::uint64_t seed);
// The same of a small shop, with merchants, movers, savers and the target's own people.
std::string soak_of_shop(std::uint64_t seed);

}  // namespace pindah::test
