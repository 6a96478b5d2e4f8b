#include "tests/oracle/bench.h"

namespace pindah {
namespace {

using namespace oracle_bench;

// The last visit was found true (or not), and nothing went wrong but this many of `anomaly`.
void ends_with(Bench& bench, bool truthful, const std::string& anomaly = {},
               std::int64_t cases = 0) {
  const Record record = bench.finish();
  for (const AnomalyCase& c : record.cases) UNSCOPED_INFO(c.detail);
  CHECK(record.visits.back().truthful == truthful);
  if (!anomaly.empty()) CHECK(Bench::count(record, anomaly) == cases);
  std::int64_t all = 0;
  for (const AnomalyCase& c : record.cases) all += c.count;
  CHECK(all == cases);
}

TEST_CASE("a life in which every promise is kept has no anomaly and no untrue page", "[oracle]") {
  Bench bench;
  bench.begin();
  bench.lend(0, 1, seconds(10));
  bench.pay(0, 1, seconds(20));
  bench.open(0, 2, 1, seconds(60), "paid");
  bench.account(0, 3, seconds(70), {Bench::row(0, 1, "paid")});
  const Record record = bench.finish();
  CHECK(record.cases.empty());
  for (const Visit& v : record.visits) CHECK(v.truthful);
  CHECK(record.holds[0] == 1);
  CHECK(record.holds[1] == 0);
  CHECK(record.chosen[0][0] == 0);
}

TEST_CASE("a loan that was told and is not listed is a stale read", "[oracle]") {
  Bench bench;
  bench.begin();
  bench.lend(0, 1, seconds(10));
  bench.account(0, 2, seconds(60), {});
  // The page asked both sides as far as the agreement knows: it is for the list to say.
  bench.account(0, 3, seconds(70), {Bench::row(0, 1, "waiting")});
  const Record record = bench.finish();
  CHECK_FALSE(record.visits[1].truthful);
  CHECK(record.visits[2].truthful);
  CHECK(Bench::count(record, "stale_reads") == 1);
}

TEST_CASE("a list asked for before the loan was told need not show it", "[oracle]") {
  Bench bench;
  bench.begin();
  bench.lend(0, 1, seconds(10));
  bench.account(4, 0, seconds(10) + millis(400), {});  // told at 10.5 s
  bench.account(4, 1, seconds(70), {Bench::row(0, 1, "waiting")});
  const Record record = bench.finish();
  CHECK(record.cases.empty());
  CHECK(record.visits[1].truthful);
}

TEST_CASE("populate's loans must be listed too", "[oracle]") {
  Bench bench;
  bench.begin();
  bench.see({0, 1, "account", seconds(60), {{"loans", "[]"}, {"name", "x"}}});
  bench.account(0, 2, seconds(70), {});
  const Record record = bench.finish();
  CHECK(Bench::count(record, "stale_reads") > 0);
  CHECK_FALSE(record.visits[0].truthful);
  CHECK(record.visits[1].truthful);
}

TEST_CASE("opening a loan and being shown nothing is a stale read", "[oracle]") {
  Bench bench;
  bench.begin();
  bench.lend(0, 1, seconds(10));
  bench.see({0, 2, "loan", seconds(60), {{"loan_token", Bench::token(0, 1)}, {"idem", Value{}}}});
  bench.open(0, 3, 1, seconds(70), "waiting");
  const Record record = bench.finish();
  CHECK_FALSE(record.visits[1].truthful);
  CHECK(Bench::count(record, "stale_reads") == 1);
}

TEST_CASE("a status below one shown before went back", "[oracle]") {
  Bench bench;
  bench.begin();
  bench.lend(0, 1, seconds(10));
  bench.pay(0, 1, seconds(20));
  bench.open(0, 2, 1, seconds(60), "paid");
  bench.open(0, 3, 1, seconds(70), "waiting");
  bench.open(0, 4, 1, seconds(80), "paid");
  const Record record = bench.finish();
  CHECK_FALSE(record.visits[2].truthful);
  CHECK(record.visits[3].truthful);
  CHECK(Bench::count(record, "statuses_gone_back") == 1);
}

TEST_CASE("a status is true between what was committed before the request and by the reply",
          "[oracle]") {
  Bench bench;
  bench.begin();
  bench.lend(0, 1, seconds(10));
  SECTION("not yet committed") {
    bench.open(0, 2, 1, seconds(15), "paid");
    bench.status(0, 1, "PAID", seconds(20));
    CHECK_FALSE(bench.finish().visits.back().truthful);
  }
  SECTION("committed while she waited: either is true") {
    bench.status(0, 1, "PAID", seconds(20) + millis(50));
    bench.open(0, 4, 1, seconds(20), "paid");
    bench.open(0, 2, 1, seconds(20), "waiting");
    bench.open(0, 3, 1, seconds(30), "paid");
    const Record record = bench.finish();
    CHECK(record.visits[1].truthful);
    CHECK(record.visits[2].truthful);
    CHECK(Bench::count(record, "statuses_gone_back") == 0);
  }
  SECTION("long committed") {
    bench.status(0, 1, "PAID", seconds(20));
    bench.open(0, 2, 1, seconds(30), "waiting");
    bench.open(0, 3, 1, seconds(40), "paid");
    const Record record = bench.finish();
    CHECK_FALSE(record.visits[1].truthful);
    CHECK(Bench::count(record, "stale_reads") == 1);
  }
  SECTION("a word that is no status") {
    bench.open(0, 2, 1, seconds(15), "eaten");
    CHECK_FALSE(bench.finish().visits.back().truthful);
  }
}

TEST_CASE("a loan that the ledger was paid for is not waiting once the platforms must know",
          "[oracle]") {
  Bench bench;
  bench.begin();
  bench.lend(0, 1, seconds(10));
  bench.pay(0, 1, seconds(20), false);
  bench.open(0, 2, 1, seconds(45), "waiting");
  bench.open(0, 3, 1, seconds(51), "waiting");
  const Record record = bench.finish();
  CHECK(record.visits[1].truthful);
  CHECK_FALSE(record.visits[2].truthful);
  SECTION("and the money stands without its loan") {
    CHECK(Bench::count(record, "paid_without_loan") == 1);
  }
}

TEST_CASE("a total other than told is not true", "[oracle]") {
  Bench bench;
  bench.begin();
  bench.lend(0, 1, seconds(10));
  SECTION("on its page") { bench.open(0, 2, 1, seconds(60), "waiting", 100'000); }
  SECTION("in a list") { bench.account(0, 2, seconds(60), {Bench::row(0, 1, "waiting", 10)}); }
  ends_with(bench, false, "stale_reads", 1);
}

TEST_CASE("another reader's loan is shown to another", "[oracle]") {
  Bench bench;
  bench.begin();
  bench.lend(0, 1, seconds(10));
  bench.account(1, 0, seconds(60), {Bench::row(0, 1, "waiting")});
  ends_with(bench, false, "shown_to_another", 1);
}

TEST_CASE("a loan out of nowhere is not true", "[oracle]") {
  Bench bench;
  bench.begin();
  bench.account(1, 0, seconds(60), {Bench::row(2, 9, "waiting")});
  ends_with(bench, false);
}

TEST_CASE("being asked to log in again is counted and marked", "[oracle]") {
  Bench bench;
  bench.begin();
  bench.see({0, 1, "account", seconds(5), {}, PageEnd::refused, "log in again", Actor::shopper, 0});
  const Record record = bench.finish();
  CHECK(record.visits.back().logged_out);
  CHECK_FALSE(record.visits.back().truthful);
  CHECK(Bench::count(record, "forced_logins") == 1);
}

TEST_CASE("a refusal that is not of goods is true of nothing", "[oracle]") {
  Bench bench;
  bench.begin();
  bench.see({0,
             1,
             "checkout",
             seconds(5),
             {},
             PageEnd::refused,
             "the shelf is empty",
             Actor::shopper,
             0});
  bench.see({0, 2, "add", seconds(5), {}, PageEnd::refused, "no such book", Actor::shopper, 0});
  const Record record = bench.finish();
  CHECK_FALSE(record.visits[0].truthful);
  CHECK_FALSE(record.visits[1].truthful);
  CHECK(record.visits[0].facts != record.visits[1].facts);
  CHECK_FALSE(record.visits[1].logged_out);
}

TEST_CASE("a write on a platform that does not own the service is counted", "[oracle]") {
  Bench bench;
  bench.begin();
  bench.owners[static_cast<std::size_t>(library().service("loans"))] = Side::target;
  bench.commit("loans", "loans.place", idem_of(0, 1), seconds(5), Side::source);
  bench.commit("loans", "loans.place", idem_of(0, 2), seconds(5), Side::target);
  bench.commit("loans", "loans.place", idem_of(0, 3), seconds(5), Side::source, WriterKind::change);
  bench.owners.assign(bench.owners.size(), Side::source);
  CHECK(Bench::count(bench.finish(), "unowned_writes") == 1);
}

// A book on the shelf, as a page tells it.
void put_on_shelf(Bench& bench, std::uint32_t intent, std::uint32_t visit, Micros at) {
  bench.db(Side::source)
      .exec("INSERT OR REPLACE INTO shelf_item VALUES ('" + bench.reader(intent) + "', '" +
            to_text(bench.item(3)) + "', 0)");
  bench.commit("shelf", "shelf.add", idem_of(intent, visit), at + millis(20));
  bench.see({intent,
             visit,
             "add",
             at,
             {{"item", bench.item(3)}, {"lines", bench.lines(1)}},
             PageEnd::ok,
             {},
             Actor::shopper,
             1});
}

std::string shelf_of(Bench& bench, std::uint32_t intent) {
  Statement rows(bench.db(Side::source),
                 "SELECT coalesce(json_group_array(json_object('item', book_id, 'qty', 1)), '[]') "
                 "FROM shelf_item WHERE reader_id = '" +
                     bench.reader(intent) + "'");
  rows.step();
  return std::string(rows.text(0));
}

void clear_shelf(Bench& bench, std::uint32_t intent, std::uint32_t visit, Micros at) {
  bench.db(Side::source)
      .exec("DELETE FROM shelf_item WHERE reader_id = '" + bench.reader(intent) + "'");
  bench.commit("shelf", "shelf.clear", idem_of(intent, visit), at);
}

TEST_CASE("what was put on a shelf must be shown there until it is taken off", "[oracle]") {
  Bench bench;
  bench.begin();
  put_on_shelf(bench, 2, 1, seconds(10));
  const std::string full = shelf_of(bench, 2);
  bench.see({2, 2, "shelf", seconds(20), {{"lines", full}}});
  bench.see({2, 3, "shelf", seconds(30), {{"lines", "[]"}}});
  clear_shelf(bench, 2, 4, seconds(40));
  bench.see({2, 5, "shelf", seconds(50), {{"lines", "[]"}}});
  bench.see({2, 6, "shelf", seconds(60), {{"lines", full}}});  // it came back
  bench.see({2, 7, "shelf", seconds(70), {{"lines", "[]"}}});
  const Record record = bench.finish();
  CHECK(record.visits[1].truthful);
  CHECK_FALSE(record.visits[2].truthful);
  CHECK(record.visits[3].truthful);
  CHECK_FALSE(record.visits[4].truthful);
  CHECK(Bench::count(record, "lost_shelf_items") == 0);
}

TEST_CASE("a shelf cleared while the page that filled it had not answered holds no promise",
          "[oracle]") {
  Bench bench;
  bench.begin();
  bench.commit("shelf", "shelf.add", idem_of(2, 1), seconds(10));
  clear_shelf(bench, 2, 9, seconds(10) + millis(30));
  bench.see({2,
             1,
             "add",
             seconds(10),
             {{"item", bench.item(3)}, {"lines", "[]"}},
             PageEnd::ok,
             {},
             Actor::shopper,
             1});
  bench.see({2, 2, "shelf", seconds(20), {{"lines", "[]"}}});
  ends_with(bench, true);
}

// A library whose call clears only what it is given.
World with_clear(const std::string& sql) {
  World world = library();
  const auto call = static_cast<std::size_t>(world.call("shelf.clear"));
  world.calls[call].body[index(Side::source)].statements = {{{}, sql}};
  return world;
}

TEST_CASE("a call that is given a list ends what is listed, and nothing else", "[oracle]") {
  const World world = with_clear("DELETE FROM shelf_item WHERE x IN (SELECT json_each(:priced))");
  Bench bench(world);
  bench.begin();
  put_on_shelf(bench, 2, 1, seconds(10));
  const std::string full = shelf_of(bench, 2);
  const auto checkout = [&](std::uint32_t visit, Micros at, const Value& priced, PageEnd end) {
    bench.commit("shelf", "shelf.clear", idem_of(2, visit), at + millis(50));
    bench.see({2,
               visit,
               "checkout",
               at,
               {{"priced", priced}, {"lines", full}},
               end,
               {},
               Actor::shopper,
               0});
  };
  const Value another = R"([{"item":"another","qty":1}])";
  const Value the_item = R"([{"item":")" + to_text(bench.item(3)) + R"(","qty":1}])";
  SECTION("another item was listed") {
    checkout(2, seconds(20), another, PageEnd::ok);
    bench.see({2, 3, "shelf", seconds(30), {{"lines", "[]"}}});
    bench.see({2, 4, "shelf", seconds(40), {{"lines", full}}});
    const Record record = bench.finish();
    CHECK_FALSE(record.visits[2].truthful);
    CHECK(record.visits[3].truthful);
  }
  SECTION("it was listed itself") {
    checkout(2, seconds(20), the_item, PageEnd::ok);
    bench.db(Side::source)
        .exec("DELETE FROM shelf_item WHERE reader_id = '" + bench.reader(2) + "'");
    bench.see({2, 3, "shelf", seconds(30), {{"lines", "[]"}}});
    const Record record = bench.finish();
    CHECK(record.visits[2].truthful);
    CHECK(Bench::count(record, "lost_shelf_items") == 0);
  }
  SECTION("while the page has not answered, nothing of hers is missed") {
    bench.commit("shelf", "shelf.clear", idem_of(2, 2), seconds(20));
    bench.db(Side::source)
        .exec("DELETE FROM shelf_item WHERE reader_id = '" + bench.reader(2) + "'");
    bench.see({2, 3, "shelf", seconds(30), {{"lines", "[]"}}});
    const Record record = bench.finish();
    CHECK(record.visits[1].truthful);
    CHECK(Bench::count(record, "lost_shelf_items") == 0);
  }
}

TEST_CASE("what an ending call ends is read off its parameters", "[oracle]") {
  const auto scope = [](const std::string& sql) {
    const World world = with_clear(sql);
    const Promise& shelf = world.promises[static_cast<std::size_t>(world.promise("shelf_item"))];
    return scope_of(world, shelf, world.call("shelf.clear"));
  };
  CHECK(scope("DELETE FROM s WHERE reader_id = :buyer").all());
  CHECK(scope("DELETE FROM s WHERE reader_id = :buyer AND k = :idem").all());
  CHECK(scope("DELETE FROM s WHERE reader_id = :buyer AND book_id = :item").one);
  const EndScope listed = scope("DELETE FROM s WHERE i IN (SELECT 1 FROM json_each(:priced))");
  CHECK_FALSE(listed.all());
  CHECK(listed.lists == std::vector<SlotId>{library().slot("priced")});
}

// The page is told as untrue, with the call that answered.
void shown_untruly(Bench& bench) {
  const Record record = bench.finish();
  REQUIRE(record.untrue.size() == 1);
  CHECK(record.untrue.front().call == library().call("loans.open"));
  CHECK(record.untrue.front().side == Side::source);
  CHECK(Bench::count(record, "untrue_loans") + Bench::count(record, "stale_reads") == 1);
}

TEST_CASE("a page that the end contradicts, with nothing written since, was not true", "[oracle]") {
  Bench bench;
  bench.begin();
  bench.lend(0, 1, seconds(10));
  const std::string loan = "loan WHERE idem_key = " + std::to_string(idem_of(0, 1));
  SECTION("seen, then gone without a write") {
    bench.open(0, 2, 1, seconds(60), "waiting");
    bench.db(Side::source)
        .exec("DELETE FROM loan_item WHERE loan_id = '" + Bench::token(0, 1) + "'");
    bench.db(Side::source).exec("DELETE FROM " + loan);
    shown_untruly(bench);
  }
  SECTION("seen missing, yet there") {
    bench.see({0, 2, "loan", seconds(60), {{"loan_token", Bench::token(0, 1)}, {"idem", Value{}}}});
    shown_untruly(bench);
  }
  SECTION("seen with another status than stands") {
    bench.open(0, 2, 1, seconds(60), "waiting");
    bench.db(Side::source)
        .exec("UPDATE loan SET status = 'PAID' WHERE idem_key = " + std::to_string(idem_of(0, 1)));
    shown_untruly(bench);
  }
  SECTION("unless something was copied there since") {
    bench.see({0, 2, "loan", seconds(60), {{"loan_token", Bench::token(0, 1)}, {"idem", Value{}}}});
    bench.commit("loans", "loans.place", 0, seconds(70), Side::source, WriterKind::change);
    CHECK_NOTHROW(bench.finish());
  }
}

TEST_CASE("each row of a list is a sighting: whose, how far, and what else stands there",
          "[oracle]") {
  const auto rows = [](const char* status, std::int64_t total) {
    Bench bench;
    bench.begin();
    bench.lend(0, 1, seconds(10));
    bench.lend(4, 1, seconds(20));
    bench.account(0, 2, seconds(60),
                  {Bench::row(0, 1, status, total), Bench::row(4, 1, "waiting", 1000)});
    return bench.finish();
  };
  const Record usual = rows("waiting", 1000);
  const Visit& account = usual.visits.back();
  REQUIRE(account.sightings >= 2);  // populate's first
  const std::size_t at = account.sightings_from + account.sightings - 2u;
  const Sighting& mine = usual.sightings[at];
  const Sighting& other = usual.sightings[at + 1];
  CHECK(mine.witness == idem_of(0, 1));
  CHECK(other.witness == idem_of(4, 1));
  CHECK(mine.rank == 0);
  CHECK(mine.rest == other.rest);
  const Record dearer = rows("waiting", 1001);
  CHECK(dearer.visits.back().plain == account.plain);
  CHECK(dearer.visits.back().facts != account.facts);
  CHECK(dearer.sightings[at].rest != mine.rest);
  const Record paid = rows("paid", 1000);
  CHECK(paid.sightings[at].rank == 1);
  CHECK(paid.sightings[at].rest == mine.rest);
}

TEST_CASE("what a call wrote and how far that brought a promise is kept, with its instant",
          "[oracle]") {
  Bench bench;
  bench.begin();
  bench.lend(0, 1, seconds(10));
  const Record record = bench.finish();
  REQUIRE(record.statuses.size() == 1);
  CHECK(record.statuses.front().idem == idem_of(0, 1));
  CHECK(record.statuses.front().rank == 0);
  CHECK(record.statuses.front().call == library().call("loans.place"));
  CHECK_FALSE(record.writes.empty());
}

TEST_CASE("a loan of the other library's own people is shown to another, too", "[oracle]") {
  Bench bench;
  bench.begin();
  // Populated for a member of Rak.
  Statement theirs(bench.db(Side::target), "SELECT idem_key FROM lending LIMIT 1");
  REQUIRE(theirs.step());
  const std::string row = "{\"idem\": " + std::to_string(theirs.integer(0)) +
                          ", \"loan_token\": \"x\", \"status\": \"lent\", \"total\": 1}";
  bench.see({0, 1, "account", seconds(5), {{"loans", "[" + row + "]"}}});
  const Record record = bench.finish();
  CHECK(Bench::count(record, "shown_to_another") == 1);
  CHECK_FALSE(record.visits.back().truthful);
}

TEST_CASE("a book put on the shelf, taken off by another session and told only then is not lost",
          "[oracle]") {
  Bench bench;
  bench.begin();
  const Value item = bench.item(0);
  bench.commit("shelf", "shelf.add", idem_of(0, 1), seconds(10));  // its answer is lost
  bench.commit("shelf", "shelf.clear", idem_of(4, 1), seconds(12));
  bench.see({4,
             1,
             "checkout",
             seconds(11),
             {{"item", item}},
             PageEnd::ok,
             {},
             Actor::shopper,
             ~std::uint64_t{0},
             seconds(2)});
  bench.see({0,
             1,
             "add",
             seconds(9),
             {{"item", item}, {"lines", "[]"}},
             PageEnd::ok,
             {},
             Actor::shopper,
             ~std::uint64_t{0},
             seconds(14)});
  CHECK(Bench::count(bench.finish(), "lost_shelf_items") == 0);
}

TEST_CASE("tokens are not compared, status and stock are facts, the rest is plain", "[oracle]") {
  const auto visit = [](const std::vector<std::pair<std::string, Value>>& values,
                        const std::string& page) {
    Bench bench;
    bench.begin();
    bench.see({0, 1, page, seconds(5), values});
    return bench.finish().visits.back();
  };
  const Value item = Bench().item(0);
  const Visit book = visit({{"item", item}, {"title", "A"}, {"stock", "few"}}, "book");
  CHECK(visit({{"item", item}, {"title", "B"}, {"stock", "few"}}, "book").plain != book.plain);
  CHECK(visit({{"item", item}, {"title", "B"}, {"stock", "few"}}, "book").facts == book.facts);
  const Visit none = visit({{"item", item}, {"title", "A"}, {"stock", "none"}}, "book");
  CHECK(none.plain == book.plain);
  CHECK(none.facts == book.facts);
  CHECK(none.goods != book.goods);
  const Visit loan = visit({{"loan_token", "x"}, {"status", "paid"}, {"idem", 1}}, "loan");
  const Visit other_token = visit({{"loan_token", "y"}, {"status", "paid"}, {"idem", 1}}, "loan");
  CHECK(other_token.plain == loan.plain);
  CHECK(other_token.facts == loan.facts);
  const Visit lent = visit({{"loan_token", "x"}, {"status", "lent"}, {"idem", 1}}, "loan");
  CHECK(lent.facts != loan.facts);
  CHECK(lent.plain == loan.plain);
}

TEST_CASE("callbacks and jobs with a key are messages, when they succeeded", "[oracle]") {
  Bench bench;
  bench.begin();
  const auto job = [&](std::int64_t idem, PageEnd end) {
    bench.see({0, 0, "hand_out", minutes(5), {{"idem", idem}}, end, {}, Actor::job});
  };
  job(idem_of(2, 1), PageEnd::ok);
  job(idem_of(2, 1), PageEnd::failed);
  job(-7, PageEnd::ok);
  const Record record = bench.finish();
  REQUIRE(record.messages.size() == 1);
  CHECK(record.messages[0].intent == 2);
  CHECK(record.visits.empty());
}

}  // namespace
}  // namespace pindah
