// Runs of which every byte is known, whatever the compiler and its optimisation: whoever changes
// one says in the commit what changed and why.
#include <catch2/catch.hpp>

#include "tests/golden/pinned.h"
#include "tests/self/rehearsed.h"

using namespace pindah;
using namespace pindah::test;

TEST_CASE("the small scenarios give the digests that are pinned") {
  const std::vector<std::string> names{"lending", "short-shop", "lending-nothing", "lending-busy",
                                       "lending-choices"};
  const int tried = std::min(5, sweep(1, 5));
  for (const std::string& name : std::vector(names.begin(), names.begin() + tried)) {
    const std::string path = "tests/scenarios/" + name + ".yaml";
    Problems problems;
    const auto input = read_scenario(PINDAH_SOURCE_DIR "/" + path, {}, problems);
    REQUIRE(input);
    check_pinned(path, rehearse(*input, {}));
  }
}
