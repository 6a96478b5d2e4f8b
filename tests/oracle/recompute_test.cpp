#include <fmt/format.h>

#include "oracle/recompute.h"
#include "scenario/steps/cutover.h"
#include "tests/oracle/bench.h"

namespace pindah {
namespace {

using namespace oracle_bench;

// Three loans, paid for and told; nobody has looked since.
struct ThreeLoans : Bench {
  ThreeLoans() {
    begin();
    for (std::uint32_t intent = 0; intent < 3; ++intent) {
      lend(intent, 1, seconds(10 + intent));
      pay(intent, 1, seconds(20 + intent));
    }
  }
  void exec(const std::string& sql) { db(Side::source).exec(sql); }
  static std::string key(std::uint32_t intent) { return std::to_string(idem_of(intent, 1)); }
  void drop_loan(std::uint32_t intent) {
    exec("DELETE FROM loan_item WHERE loan_id = '" + token(intent, 1) + "'");
    exec("DELETE FROM loan WHERE idem_key = " + key(intent));
  }
};

using Counts = std::map<std::string, std::int64_t>;

Counts counts(const Record& record) {
  Counts all;
  for (const AnomalyCase& c : record.cases)
    all[library().anomalies[static_cast<std::size_t>(c.anomaly)].name] += c.count;
  return all;
}

const AnomalyCase& one(const Record& record, const std::string& name) {
  for (const AnomalyCase& c : record.cases)
    if (library().anomalies[static_cast<std::size_t>(c.anomaly)].name == name) return c;
  throw Defect("no case of " + name);
}

TEST_CASE("an end in which all is well has no standing anomaly", "[oracle]") {
  ThreeLoans life;
  CHECK(counts(life.finish()).empty());
}

TEST_CASE("a loan deleted behind everybody's back is lost, with its money and its copy",
          "[oracle]") {
  ThreeLoans life;
  life.drop_loan(1);
  const Record record = life.finish();
  CHECK(counts(record) ==
        Counts{{"lost_loans", 1}, {"paid_without_loan", 1}, {"copies_not_conserved", 1}});
  CHECK(one(record, "lost_loans").intent == 1);
  CHECK(one(record, "lost_loans").witness == idem_of(1, 1));
  CHECK(one(record, "lost_loans").at == seconds(11) + millis(500));
}

TEST_CASE("what a page missed last and the end misses as well is lost, or Pindah is at fault",
          "[oracle]") {
  ThreeLoans life;
  const Ending ending = life.ending();
  const EndState end_state(library(), constants(), ending.databases, *ending.entries);
  std::deque<Held> promised(1);
  Held& held = promised.front();
  held.promise = 0;
  while (library().promises[static_cast<std::size_t>(held.promise)].name != "loan") ++held.promise;
  held.witness = "4711";
  held.told_at = seconds(1);
  held.look.at = seconds(20);
  held.look.side = Side::source;
  const std::vector<PerSide<Micros>> never(library().services.size(), {Micros{-1}, Micros{-1}});
  Cases standing(library());
  const auto check = [&] { check_lost(library(), ending, end_state, promised, never, standing); };
  CHECK_THROWS_AS(check(), Defect);
  SECTION("it was found") {
    Found found;
    found.held = 0;
    standing.add({AnomalyKind::lost, held.promise, -1, false, false}, found);
    CHECK_NOTHROW(check());
  }
  SECTION("nobody was owed it any more") {
    held.ended_at = seconds(5);
    CHECK_NOTHROW(check());
  }
  SECTION("it was written since somebody looked") {
    held.touched_at = seconds(21);
    CHECK_NOTHROW(check());
  }
}

TEST_CASE("money that came by another method than is booked is not conserved", "[oracle]") {
  ThreeLoans life;
  life.exec("UPDATE fee SET method = 'transfer' WHERE idem_key = " + ThreeLoans::key(1));
  const Record record = life.finish();
  CHECK(counts(record) == Counts{{"fees_not_conserved", 1}});
  CHECK(one(record, "fees_not_conserved").detail.ends_with("by transfer on Pustaka"));
}

TEST_CASE("money of more than 32 bits is compared to the last unit", "[oracle]") {
  for (const bool same : {true, false}) {
    ThreeLoans life;
    const std::string booked = same ? "30000000.00" : "-12949672.96";  // alike in their low 32 bits
    life.exec("UPDATE fee SET amount = '" + booked + "' WHERE idem_key = " + ThreeLoans::key(1));
    life.entries[1].amount = 3'000'000'000;
    CHECK(counts(life.finish()) == (same ? Counts{} : Counts{{"fees_not_conserved", 1}}));
  }
}

TEST_CASE("a loan whose total is another than told is not the loan that was promised", "[oracle]") {
  ThreeLoans life;
  life.exec("UPDATE loan SET total = '1000.00' WHERE idem_key = " + ThreeLoans::key(2));
  CHECK(counts(life.finish()) == Counts{{"lost_loans", 1}});
}

TEST_CASE("a row of populate that is gone or changed counts like any other promise", "[oracle]") {
  ThreeLoans life;
  SECTION("gone") {
    life.exec("DELETE FROM loan_item WHERE loan_id = (SELECT id FROM loan WHERE idem_key = -3)");
    life.exec("DELETE FROM loan WHERE idem_key = -3");
    const Record record = life.finish();
    CHECK(counts(record) == Counts{{"lost_loans", 1}});
    CHECK(one(record, "lost_loans").intent == UINT32_MAX);
    CHECK(one(record, "lost_loans").witness == -3);
  }
  SECTION("another total") {
    life.exec("UPDATE loan SET total = '0.01' WHERE idem_key = -3");
    CHECK(counts(life.finish()) == Counts{{"lost_loans", 1}});
  }
  SECTION("a status that went back") {
    life.exec(
        "UPDATE loan SET status = 'WAITING' WHERE idem_key = (SELECT max(idem_key) FROM loan "
        "WHERE status = 'LENT' AND idem_key < 0)");
    CHECK(counts(life.finish()) == Counts{{"statuses_gone_back", 1}});
  }
  SECTION("a book that was left on a shelf") {
    life.exec("DELETE FROM shelf_item WHERE rowid = (SELECT min(rowid) FROM shelf_item)");
    CHECK(counts(life.finish()) == Counts{{"lost_shelf_items", 1}});
  }
  SECTION("at home on the target") {
    life.db(Side::target).exec("DELETE FROM lending_line WHERE lending_no = 2");
    life.db(Side::target).exec("DELETE FROM lending WHERE lending_no = 2");
    CHECK(counts(life.finish()) == Counts{{"lost_loans", 1}});
  }
}

TEST_CASE("a final status below what was shown went back; the same seen on the way is one case",
          "[oracle]") {
  ThreeLoans life;
  life.open(1, 2, 1, seconds(60), "paid");
  life.exec("UPDATE loan SET status = 'WAITING' WHERE idem_key = " + ThreeLoans::key(1));
  life.commit("loans", "loans.paid", idem_of(1, 1), seconds(65));  // somebody wrote it
  life.open(1, 3, 1, seconds(70), "waiting");
  const Counts found = counts(life.finish());
  CHECK(found.at("statuses_gone_back") == 1);
  CHECK(found.at("paid_without_loan") == 1);
}

TEST_CASE("two captures for one key are a double charge; one given back is none", "[oracle]") {
  ThreeLoans life;
  LedgerEntry again = life.entry(1, 1, seconds(40));
  again.ref = "another";
  life.entries.push_back(again);
  SECTION("both stand") {
    const Record record = life.finish();
    CHECK(counts(record) == Counts{{"double_fees", 1}, {"fees_not_conserved", 1}});
    CHECK(one(record, "double_fees").intent == 1);
  }
  SECTION("the second was given back, but is not booked") {
    life.entries.back().state = LedgerState::refunded;
    life.entries.back().refunded = seconds(50);
    CHECK(counts(life.finish()) == Counts{{"fees_not_conserved", 1}});
  }
}

TEST_CASE("money and what the owner believes of it must be the same", "[oracle]") {
  ThreeLoans life;
  SECTION("another amount") {
    life.exec("UPDATE fee SET amount = '10.01' WHERE idem_key = " + ThreeLoans::key(0));
  }
  SECTION("another state") {
    life.exec("UPDATE fee SET status = 'OPEN' WHERE idem_key = " + ThreeLoans::key(0));
  }
  SECTION("not booked") { life.exec("DELETE FROM fee WHERE idem_key = " + ThreeLoans::key(0)); }
  SECTION("booked, never taken") {
    life.lend(3, 1, seconds(60));
    life.exec("UPDATE fee SET status = 'PAID' WHERE idem_key = " + ThreeLoans::key(3));
  }
  CHECK(counts(life.finish()) == Counts{{"fees_not_conserved", 1}});
}

TEST_CASE("a capture so late that nobody could have heard of it is not held against anybody",
          "[oracle]") {
  ThreeLoans life;
  life.lend(3, 1, seconds(60));
  life.entries.push_back(life.entry(3, 1, hours(1) - seconds(10)));
  CHECK(counts(life.finish()).empty());
}

TEST_CASE("money taken for a loan that is waiting or cancelled stands alone", "[oracle]") {
  ThreeLoans life;
  life.exec("UPDATE loan SET status = 'CANCELLED' WHERE idem_key = " + ThreeLoans::key(0));
  life.exec("UPDATE copies SET available = available + 1 WHERE book_id = '" +
            to_text(life.item(0)) + "'");
  CHECK(counts(life.finish()) == Counts{{"paid_without_loan", 1}});
}

TEST_CASE("a loan that counts as paid needs a capture, or a method that never asks", "[oracle]") {
  ThreeLoans life;
  life.entries[2].state = LedgerState::none;
  life.entries[2].captured = kNever;
  life.exec("UPDATE fee SET status = 'WAIVED' WHERE idem_key = " + ThreeLoans::key(2));
  SECTION("waived") { CHECK(counts(life.finish()).empty()); }
  SECTION("pending") {
    life.entries[2].state = LedgerState::pending;
    life.exec("UPDATE fee SET status = 'OPEN' WHERE idem_key = " + ThreeLoans::key(2));
    CHECK(counts(life.finish()) == Counts{{"loans_without_fee", 1}});
  }
}

TEST_CASE("copies are lent once: more lent than there were, or gone, is found", "[oracle]") {
  ThreeLoans life;
  const std::string item = to_text(life.item(0));
  SECTION("a copy vanished") {
    life.exec("UPDATE copies SET available = available - 1 WHERE book_id = '" + item + "'");
    CHECK(counts(life.finish()) == Counts{{"copies_not_conserved", 1}});
  }
  SECTION("more lent than there were") {
    const std::int64_t left = life.copies();
    for (std::int64_t i = 0; i < left + 2; ++i)
      life.exec(fmt::format("INSERT INTO loan_item VALUES ('{}', {}, '{}')", Bench::token(0, 1),
                            10 + i, item));
    life.exec("UPDATE copies SET available = 0 WHERE book_id = '" + item + "'");
    CHECK(counts(life.finish()) == Counts{{"overlent_copies", 2}, {"copies_not_conserved", 2}});
  }
}

TEST_CASE("after the services moved, the target answers for what was promised", "[oracle]") {
  ThreeLoans life;
  life.owners[static_cast<std::size_t>(library().service("loans"))] = Side::target;
  const Record record = life.finish();
  CHECK(counts(record).at("lost_loans") == 3 + 30);  // told ones and populate's
}

TEST_CASE("a reversal that the ledger knows nothing of is off its rail", "[oracle]") {
  ThreeLoans life;
  life.oracle->reversal_refused(library().ledger("cashier"), idem_of(1, 1), seconds(50));
  CHECK(counts(life.finish()) == Counts{{"refunds_off_rail", 1}});
}

TEST_CASE("an interrupted life is not recomputed", "[oracle]") {
  ThreeLoans life;
  life.drop_loan(1);
  Ending ending = life.ending();
  ending.interrupted = true;
  const Record record = life.oracle->finish(ending);
  CHECK(record.cases.empty());
  CHECK(record.interrupted);
}

TEST_CASE("exposure counts what could have gone wrong since the plan's first step", "[oracle]") {
  const auto exposure = [](const Record& record, const std::string& name) {
    for (std::size_t a = 0; a < library().anomalies.size(); ++a)
      if (library().anomalies[a].name == name) return record.anomaly_exposure[a];
    return std::int64_t{-1};
  };
  SECTION("without a plan, everything") {
    ThreeLoans life;
    const Record record = life.finish();
    CHECK(exposure(record, "lost_loans") == 3);
    CHECK(exposure(record, "paid_without_loan") == 3);
    CHECK(exposure(record, "loans_without_fee") == 3);
    CHECK(exposure(record, "unowned_writes") == 15);
    CHECK(exposure(record, "overlent_copies") == 3);
  }
  SECTION("with one, what it moves: promises from its first step on, writes once it acts") {
    Bench life;
    PlanStep cutover;
    cutover.kind = StepKind::cutover;
    cutover.name = "cutover";
    cutover.services = {library().service("loans")};
    cutover.does = Cutover{};
    life.scenario.plan = {cutover};
    life.begin();
    life.lend(0, 1, seconds(10));
    PlanEvent begun;
    begun.at = seconds(15);
    begun.kind = PlanEventKind::started;
    begun.step = step_id("cutover");
    life.oracle->plan(begun);
    life.lend(1, 1, seconds(20));
    begun.at = seconds(25);
    begun.kind = PlanEventKind::phase;
    begun.phase = Phase::fence;
    life.oracle->plan(begun);
    life.pay(1, 1, seconds(30));
    const Record record = life.finish();
    CHECK(exposure(record, "lost_loans") == 1);
    CHECK(exposure(record, "unowned_writes") == 1);
    CHECK(exposure(record, "paid_without_loan") == 1);  // the loan's service moves
    CHECK(exposure(record, "lost_shelf_items") == 0);
    CHECK(exposure(record, "double_fees") == 0);
  }
  SECTION("with one that was refused, nothing") {
    Bench life;
    PlanStep cutover;
    cutover.kind = StepKind::cutover;
    cutover.name = "cutover";
    cutover.services = {library().service("loans")};
    cutover.does = Cutover{};
    life.scenario.plan = {cutover};
    life.begin();
    PlanEvent begun;
    begun.kind = PlanEventKind::started;
    begun.step = step_id("cutover");
    life.oracle->plan(begun);
    life.lend(1, 1, seconds(20));
    CHECK(exposure(life.finish(), "lost_loans") == 0);
  }
}

}  // namespace
}  // namespace pindah
