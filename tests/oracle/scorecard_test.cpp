#include "oracle/scorecard.h"

#include "tests/oracle/bench.h"

using namespace pindah;
using namespace pindah::oracle_bench;

namespace {

struct Card {
  Live source{Side::source}, target{Side::target};
  Scorecard card{library(), constants(), {&source.db, &target.db}};
  Side fees = Side::source;
  std::string front = "Pustaka";

  ComplianceSample look(std::int64_t epoch_us = kStartUs) {
    std::vector<Side> owners(library().services.size(), Side::source);
    owners[static_cast<std::size_t>(library().service("fees"))] = fees;
    return card.look({}, epoch_us, {owners, front});
  }
};

}  // namespace

TEST_CASE("each rule counts by its own weight and by nothing else") {
  Card card;
  const std::int64_t past = card.look().total_ppm;
  card.fees = Side::target;
  CHECK(card.look().total_ppm == past + 300'000);
  card.front = "Pustaka by Rak";
  CHECK(card.look().total_ppm == past + 700'000);
  card.front = "Pustaka by rak";
  CHECK(card.look().total_ppm == past + 300'000);
}

TEST_CASE("what is asked of databases follows their rows") {
  Card card;
  card.source.db.exec("DELETE FROM fee");
  card.target.db.exec("DELETE FROM charge_loan; DELETE FROM charge");
  CHECK(card.look().met_ppm[1] == 0);  // nothing to be met is not met
  const Card whole;
  const auto count = [](const Database& db, const char* table) {
    Statement rows(db, std::string("SELECT count(*) FROM ") + table);
    rows.step();
    return rows.integer(0);
  };
  Card half;
  const std::int64_t fees = count(half.source.db, "fee"), charges = count(half.target.db, "charge");
  REQUIRE(fees > charges);
  CHECK(half.look().met_ppm[1] == charges * 1'000'000 / fees);
  half.source.db.exec("DELETE FROM fee WHERE rowid IN (SELECT rowid FROM fee LIMIT 1)");
  CHECK(half.look().met_ppm[1] == charges * 1'000'000 / (fees - 1));
  CHECK(half.look(0).met_ppm[1] == 0);  // `:now` is long before the first of them
}
