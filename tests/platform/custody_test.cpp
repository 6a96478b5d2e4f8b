#include "platform/custody.h"

#include <catch2/catch.hpp>

namespace pindah {
namespace {

const RootKey kOne{0, std::int64_t{1}}, kTwo{0, std::int64_t{2}};

// At the same instant as every other: it is their order that counts.
Handover handover(std::uint64_t lsn) {
  Handover made;
  made.lsn = lsn;
  return made;
}

TEST_CASE("custody is cut to how much of it there was", "[platform]") {
  Custody custody;
  custody.record(kOne, handover(1));
  custody.record(kTwo, handover(2));
  custody.record(kOne, handover(3));
  REQUIRE(custody.size() == 3);

  custody.resize(2);
  REQUIRE(custody.history(kOne) != nullptr);
  REQUIRE(custody.history(kOne)->size() == 1);
  CHECK(custody.history(kOne)->back().lsn == 1);
  CHECK(custody.history(kTwo)->size() == 1);

  custody.resize(1);
  CHECK(custody.history(kTwo) == nullptr);
  custody.record(kTwo, handover(4));
  CHECK(custody.size() == 2);
  CHECK(custody.history(kTwo)->back().lsn == 4);
}

}  // namespace
}  // namespace pindah
