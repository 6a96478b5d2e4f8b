#include "tests/world/parity.h"

#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/world/broken_world.h"
#include "world/load.h"

namespace pindah {
namespace {

const Constants kSmall{{"readers", 40}, {"books", 60}, {"past_loans", 80}};

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

std::vector<std::string> differences(const World& world, const Constants& scale, int samples) {
  parity::Parity parity(world, constants_of(world, scale), kStart);
  parity.round_trip();
  parity.run_pages(samples);
  return parity.wrong();
}

}  // namespace

TEST_CASE("The library answers alike on both sides once its rows have moved, and there and back") {
  const World world = load(PINDAH_SOURCE_DIR "/tests/worlds/library");
  CHECK(first_of(differences(world, {}, 60)) == "");
}

TEST_CASE("The shop answers alike on both sides once its rows have moved, and there and back") {
  const World world = load(PINDAH_SOURCE_DIR "/data/shop-tokopedia");
  const Constants small{{"buyers", 300}, {"products", 300}, {"orders", 600}};
  CHECK(first_of(differences(world, small, 40)) == "");
}

TEST_CASE("A difference between the platforms is found, wherever it is planted") {
  struct Plant {
    const char* file;
    const char* from;
    const char* to;
  };
  const std::vector<Plant> plants{
      {"moves/forward/20-loans.sql", "WHEN 'PAID' THEN 20", "WHEN 'PAID' THEN 30"},
      {"moves/forward/20-loans.sql", "paid_at = excluded.paid_at", "paid_at = paid_at"},
      {"moves/forward/40-fees.sql", "minor(f.amount) AS amount",
       "100 * (minor(f.amount) / 100) AS amount"},
      {"moves/forward/30-loan_requests.sql", "'source', :undone)", "'target', :undone)"},
      {"moves/backward/20-loans.sql", "i < 20", "i < 1"},
      {"moves/backward/40-fees.sql", "WHEN 9 THEN 'TO_REFUND'", "WHEN 8 THEN 'TO_REFUND'"},
      {"moves/backward/10-shelf.sql", "-- delete:\nDELETE FROM shelf_item WHERE reader_id = :_key;",
       "-- delete:\nDELETE FROM shelf_item WHERE reader_id = 'x';"},
      {"rak/calls/loans/paid.sql", "state = 20,", "state = 30,"},
      {"rak/calls/loans/overdue.sql", ":unpaid_for)", "2 * :unpaid_for)"},
      {"rak/calls/loans/cancel.sql", "undone = 1;", "undone = 0;"},
      {"rak/calls/loans/open.sql", "l.buyer,", "l.lending_no AS buyer,"},
      {"rak/calls/fees/drop.sql", "iif(state = 2, 9, 8)", "8"},
      {"rak/calls/shelf/clear.sql", "WHERE owner = :buyer",
       "WHERE owner = :buyer AND item IS NULL"},
  };
  const BrokenWorld broken;
  for (const Plant& plant : plants) {
    const std::string whole = broken.read(plant.file);
    broken.replace(plant.file, plant.from, plant.to);
    const World world = load(broken.folder());
    INFO(plant.file << ": " << plant.from << " -> " << plant.to);
    CHECK(first_of(differences(world, kSmall, 24)) != "");
    broken.write(plant.file, whole);
  }
}

}  // namespace pindah
