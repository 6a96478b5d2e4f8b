#include "tests/world/parity.h"

#include <catch2/catch.hpp>
#include <filesystem>

#include "world/load.h"

namespace pindah {
namespace {

constexpr std::int64_t kStart = 1'702'339'200'000'000;  // 12 Dec 2023, UTC

World load(const std::string& folder) {
  Problems problems;
  auto world = load_world(folder, problems);
  INFO(problems.text());
  REQUIRE(world);
  return *world;
}

std::string first_of(const std::vector<std::string>& wrong) {
  std::string text;
  for (std::size_t i = 0; i < std::min<std::size_t>(wrong.size(), 12); ++i) text += wrong[i] + "\n";
  return text;
}

void check_parity(const std::string& folder, const Constants& scale, int samples) {
  const World world = load(folder);
  parity::Parity parity(world, constants_of(world, scale), kStart);
  CHECK(first_of(parity.wrong()) == "");
  parity.run_pages(samples);
  CHECK(first_of(parity.wrong()) == "");
}

void check_ways_back(const std::string& folder, const Constants& scale, int samples) {
  const World world = load(folder);
  parity::Parity parity(world, constants_of(world, scale), kStart);
  parity.round_trip();
  CHECK(first_of(parity.wrong()) == "");
  parity.run_pages(samples);
  parity.move_back();
  CHECK(first_of(parity.wrong()) == "");
}

const std::string kLibrary = PINDAH_SOURCE_DIR "/tests/worlds/library";

}  // namespace

TEST_CASE("The library answers alike on both sides once its rows have moved") {
  check_parity(kLibrary, {}, 60);
}

TEST_CASE("The library's rows come back from the target as they went") {
  check_ways_back(kLibrary, {}, 60);
}

}  // namespace pindah
