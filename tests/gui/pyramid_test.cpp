#include "gui/plots/pyramid.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <thread>

#include "base/draws.h"

using namespace pindah;
using namespace pindah::gui;

namespace {

// Keyed draws, so that every run sees the same track: now dense, now with long gaps.
std::vector<Sample> track(std::size_t samples, std::uint64_t seed) {
  const Draws draws(seed);
  std::vector<Sample> all;
  std::int64_t at = 0;
  for (std::size_t i = 0; i < samples; ++i) {
    const std::uint64_t bits = draws.bits(Domain::shopper, i, 0, purpose("track"));
    at += static_cast<std::int64_t>(bits % 1000 == 0 ? bits % 5'000'000 : bits % 700);
    all.push_back({at, static_cast<float>(bits >> 40)});
  }
  return all;
}

std::vector<Column> by_hand(const std::vector<Sample>& samples, std::int64_t from,
                            std::int64_t until, int columns) {
  std::vector<Column> all(static_cast<std::size_t>(columns));
  for (const Sample& sample : samples)
    if (sample.at_us >= from && sample.at_us < until)
      all[static_cast<std::size_t>((sample.at_us - from) * columns / (until - from))].add(
          sample.value, sample.value);
  return all;
}

bool covers(const Column& outer, const Column& inner) {
  return inner.empty || (!outer.empty && outer.least <= inner.least && outer.most >= inner.most);
}
Column both(Column a, const Column& b) {
  if (!b.empty) a.add(b.least, b.most);
  return a;
}

// Every sample in its own column or the one before, and no column with anything else.
void check_drawn(const std::vector<Column>& drawn, const std::vector<Column>& exact) {
  REQUIRE(drawn.size() == exact.size());
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    const Column before = i == 0 ? Column{} : drawn[i - 1];
    const Column next = i + 1 == exact.size() ? Column{} : exact[i + 1];
    CHECK(covers(both(before, drawn[i]), exact[i]));
    CHECK(covers(both(exact[i], next), drawn[i]));
  }
}

}  // namespace

TEST_CASE("A track shows each sample in its column, or a quarter of a column before") {
  for (const std::size_t count : {0u, 1u, 15u, 16u, 17u, 1000u, 70'000u}) {
    const std::vector<Sample> samples = track(count, count + 1);
    Pyramid pyramid;
    for (const Sample& sample : samples) REQUIRE(pyramid.append(sample));
    const std::int64_t end = samples.empty() ? 1000 : samples.back().at_us + 1;
    for (const int columns : {1, 7, 640})
      for (const auto& [from, until] : {std::pair<std::int64_t, std::int64_t>{0, end},
                                        {end / 3, end / 2 + 1},
                                        {-end, 2 * end},
                                        {end, end + 10}}) {
        INFO(count << " samples, " << columns << " columns, " << from << " to " << until);
        check_drawn(pyramid.columns(from, until, columns), by_hand(samples, from, until, columns));
      }
  }
}

TEST_CASE("The value at an instant is that of the last sample before it") {
  Pyramid pyramid;
  for (int i = 0; i < 100; ++i) pyramid.append({i * 10, static_cast<float>(i)});
  CHECK(pyramid.at(0) == nullptr);
  CHECK(pyramid.at(1)->value == 0);
  CHECK(pyramid.at(10)->value == 0);
  CHECK(pyramid.at(11)->value == 1);
  CHECK(pyramid.at(1'000'000)->value == 99);
}

TEST_CASE("A track that goes back in time is a defect") {
  Pyramid pyramid;
  pyramid.append({10, 0});
  CHECK_THROWS_AS(pyramid.append({9, 0}), Defect);
}

TEST_CASE("A track is drawn whole while another thread appends to it") {
  const std::vector<Sample> samples = track(200'000, 7);
  Pyramid pyramid;
  const std::int64_t end = samples.back().at_us + 1;
  const std::vector<Column> whole = by_hand(samples, 0, end, 100);
  std::thread writer([&] {
    for (const Sample& sample : samples) pyramid.append(sample);
  });
  for (std::size_t seen = 0; seen < samples.size();) {
    seen = pyramid.size();
    const std::vector<Column> drawn = pyramid.columns(0, end, 100);
    // Nothing is in it that never comes.
    for (std::size_t i = 0; i < drawn.size(); ++i)
      REQUIRE(covers(both(whole[i], i + 1 == whole.size() ? Column{} : whole[i + 1]), drawn[i]));
  }
  writer.join();
  check_drawn(pyramid.columns(0, end, 100), by_hand(samples, 0, end, 100));
}
