#include "oracle/promises.h"

#include <catch2/catch.hpp>

#include "base/archive.h"

namespace pindah {
namespace {

std::string marked(Promises& promises) {
  promises.mark();
  ArchiveWriter writer;
  writer(promises);
  return writer.take();
}
void take_back(Promises& promises, const std::string& mark) {
  ArchiveReader reader(mark);
  reader(promises);
  CHECK(reader.done());
}

// The promise with this witness; begins it.
HeldId begin(Promises& promises, const std::string& witness) {
  return promises.get(0, Side::source, witness, "ann");
}
int rank(const Promises& promises, HeldId id) { return promises[id].rank_shown; }

TEST_CASE("promises go back to any mark, and on from there", "[oracle]") {
  Promises promises(1);
  const HeldId old = begin(promises, "1");
  const std::string first = marked(promises);
  promises[old].rank_shown = 1;
  promises[old].reached.push_back({seconds(1), 1});
  const HeldId young = begin(promises, "2");
  promises[young].rank_shown = 5;
  const std::string second = marked(promises);
  promises[old].rank_shown = 2;
  promises[old].rank_shown = 3;
  promises[young].rank_shown = 6;
  begin(promises, "3");

  SECTION("to the last one") {
    take_back(promises, second);
    CHECK(rank(promises, old) == 1);
    CHECK(promises[old].reached.size() == 1);
    CHECK(rank(promises, young) == 5);
    CHECK(promises.find(0, Side::source, "3") == -1);
    CHECK(promises.of(0, Side::source, "ann") == std::vector<HeldId>{old, young});
  }
  SECTION("to the first one") {
    take_back(promises, first);
    CHECK(rank(promises, old) == -1);
    CHECK(promises[old].reached.empty());
    CHECK(promises.find(0, Side::source, "2") == -1);
    CHECK(promises.of(0, Side::source, "ann") == std::vector<HeldId>{old});
  }
  SECTION("to the same one twice, with another future in between") {
    take_back(promises, second);
    promises[old].rank_shown = 7;
    const HeldId other = begin(promises, "4");
    CHECK(promises.find(0, Side::source, "4") == other);
    CHECK(promises.of(0, Side::source, "ann").size() == 3);
    const std::string third = marked(promises);
    promises[old].rank_shown = 8;
    take_back(promises, third);
    CHECK(rank(promises, old) == 7);
    take_back(promises, second);
    CHECK(rank(promises, old) == 1);
    take_back(promises, first);
    CHECK(rank(promises, old) == -1);
  }
  SECTION("by others that they were handed over to") {
    Promises heir(1);
    heir = std::move(promises);
    take_back(heir, second);
    CHECK(rank(heir, old) == 1);
    CHECK(heir.find(0, Side::source, "2") == young);
    CHECK(heir[young].witness == "2");
  }
}

}  // namespace
}  // namespace pindah
