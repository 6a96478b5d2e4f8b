#include "base/archive.h"

#include <catch2/catch.hpp>
#include <deque>

#include "base/time.h"

using namespace pindah;

namespace {

struct Part {
  std::string name;
  std::vector<bool> flags;
  std::array<int, 2> pair{};
  template <class A>
  void archive(A& a) {
    a(name, flags, pair);
  }
  bool operator==(const Part&) const = default;
};

struct Whole {
  std::int64_t number = 0;
  std::optional<Micros> instant, none;
  std::vector<Value> values;
  std::map<std::pair<int, std::string>, std::deque<Part>> parts;
  std::set<std::uint8_t> set;
  template <class A>
  void archive(A& a) {
    a(number, instant, none, values, parts, set);
  }
  bool operator==(const Whole&) const = default;
};

Whole example() {
  Whole w;
  w.number = -5;
  w.instant = seconds(3);
  w.values = {Value{}, std::int64_t{INT64_MIN}, std::string("a\0b", 3)};
  w.parts[{1, "x"}] = {{"p", {true, false, true}, {1, 2}}, {}};
  w.set = {9, 4};
  return w;
}

}  // namespace

TEST_CASE("Plain data comes back from its bytes as it was") {
  ArchiveWriter writer;
  writer(example());
  const std::string bytes = writer.take();
  Whole read;
  read.none = seconds(1);
  read.values.resize(9);
  ArchiveReader reader(bytes);
  reader(read);
  CHECK(read == example());
  CHECK(reader.done());
}

TEST_CASE("A snapshot that ends too early is a defect, wherever it ends") {
  ArchiveWriter writer;
  writer(example());
  const std::string bytes = writer.take();
  for (std::size_t n = 0; n < bytes.size(); ++n) {
    Whole read;
    ArchiveReader reader(std::string_view(bytes).substr(0, n));
    REQUIRE_THROWS_AS(reader(read), Defect);
  }
}
