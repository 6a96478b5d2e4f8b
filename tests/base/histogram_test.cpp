#include "base/histogram.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "base/archive.h"
#include "base/draws.h"
#include "base/problem.h"

using namespace pindah;

namespace {

// From microseconds to hours.
std::vector<Micros> samples(std::uint64_t n) {
  const Draws draws(8);
  std::vector<Micros> list;
  for (std::uint64_t i = 0; i < n; ++i) {
    const std::uint64_t bits = draws.bits(Domain::audit, i, 0, purpose("sample"));
    list.push_back({static_cast<std::int64_t>(bits >> (20 + bits % 44))});
  }
  return list;
}

}  // namespace

TEST_CASE("A percentile is the nearest rank's, at most one percent above") {
  std::vector<Micros> list = samples(3001);
  Histogram histogram;
  for (Micros sample : list) histogram.add(sample);
  std::sort(list.begin(), list.end());
  for (std::int64_t ppm : {0, 1, 10'000, 250'000, 500'000, 990'000, 999'000, 1'000'000}) {
    const std::size_t rank = (static_cast<std::size_t>(ppm) * list.size() + 999'999) / 1'000'000;
    const std::int64_t exact = list[std::max<std::size_t>(rank, 1) - 1].us;
    INFO(ppm);
    CHECK(histogram.percentile(ppm).us >= exact);
    CHECK(histogram.percentile(ppm).us <= exact + exact / 100);
  }
}

TEST_CASE("Every bucket's upper edge is in it, and the next value is not") {
  for (int shift = 0; shift < 56; ++shift) {
    for (std::int64_t lead = 1; lead < 256; lead += 3) {
      const Micros value{lead << shift};
      Histogram histogram;
      histogram.add(value);
      const Micros edge = histogram.percentile(500'000);
      Histogram at_edge, above;
      at_edge.add(edge), above.add(edge + Micros{1});
      REQUIRE(edge >= value);
      REQUIRE(at_edge.percentile(1) == edge);
      REQUIRE(above.percentile(1) > edge);
    }
  }
}

TEST_CASE("Small samples are exact") {
  Histogram histogram;
  histogram.add({17}), histogram.add({18}), histogram.add({255});
  CHECK(histogram.percentile(333'333).us == 17);
  CHECK(histogram.percentile(333'334).us == 18);
  CHECK(histogram.percentile(1'000'000).us == 255);
  CHECK(Histogram{}.percentile(500'000).us == 0);
}

TEST_CASE("Histograms merge, give back what was put in, and survive a snapshot") {
  Histogram a, b, both;
  for (Micros sample : samples(500)) a.add(sample), both.add(sample);
  for (Micros sample : samples(900)) b.add(sample), both.add(sample);
  a.merge(b);
  CHECK(a.count() == 1400);
  CHECK(a.percentile(990'000) == both.percentile(990'000));
  for (Micros sample : samples(900)) a.add(sample, -1);
  Histogram first;
  for (Micros sample : samples(500)) first.add(sample);
  CHECK(a.percentile(700'000) == first.percentile(700'000));
  ArchiveWriter writer;
  writer(a);
  const std::string bytes = writer.take();
  Histogram restored;
  ArchiveReader reader(bytes);
  reader(restored);
  CHECK(restored.count() == 500);
  CHECK(restored.percentile(700'000) == first.percentile(700'000));
  restored.clear();
  CHECK(restored.count() == 0);
  CHECK_THROWS_AS(restored.add({5}, -1), Defect);
  CHECK_THROWS_AS(restored.add({-1}), Defect);
}
