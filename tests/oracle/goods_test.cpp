#include "oracle/stock_oracle.h"

#include <catch2/catch.hpp>

#include "tests/oracle/bench.h"

namespace pindah {
namespace {

const Value kSix = R"([{"item":"a","qty":6}])";
const Value kOne = R"([{"item":"a","qty":1}])";

// Seven units of one item.
StockOracle seven() {
  StockOracle goods;
  goods.start(Side::source, "a", 7);
  return goods;
}

bool is_true(StockOracle& goods, StockBand shown, Micros from, Micros until) {
  std::vector<Visit> visits(1);
  goods.saw(0, Side::source, "a", shown, from, until);
  goods.settle(visits);
  return visits[0].truthful;
}

void sell(StockOracle& goods, std::int64_t idem, const Value& lines, Micros taken, Micros told) {
  goods.took(idem, taken);
  goods.lines(idem, Side::source, lines, "item");
  goods.told(idem, told);
}

TEST_CASE("stock is shown in bands: none, one to five, more", "[oracle]") {
  CHECK(band_of(0) == StockBand::none);
  CHECK(band_of(-3) == StockBand::none);
  CHECK(band_of(1) == StockBand::few);
  CHECK(band_of(5) == StockBand::few);
  CHECK(band_of(6) == StockBand::enough);
  CHECK(band_of("few") == StockBand::few);
  CHECK(band_of(Value{}) == StockBand::unknown);
}

TEST_CASE("untouched stock is shown truly as what there was at the start", "[oracle]") {
  StockOracle goods = seven();
  CHECK(is_true(goods, StockBand::enough, seconds(1), seconds(2)));
}

TEST_CASE("nothing is judged while a sale may be of anything", "[oracle]") {
  StockOracle goods = seven();
  goods.refused(0, Side::source, {{"a", 2}}, seconds(12), seconds(13));
  goods.refused(1, Side::source, {{"a", 2}}, seconds(8), seconds(9));
  goods.took(1, seconds(10));
  CHECK(goods.known_until(seconds(14)) == seconds(10));
  CHECK(goods.known_until(seconds(14) + minutes(5)) == kNever);
  std::vector<Visit> visits(2);
  goods.settle(visits, goods.known_until(seconds(14)));
  CHECK(visits[0].truthful);
  CHECK_FALSE(visits[1].truthful);
  // It was of six of the seven: two were not left, and she was told the truth.
  goods.lines(1, Side::source, kSix, "item");
  CHECK(goods.known_until(seconds(14)) == kNever);
  goods.settle(visits);
  CHECK(visits[0].truthful);
  CHECK_FALSE(visits[1].truthful);
}

TEST_CASE("another band than what is left by the facts is not true", "[oracle]") {
  StockOracle goods = seven();
  SECTION("before anything was sold") {
    CHECK_FALSE(is_true(goods, StockBand::few, seconds(1), seconds(2)));
  }
  SECTION("after it was told") {
    sell(goods, 1, kSix, seconds(10), seconds(11));
    CHECK_FALSE(is_true(goods, StockBand::enough, seconds(12), seconds(13)));
  }
  SECTION("an item that nobody knows, or nothing shown") {
    CHECK_FALSE(is_true(goods, StockBand::unknown, seconds(1), seconds(2)));
  }
}

TEST_CASE("while units are taken and not yet told, both are true", "[oracle]") {
  for (const StockBand shown : {StockBand::few, StockBand::enough}) {
    StockOracle goods = seven();
    sell(goods, 1, kSix, seconds(10), seconds(20));
    CHECK(is_true(goods, shown, seconds(12), seconds(13)));
  }
  StockOracle before = seven();
  sell(before, 1, kSix, seconds(10), seconds(20));
  CHECK_FALSE(is_true(before, StockBand::few, seconds(8), seconds(9)));
}

TEST_CASE("an instant between request and reply is enough", "[oracle]") {
  StockOracle goods = seven();
  sell(goods, 1, kSix, seconds(10), seconds(10));
  SECTION("as it was at the request") {
    CHECK(is_true(goods, StockBand::enough, seconds(9), seconds(11)));
  }
  SECTION("as it was at the very reply") {
    CHECK(is_true(goods, StockBand::few, seconds(9), seconds(10)));
  }
  SECTION("as it was at the reply") {
    CHECK(is_true(goods, StockBand::few, seconds(9), seconds(11)));
  }
}

TEST_CASE("what was given back is there again", "[oracle]") {
  StockOracle goods = seven();
  sell(goods, 1, kSix, seconds(10), seconds(11));
  goods.gave_back(1, seconds(20));
  SECTION("afterwards") { CHECK(is_true(goods, StockBand::enough, seconds(21), seconds(22))); }
  SECTION("and no longer gone") {
    CHECK_FALSE(is_true(goods, StockBand::few, seconds(21), seconds(22)));
  }
}

TEST_CASE("between owing nothing more and giving back, both are true", "[oracle]") {
  for (const StockBand shown : {StockBand::few, StockBand::enough}) {
    StockOracle goods = seven();
    sell(goods, 1, kSix, seconds(10), seconds(11));
    goods.voided(1, seconds(20));
    goods.gave_back(1, seconds(30));
    CHECK(is_true(goods, shown, seconds(24), seconds(25)));
  }
}

TEST_CASE("what was undone before anybody was told counts while it was taken only", "[oracle]") {
  StockOracle goods = seven();
  goods.took(1, seconds(10));
  goods.lines(1, Side::source, kSix, "item");
  goods.gave_back(1, seconds(12));
  SECTION("after") { CHECK_FALSE(is_true(goods, StockBand::few, seconds(13), seconds(14))); }
  SECTION("meanwhile") { CHECK(is_true(goods, StockBand::few, seconds(11), seconds(11))); }
}

TEST_CASE("a refusal is true when less than was wanted was left", "[oracle]") {
  const auto refused = [](StockOracle& goods, const Value& wanted, Micros at) {
    std::vector<Visit> visits(1);
    visits[0].truthful = false;
    goods.refused(0, Side::source, sold_lines(wanted, "item"), at, at + millis(100));
    goods.settle(visits);
    return visits[0].truthful;
  };
  StockOracle untouched = seven();
  CHECK_FALSE(refused(untouched, kSix, seconds(5)));
  StockOracle sold = seven();
  sell(sold, 1, kSix, seconds(10), seconds(11));
  CHECK_FALSE(refused(sold, kOne, seconds(20)));
  CHECK(refused(sold, kSix, seconds(20)));
  StockOracle nothing_wanted = seven();
  CHECK_FALSE(refused(nothing_wanted, "[]", seconds(20)));
}

using namespace oracle_bench;

TEST_CASE("a book's page is judged by what was promised of it", "[oracle]") {
  Bench bench;
  bench.begin();
  const std::int64_t copies = bench.copies();
  std::uint32_t visit = 1;
  for (std::int64_t left = copies; left > 0; --left, ++visit)
    bench.lend(0, visit, seconds(visit * 10), true);
  const auto shows = [&](const char* stock, Micros at) {
    bench.see({1, ++visit, "book", at, {{"item", bench.item(0)}, {"stock", stock}}});
  };
  shows("enough", hours(2));
  shows("none", hours(2));
  bench.see({1,
             ++visit,
             "checkout",
             hours(2),
             {{"lines", bench.lines(1)}},
             PageEnd::refused,
             "none left",
             Actor::shopper,
             1});
  bench.see({1,
             ++visit,
             "checkout",
             seconds(1),
             {{"lines", bench.lines(1)}},
             PageEnd::refused,
             "none left",
             Actor::shopper,
             1});
  const auto visits = bench.finish().visits;
  const std::size_t n = visits.size();
  CHECK_FALSE(visits[n - 4].truthful);
  CHECK(visits[n - 3].truthful);
  CHECK(visits[n - 2].truthful);
  CHECK_FALSE(visits[n - 1].truthful);  // at a time when there were some
}

TEST_CASE("a loan that is cancelled gives its copy back to the facts", "[oracle]") {
  Bench bench;
  bench.begin();
  const std::int64_t copies = bench.copies();
  for (std::uint32_t visit = 1; visit <= copies; ++visit) bench.lend(0, visit, seconds(visit * 10));
  bench.status(0, 1, "CANCELLED", minutes(50));
  bench.db(Side::source)
      .exec("UPDATE copies SET available = 1 WHERE book_id = '" + to_text(bench.item(0)) + "'");
  bench.commit("catalogue", "catalogue.release", idem_of(0, 1), minutes(51));
  bench.see({1,
             3,
             "book",
             minutes(50) + seconds(30),
             {{"item", bench.item(0)}, {"stock", "few"}}});  // owed no more, not yet given back
  bench.see({1, 1, "book", minutes(52), {{"item", bench.item(0)}, {"stock", "few"}}});
  bench.see({1, 2, "book", minutes(52), {{"item", bench.item(0)}, {"stock", "none"}}});
  const Record record = bench.finish();
  CHECK(record.visits[record.visits.size() - 3].truthful);
  CHECK(record.visits[record.visits.size() - 2].truthful);
  CHECK_FALSE(record.visits.back().truthful);
  CHECK(record.cases.empty());
}

}  // namespace
}  // namespace pindah
