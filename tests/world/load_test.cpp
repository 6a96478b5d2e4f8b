#include "world/load.h"

#include <catch2/catch.hpp>

#include "tests/world/broken_world.h"

namespace pindah {
namespace {

// An edit of one file, and the problem that it must give.
struct Mistake {
  const char* file;
  const char* from;
  const char* to;
  const char* at;        // the problem stands where this stands in the edited file; "": no line
  const char* expected;  // within the problem's paragraph
  const char* told_in = nullptr;  // the file that is named, when another one
  int how_many = 1;
};

void check_mistakes(const std::vector<Mistake>& mistakes) {
  const BrokenWorld world;
  for (const Mistake& m : mistakes) {
    const std::string whole = world.read(m.file);
    world.replace(m.file, m.from, m.to);
    const Problems problems = world.problems();
    const std::string told = problems.text();
    const std::string in = m.told_in != nullptr ? m.told_in : m.file;
    std::string start = world.folder() + "/" + in + ":";
    if (m.at[0] != '\0') start += world.place_of(in, m.at) + ":";
    INFO("the edit: " << m.from << " -> " << m.to << "\ntold: " << told);
    CHECK(told.find(start) != std::string::npos);
    CHECK(told.find(m.expected) != std::string::npos);
    CHECK(problems.list().size() == static_cast<std::size_t>(m.how_many));
    world.write(m.file, whole);
  }
}

}  // namespace

TEST_CASE("The library world loads without a problem") {
  Problems problems;
  const auto world = load_world(PINDAH_SOURCE_DIR "/tests/worlds/library", problems);
  INFO(problems.text());
  REQUIRE(world);
  CHECK(world->services.size() == 5);
  CHECK(world->moves.size() == 10);
  CHECK(world->moves[0].from == Side::source);
  CHECK(world->moves[0].name == "10-shelf");
  CHECK(world->moves[9].from == Side::target);
  const Call& place = world->calls[static_cast<std::size_t>(world->call("loans.place"))];
  CHECK(place.writes);
  CHECK(place.body[0].replay.has_value());
  CHECK_FALSE(world->calls[static_cast<std::size_t>(world->call("loans.mine"))].writes);
  CHECK(place.results == std::vector<SlotId>{world->slot("loan_token"), world->slot("status"),
                                             world->slot("total")});
  CHECK(place.summary ==
        "Lends :priced (JSON: item, qty, fee), already set aside; the fee is asked "
        "for afterwards.");
}

TEST_CASE("What pages show leaves out tokens, hidden and ignored columns") {
  Problems problems;
  const auto world = load_world(PINDAH_SOURCE_DIR "/tests/worlds/library", problems);
  REQUIRE(world);
  const auto shown = [&](const char* page) {
    std::vector<std::string> names;
    for (const SlotId slot : world->pages[static_cast<std::size_t>(world->page(page))].shown) {
      names.push_back(world->slots[static_cast<std::size_t>(slot)]);
    }
    return names;
  };
  CHECK(shown("home") == std::vector<std::string>{"newest"});
  CHECK(shown("checkout") ==
        std::vector<std::string>{"lines", "status", "total", "pay_amount", "state", "cleared"});
  CHECK(world->pages[static_cast<std::size_t>(world->page("add"))].as == "shelf");
}

TEST_CASE("A page graph's row starts with exit and sums to one") {
  Problems problems;
  const auto world = load_world(PINDAH_SOURCE_DIR "/tests/worlds/library", problems);
  REQUIRE(world);
  const Persona& reader = world->personas[0];
  const auto& row = reader.rows[static_cast<std::size_t>(world->page("home"))];
  CHECK(row[0].to == -1);
  CHECK(row[0].ppm == 150'000);
  std::int64_t sum = 0;
  for (const Transition& step : row) sum += step.ppm;
  CHECK(sum == 1'000'000);
  CHECK(reader.rows[static_cast<std::size_t>(world->page("refund"))].empty());
}

TEST_CASE("Mistakes in world.yaml are told with their place") {
  check_mistakes({
      {"world.yaml", "ignore:", "ignor:", "ignor:", "did you mean `ignore`?"},
      {"world.yaml", "pindah_world: 1", "pindah_world: 2", "2\ntitle", "from 1 to 1"},
      {"world.yaml", "zipf item", "zipf itme", "zipf itme", "did you mean `item`?"},
      {"world.yaml", "below 20", "below 0", "below 0", "not a number to draw below"},
      {"world.yaml", "{ method: method }", "{ method: methd }", "methd", "no list of choices"},
      {"world.yaml", "- loans.place\n", "- loans.plaec\n", "loans.plaec",
       "did you mean `loans.place`?", nullptr, 2},
      {"world.yaml", "- cashier.charge", "- cashier.chrage", "cashier.chrage",
       "did you mean `cashier.charge`?"},
      {"world.yaml", "loans.paid if state = none", "loans.paid if state none",
       "loans.paid if state none", "not a step of a page"},
      {"world.yaml", "if status = cancelled", "if statsu = cancelled",
       "cashier.give_back if statsu", "did you mean `status`?"},
      {"world.yaml", "fees.start: fees.drop", "fees.strat: fees.drop", "fees.strat",
       "no call of this page `fees.strat`"},
      {"world.yaml", "keep: [loan_token", "keep: [lone_token", "lone_token",
       "did you mean `loan_token`?"},
      {"world.yaml", "hidden: [priced]", "hidden: [prised]", "prised", "did you mean `priced`?"},
      {"world.yaml", "ignore: [front]", "ignore: [fornt]", "fornt", "did you mean `front`?"},
      {"world.yaml", "{ as: shelf", "{ as: shelv", "shelv", "no page `shelv`"},
      {"world.yaml", "FROM branch ORDER", "FROM brunch ORDER", "brunch", "did you mean `branch`?"},
      {"world.yaml", "SELECT id FROM branch", "SELECT id, name FROM branch",
       "SELECT id, name FROM br", "a pool has one column"},
      {"world.yaml", "[book, copies, hold]", "[book, copies]", "catalogue: {",
       "table `hold` of the source is in no service"},
      {"world.yaml", "[reader, branch]", "[reader, branch, loan]", "loan, loan_item",
       "table `loan` is in two services"},
      {"world.yaml", "[reader, branch]", "[reader, brunch]", "brunch", "did you mean `branch`?",
       nullptr, 2},
      {"world.yaml", "folder: pustaka", "folder: ../pustaka", "../pustaka",
       "not inside the world's folder", nullptr, 2},
  });
}

TEST_CASE("Mistakes in the other YAML files are told with their place") {
  check_mistakes({
      {"shoppers.yaml", "timeout: 10s", "timeout: 10", "10, retries", "write its unit"},
      {"shoppers.yaml", "mean: 7s", "mean: 7 parsecs", "7 parsecs", "is not a duration"},
      {"shoppers.yaml", "think: {", "thinks: {", "thinks", "did you mean `think`?", nullptr, 2},
      {"shoppers.yaml", "exit: .15", "exit: .16", "{ search: .50, book",
       "the row of reader for home sums to 1.010000"},
      {"shoppers.yaml", "desk: .05", "desk: .06", "{ reader: .95", "mix usual sums to 1.010000"},
      {"shoppers.yaml", "waived: .10", "waived: .1234567", ".1234567", "at most six places"},
      {"shoppers.yaml", "search: .10, exit: .10", "serach: .10, exit: .10", "serach",
       "did you mean `search`?"},
      {"shoppers.yaml", "loan: { account: .20, exit: .80 }", "", "home: { search: .50, book",
       "comes to page `loan` and has no row"},
      {"shoppers.yaml", "who: branch", "who: brunch", "brunch", "did you mean `branch`?", nullptr,
       3},
      {"shoppers.yaml", "{ at: 5s, times: 1.90 }", "{ at: 5s, times: 1.20 }", "{ at: 5s",
       "leaving must grow"},
      {"shoppers.yaml", "{ reader: 1 }", "{ raeder: 1 }", "raeder", "did you mean `reader`?"},
      {"promises.yaml", "made_by: loans.place", "made_by: loans.palce", "loans.palce",
       "did you mean `loans.place`?"},
      {"promises.yaml", "void: cancelled", "void: canceled", "canceled", "no rank"},
      {"promises.yaml", "{ account: loans }", "{ account: lones }", "lones",
       "no column of page account `lones`"},
      {"promises.yaml", "lost(loan)", "losst(loan)", "losst", "did you mean `lost`?"},
      {"promises.yaml", "lost(loan)", "lost(cashier)", "lost(cashier)", "lost takes a promise"},
      {"promises.yaml", "lost(loan)", "lost loan", "lost loan", "is not an anomaly"},
      {"promises.yaml", "uncoupled(loan, cashier)", "uncoupled(loan, cashire)",
       "uncoupled(loan, cashire)", "did you mean `cashier`?"},
      {"promises.yaml", "fixed: [total]", "fixed: [totl]", "totl]", "did you mean `total`?",
       nullptr, 3},
      {"actors.yaml", "answers: later, median", "answers: latr, median", "latr",
       "did you mean `later`?"},
      {"actors.yaml", "list: loans.overdue", "list: loans.mine", "loans.mine",
       "does not answer a job's list"},
      {"actors.yaml", "each: expire", "each: expires", "expires", "did you mean `expire`?"},
      {"actors.yaml", "unpaid_for: 20m", "unpaid_fro: 20m", ":unpaid_for)",
       "did you mean `unpaid_fro`?", "pustaka/calls/loans/overdue.sql", 2},
      {"actors.yaml", "hand_out_after: 5m", "hand_out_after: 5m, past_loans: 1s", "past_loans: 400",
       "is a setting already", "world.yaml"},
      {"actors.yaml", "callback: settle_fee\n    ", "", "service: fees", "has no callback"},
  });
}

TEST_CASE("Mistakes in a checklist are told with their place") {
  const char* const file = "compliance.yaml";
  check_mistakes({
      {file, "name: 40", "name: 30", "{ fees: 60", "the groups weigh 90 together", nullptr, 2},
      {file, "weight: 40", "weight: 39", "fees are taken", "rules of `name` weigh 39 together"},
      {file, "group: name", "group: nam", "nam,", "did you mean `name`?", nullptr, 2},
      {file, "owner: fees", "owner: fee", "fee }", "there is no service `fee`"},
      {file, ", front: Pustaka by Rak", "", "{ group: name", "this rule checks nothing"},
      {file, "AS of FROM charge", "AS all_of FROM charge", "SELECT count(*) AS met",
       "a rule's columns are `met` and `of`"},
      {file, "FROM charge", "FROM charges", "charges", "no such table: charges"},
      {file, ":now", ":then", ":then", "nothing gives `:then`"},
      {file, "cites: section 1", "cite: section 1", "{ group: fees, weight: 30, cite",
       "`cites` is missing", nullptr, 2},
  });
}

TEST_CASE("Mistakes in SQL are told with their place in the file") {
  check_mistakes({
      {"pustaka/schema.sql", "REFERENCES crate (id)", "REFERENCES book (id)", "CREATE TABLE loan (",
       "leads to `book` of service catalogue"},
      {"pustaka/schema.sql", "CREATE TABLE book",
       "CREATE VIRTUAL TABLE b USING fts5(x);\nCREATE TABLE book", "CREATE VIRTUAL",
       "a schema holds no such statement"},
      {"pustaka/schema.sql", "CREATE TABLE book", "ATTACH 'x.db' AS x;\nCREATE TABLE book",
       "ATTACH", "a schema holds no such statement"},
      {"rak/schema.sql", "CREATE TABLE title (",
       "CREATE TABLE \"a(\" (b INTEGER PRIMARY KEY);\nCREATE TABLE title (", "",
       "`a(` is not a name for a table", nullptr, 2},
      {"world.yaml", "FROM branch ORDER BY id", "FROM branch; DELETE FROM branch", "DELETE FROM",
       "something follows the statement"},
      {"rak/schema.sql", "title_no INTEGER PRIMARY KEY", "title_no INTEGER", "",
       "table `title` has no primary key"},
      {"rak/populate.sql", "'Member ' || i", "'Member ' || random()", "random()",
       "`random` is not available"},
      {"rak/populate.sql", ":readers / 3", ":raeders / 3", ":raeders", "did you mean `readers`?"},
      {"pustaka/calls/loans/mine.sql", "reader_id =", "raeder_id =", "raeder_id",
       "did you mean `reader_id`?"},
      {"pustaka/calls/loans/mine.sql", "FROM loan\n", "FROM loans\n", "loans\n",
       "did you mean `loan`?"},
      {"pustaka/calls/loans/mine.sql", ":buyer", ":buyr", ":buyr", "did you mean `buyer`?", nullptr,
       3},
      {"pustaka/calls/loans/mine.sql", "ORDER BY idem_key)", "ORDER BY idem_key", "SELECT",
       "incomplete input"},
      {"pustaka/calls/loans/mine.sql", "WHERE reader_id = :buyer",
       "WHERE reader_id = (SELECT id FROM reader WHERE id = :buyer)", "reader WHERE id",
       "`reader` belongs to service readers"},
      {"pustaka/calls/loans/mine.sql", "-- The reader's loans, by their keys.\n", "", "SELECT",
       "the call has no comment"},
      {"pustaka/calls/loans/mine.sql", "AS loans", "AS lones", "SELECT json", "lones",
       "rak/calls/loans/mine.sql", 2},
      {"pustaka/calls/loans/mine.sql", "SELECT json", "PRAGMA user_version;\nSELECT json", "PRAGMA",
       "PRAGMA"},
      {"pustaka/calls/loans/cancel.sql", "SELECT 1 AS undone;", "", "UPDATE loan",
       "the last statement gives no columns"},
      {"pustaka/calls/loans/cancel.sql", "SELECT 1 AS undone;", "SELECT 1;", "SELECT 1;",
       "no name of its own"},
      {"pustaka/calls/loans/cancel.sql", "SELECT 1 AS undone;", "SELECT changes() AS undone;",
       "SELECT changes", "remember other calls"},
      {"pustaka/calls/loans/hand_out.sql", "AND status = 'PAID'",
       "AND status = 'PAID' AND refuse('no') IS NULL", "refuse('no')", "stands in a condition"},
      {"pustaka/calls/loans/hand_out.sql", "WHERE idem_key = :idem;", "WHERE idem_key = :idme;",
       ":idme", "takes `:idme` on the source only"},
      {"pustaka/calls/loans/place.sql", "'waiting' AS status, minor(l.total) AS total",
       "minor(l.total) AS total", "SELECT l.id AS loan_token",
       "the replay gives loan_token, total"},
      {"truth/source/loan.sql", "reader_id AS buyer", "reader_id AS reader", "SELECT idem_key",
       "lacks column `buyer`", nullptr, 2},
      {"truth/source/loan.sql", "FROM loan ORDER", "FROM loan WHERE idem_key = :idem ORDER",
       ":idem", "nothing gives `:idem`"},
      {"truth/target/stock.sql", "FROM title ORDER BY title_no", "FROM title; SELECT 1", "",
       "the file has 2 statements"},
  });
}

TEST_CASE("Mistakes in moves are told with their place in the file") {
  const char* const loans = "moves/forward/20-loans.sql";
  check_mistakes({
      {"pustaka/schema.sql", "CREATE INDEX loan_by_crate ON loan (crate_id);", "",
       "SELECT id FROM loan", "the plan scans the whole table `loan`", loans},
      {loans, "l.id BETWEEN :from AND :to", "l.id || '' BETWEEN :from AND :to",
       "SELECT l.id AS _key", "an index on loan(id)"},
      {loans, "SELECT l.id AS _key", "SELECT CAST(l.id AS TEXT) AS _key", "SELECT CAST",
       "`_key` is not the bare column loan.id"},
      {loans, "-- root: loan(id)", "-- root: loan(reader)", "loan(reader)",
       "no column of loan `reader`"},
      {loans, "-- root: loan(id)", "-- root: loan(total)", "loan(total)", "has no index", nullptr,
       2},
      {loans, "-- child: loan_item(loan_id)\n", "", "SELECT l.id AS _key",
       "extract reads `loan_item`, which is not part of the move"},
      {loans, "-- via: crate SELECT", "-- via: create SELECT", "create SELECT",
       "did you mean `crate`?", nullptr, 2},
      {loans, "WHERE crate_id = :key", "WHERE crate_id = :crate", ":crate",
       "nothing gives `:crate`"},
      {loans, ":reader_id,\n", ":raeder_id,\n", ":raeder_id", "did you mean `reader_id`?"},
      {loans, "SELECT l.id AS _key,", "SELECT l.id AS _key, 1 AS extra,", "SELECT l.id AS _key",
       "no statement of load uses it"},
      {loans, "l.borrower AS reader_id", "l.borrower AS raeder_id", "SELECT :_key AS _key",
       "did you mean `reader_id`?"},
      {loans, "INSERT INTO lending_line (lending_no, item",
       "INSERT INTO lending_line (lending_no, itme", "itme", "itme"},
      {loans,
       "DELETE FROM lending_line\nWHERE lending_no = (SELECT lending_no FROM lending WHERE idem",
       "DELETE FROM charge\nWHERE charge_no = (SELECT lending_no FROM lending WHERE idem",
       "charge\nWHERE", "`charge` belongs to service fees", nullptr, 2},
      {loans, "-- present:", "-- presents:", "", "is one statement", nullptr, 2},
      {"moves/backward/40-fees.sql", "-- child: charge_loan(charge_no)\n", "", "SELECT c.charge_no",
       "extract reads `charge_loan`"},
      {"pustaka/schema.sql", "CREATE TABLE loan_item",
       "CREATE TABLE x (y INTEGER PRIMARY KEY);\nCREATE TABLE loan_item", "catalogue: {",
       "table `x` of the source is in no service", "world.yaml"},
  });
}

TEST_CASE("A duration that is zero, an endless statement and a big file are refused, not run") {
  check_mistakes({
      {"actors.yaml", "every: 30s", "every: 0s", "{ every: 0s", "a job runs too often"},
      {"pustaka/schema.sql", "CREATE TABLE loan_item",
       "CREATE TABLE endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
       "SELECT i FROM n;\nCREATE TABLE loan_item",
       "CREATE TABLE endless", "interrupted"},
  });
}

TEST_CASE("Mistakes in many files are told at once") {
  const BrokenWorld world;
  world.replace("world.yaml", "zipf item", "zipf itme");
  world.replace("shoppers.yaml", "exit: .15", "exit: .16");
  world.replace("promises.yaml", "lost(loan)", "losst(loan)");
  world.replace("actors.yaml", "each: expire", "each: expires");
  world.replace("pustaka/calls/loans/mine.sql", "reader_id =", "raeder_id =");
  world.replace("rak/calls/fees/drop.sql", "undone = 1;", "undonne = 1;");
  world.replace("moves/backward/20-loans.sql", "-- child: lending_line(lending_no)\n", "");
  world.replace("truth/target/units.sql", "AS units", "AS unit");
  const Problems problems = world.problems();
  INFO(problems.text());
  CHECK(problems.list().size() == 9);  // the column `unit` is both missing and too many
}

TEST_CASE("A file that is missing is told by the file that needs it") {
  const BrokenWorld world;
  std::filesystem::remove(world.path("rak/calls/loans/mine.sql"));
  std::filesystem::remove(world.path("rak/populate.sql"));
  std::filesystem::remove(world.path("truth/source/loan.sql"));
  const Problems problems = world.problems();
  INFO(problems.text());
  REQUIRE(problems.list().size() == 3);
  CHECK(problems.list()[0].place.file == world.folder() + "/world.yaml");
  CHECK(problems.list()[0].what == "there is no file `rak/populate.sql`");
  CHECK(problems.list()[1].what == "there is no file `rak/calls/loans/mine.sql`");
  CHECK(problems.list()[2].what == "there is no file `truth/source/loan.sql`");
}

TEST_CASE("A folder that is not there is one problem") {
  Problems problems;
  CHECK_FALSE(load_world("/nowhere/at/all", problems));
  CHECK(problems.list().size() == 1);
}

TEST_CASE("A table that no move sees is told when its service moves") {
  const BrokenWorld world;
  world.replace("pustaka/schema.sql", "CREATE TABLE loan_item",
                "CREATE TABLE loan_note (loan_id TEXT PRIMARY KEY);\nCREATE TABLE loan_item");
  world.replace("world.yaml", "crate, loan_request]", "crate, loan_request, loan_note]");
  const Problems problems = world.problems();
  INFO(problems.text());
  REQUIRE(problems.list().size() == 1);
  CHECK(problems.list()[0].place.file == world.folder() + "/moves/forward");
  CHECK(problems.list()[0].what.find("`loan_note` of the source is in no move") !=
        std::string::npos);
}

TEST_CASE("A service that moves forward must move backward too") {
  const BrokenWorld world;
  std::filesystem::remove(world.path("moves/backward/10-shelf.sql"));
  const Problems problems = world.problems();
  INFO(problems.text());
  CHECK(problems.list().size() == 2);  // basket and basket_line
}

TEST_CASE("A world's link that leads out of its folder is not followed") {
  const BrokenWorld world;
  const BrokenWorld elsewhere;
  std::filesystem::remove(world.path("truth/source/loan.sql"));
  std::filesystem::create_symlink(elsewhere.path("truth/source/loan.sql"),
                                  world.path("truth/source/loan.sql"));
  std::filesystem::remove_all(world.path("rak/calls/readers"));
  std::filesystem::create_directory_symlink(elsewhere.path("rak/calls/readers"),
                                            world.path("rak/calls/readers"));
  const std::string told = world.problems().text();
  INFO(told);
  CHECK(told.find("`truth/source/loan.sql` is not inside the world's folder") != std::string::npos);
  CHECK(told.find("`rak/calls/readers/card.sql` is not inside") != std::string::npos);
}

TEST_CASE("A link within the world's folder is followed") {
  const BrokenWorld world;
  std::filesystem::rename(world.path("truth/source/loan.sql"), world.path("truth/loan_there.sql"));
  std::filesystem::create_symlink("../loan_there.sql", world.path("truth/source/loan.sql"));
  INFO(world.problems().text());
  CHECK_FALSE(world.problems().any());
}

TEST_CASE("A file over 1 MiB is not read") {
  const BrokenWorld world;
  world.write("truth/source/loan.sql", std::string((1 << 20) + 1, ' '));
  const Problems problems = world.problems();
  REQUIRE(problems.list().size() == 1);
  CHECK(problems.list()[0].what == "the file is larger than 1 MiB");
}

}  // namespace pindah
