#include "oracle/culprit.h"

#include "report/blame_words.h"
#include "tests/oracle/bench.h"

namespace pindah {
namespace {

using namespace oracle_bench;

std::string told(const Bench& life, const AnomalyCase& c) {
  return BlameWords(library(), life.scenario).sentence(c.culprit, c.how);
}

// One loan, told, whose service has moved to the target at 60 s without it; custody says why.
struct Moved : Bench {
  Moved() {
    PlanStep cutover;
    cutover.kind = StepKind::cutover;
    cutover.name = "cutover of loans";
    cutover.services = {loans()};
    scenario.plan = {cutover};
    begin();
    phase(seconds(50), Phase::position);
    phase(seconds(60), Phase::switch_over);
  }
  static ServiceId loans() { return library().service("loans"); }
  void phase(Micros at, Phase phase) {
    PlanEvent event;
    event.at = at;
    event.kind = PlanEventKind::phase;
    event.step = step_id("cutover of loans");
    event.phase = phase;
    oracle->plan(event);
  }
  static int forward_move() {
    for (std::size_t m = 0; m < library().moves.size(); ++m)
      if (library().moves[m].from == Side::source && library().moves[m].root_table == "loan")
        return static_cast<int>(m);
    throw Defect("no such move");
  }
  void hand(Side side, Micros at, WriterKind kind, std::uint64_t lsn, std::uint64_t origin_lsn,
            bool captured, Side owner = Side::source, bool erased = false) {
    Handover h;
    h.side = side;
    h.at = at;
    h.lsn = lsn;
    h.writer.kind = kind;
    h.writer.lsn = origin_lsn;
    h.owner = owner;
    h.captured = captured;
    h.erased = erased;
    custody.record({forward_move(), token(0, 1)}, h);
  }
  bool stays = false;  // the source owns it at the end
  // A row on the target for the loan, with this state.
  void arrive(int state) {
    db(Side::target)
        .exec(
            "INSERT INTO lending (lending_no, ext_loan_id, home, borrower, state, "
            "amount, pickup, placed_at, idem_key) VALUES (9000001, '" +
            token(0, 1) + "', 'source', '" + reader(0) + "', " + std::to_string(state) +
            ", 1000, 'c', '', " + std::to_string(idem_of(0, 1)) + ")");
  }
  AnomalyCase the(const std::string& anomaly) {
    if (!stays) owners[static_cast<std::size_t>(loans())] = Side::target;
    const Record record = finish();
    for (const AnomalyCase& c : record.cases)
      if (library().anomalies[static_cast<std::size_t>(c.anomaly)].name == anomaly && c.intent == 0)
        return c;
    throw Defect("no case of " + anomaly);
  }
};

TEST_CASE("written on the source after the switch: not captured", "[oracle]") {
  Moved life;
  life.lend(0, 1, seconds(60));
  life.hand(Side::source, seconds(60) + millis(35), WriterKind::call, 7, 0, false, Side::target);
  const AnomalyCase lost = life.the("lost_loans");
  CHECK(told(life, lost) ==
        "not captured: committed on Pustaka at 00:01:00.035, 35ms after the switch");
  CHECK(lost.broke() == seconds(60) + millis(500));  // as she was told of it
}

TEST_CASE("captured after the stop position and never applied", "[oracle]") {
  Moved life;
  life.lend(0, 1, seconds(50));
  life.hand(Side::source, seconds(50) + millis(200), WriterKind::call, 7, 0, true);
  const AnomalyCase lost = life.the("lost_loans");
  CHECK(told(life, lost) ==
        "captured after the stop position, not applied: committed on Pustaka at 00:00:50.200, "
        "200ms after the stop position was read");
  CHECK(lost.broke() == seconds(60));  // until then the source answered
}

TEST_CASE("captured before it, and never applied all the same", "[oracle]") {
  Moved life;
  life.lend(0, 1, seconds(10));
  life.hand(Side::source, seconds(10), WriterKind::call, 7, 0, true);
  CHECK(life.the("lost_loans").culprit.link == BrokenLink::not_applied);
}

TEST_CASE("a chunk that was read after the write carried it; it was not loaded", "[oracle]") {
  Moved life;
  life.lend(0, 1, seconds(10));
  life.hand(Side::source, seconds(10), WriterKind::call, 7, 0, false);
  life.hand(Side::target, seconds(12), WriterKind::chunk, 3, 8, false);
  CHECK(life.the("lost_loans").culprit.link == BrokenLink::not_loaded);
}

TEST_CASE("a chunk that was read before the write did not carry it", "[oracle]") {
  Moved life;
  life.lend(0, 1, seconds(10));
  life.hand(Side::source, seconds(10), WriterKind::call, 7, 0, false);
  life.hand(Side::target, seconds(12), WriterKind::chunk, 3, 6, false);
  CHECK(life.the("lost_loans").culprit.link == BrokenLink::not_captured);
}

TEST_CASE("an old chunk over a newer change is found as that", "[oracle]") {
  Moved life;
  life.lend(0, 1, seconds(10));
  life.pay(0, 1, seconds(15));
  life.open(0, 2, 1, seconds(20), "paid");
  life.hand(Side::source, seconds(10), WriterKind::call, 7, 0, true);
  life.hand(Side::source, seconds(15), WriterKind::call, 9, 0, true);
  life.hand(Side::target, seconds(16), WriterKind::change, 3, 9, false);
  life.hand(Side::target, seconds(17), WriterKind::chunk, 4, 8, false);
  life.arrive(10);
  const AnomalyCase back = life.the("statuses_gone_back");
  CHECK(back.culprit.link == BrokenLink::older_chunk);
  CHECK(told(life, back) ==
        "overwritten by an older chunk: committed on Pustaka at 00:00:15.000; arrived at "
        "00:00:16.000; overwritten at 00:00:17.000; before: paid, after: waiting");
}

TEST_CASE("what arrived only after it was looked at was not yet applied", "[oracle]") {
  Moved life;
  life.lend(0, 1, seconds(10));
  Bench::Answer page{
      0, 2, "loan", seconds(20), {{"loan_token", Bench::token(0, 1)}, {"idem", Value{}}}};
  page.on_target = ~std::uint64_t{0};
  life.see(page);
  life.hand(Side::source, seconds(10), WriterKind::call, 7, 0, true);
  life.hand(Side::target, seconds(22), WriterKind::change, 3, 7, false);
  life.arrive(10);
  const AnomalyCase stale = life.the("stale_reads");
  CHECK(stale.culprit.link == BrokenLink::not_yet_applied);
  CHECK(told(life, stale).find("1.9s after it was looked at") != std::string::npos);
}

TEST_CASE("a row that nobody wrote in the run was never copied", "[oracle]") {
  Moved life;
  life.lend(0, 1, seconds(10));
  CHECK(life.the("lost_loans").culprit.link == BrokenLink::not_copied);
}

TEST_CASE("a loan in neither database says where it had been committed", "[oracle]") {
  Moved life;
  life.lend(0, 1, seconds(10));
  life.db(Side::source).exec("DELETE FROM loan_item WHERE loan_id = '" + Bench::token(0, 1) + "'");
  life.db(Side::source).exec("DELETE FROM loan WHERE id = '" + Bench::token(0, 1) + "'");
  CHECK(told(life, life.the("lost_loans")) ==
        "in neither database: committed on Pustaka at 00:00:10.200");
}

TEST_CASE("money called back to the platform that no longer owned it", "[oracle]") {
  Moved life;
  life.lend(0, 1, seconds(10));
  LedgerEntry entry = life.entry(0, 1, seconds(70));
  entry.told = false;
  entry.address = Side::source;
  life.entries.push_back(entry);
  life.owners[static_cast<std::size_t>(library().service("fees"))] = Side::target;
  const AnomalyCase money = life.the("fees_not_conserved");
  CHECK(money.culprit.link == BrokenLink::called_back_wrongly);
}

TEST_CASE("a write without ownership is dated from the switch", "[oracle]") {
  Moved life;
  life.owners[static_cast<std::size_t>(Moved::loans())] = Side::target;
  life.commit("loans", "loans.place", idem_of(0, 1), seconds(60) + millis(35));
  const AnomalyCase unowned = life.the("unowned_writes");
  CHECK(told(life, unowned) ==
        "written after the switch: committed on Pustaka at 00:01:00.035, 35ms after the switch");
  CHECK(unowned.culprit.link == BrokenLink::written_after_switch);
}

// The migrator was told that a root is gone: its move gave no row for it.
TEST_CASE("a move that gives no row for a root that is there has never extracted it", "[oracle]") {
  Moved life;
  life.lend(0, 1, seconds(10));
  life.hand(Side::source, seconds(10), WriterKind::call, 7, 0, true);
  life.hand(Side::target, seconds(11), WriterKind::change, 3, 7, false, Side::source, true);
  const AnomalyCase lost = life.the("lost_loans");
  CHECK(lost.culprit.link == BrokenLink::not_extracted);
  CHECK(lost.culprit.move == Moved::forward_move());
  CHECK(told(life, lost) == "never extracted by move 20-loans");
}

TEST_CASE("a move that brings something else is named with its column and both values",
          "[oracle]") {
  Moved life;
  life.lend(0, 1, seconds(10));
  life.pay(0, 1, seconds(15));
  life.open(0, 2, 1, seconds(20), "paid");
  life.hand(Side::source, seconds(15), WriterKind::call, 9, 0, true);
  life.hand(Side::target, seconds(16), WriterKind::change, 3, 9, false);
  life.arrive(10);
  const AnomalyCase back = life.the("statuses_gone_back");
  CHECK(told(life, back) == "move 20-loans, column status: before: paid, after: waiting");
  CHECK(back.broke() == seconds(60));
}

TEST_CASE("what a call of the target wrote last is that call's", "[oracle]") {
  Moved life;
  life.lend(0, 1, seconds(10));
  life.pay(0, 1, seconds(15));
  life.open(0, 2, 1, seconds(20), "paid");
  life.hand(Side::source, seconds(15), WriterKind::call, 9, 0, true);
  life.hand(Side::target, seconds(16), WriterKind::change, 3, 9, false);
  life.hand(Side::target, seconds(70), WriterKind::call, 4, 0, false, Side::target);
  life.arrive(10);
  CHECK(life.the("statuses_gone_back").culprit.link == BrokenLink::wrote_wrongly);
}

TEST_CASE("a stream that brings back what it had got overwrites with an echo", "[oracle]") {
  Moved life;
  life.lend(0, 1, seconds(10));
  life.pay(0, 1, seconds(15));
  life.open(0, 2, 1, seconds(20), "paid");
  life.hand(Side::source, seconds(10), WriterKind::call, 7, 0, true);
  life.hand(Side::target, seconds(11), WriterKind::change, 3, 7, true);
  life.hand(Side::source, seconds(15), WriterKind::call, 9, 0, true);
  life.hand(Side::source, seconds(16), WriterKind::change, 10, 3, true);
  life.db(Side::source)
      .exec("UPDATE loan SET status = 'WAITING' WHERE id = '" + Bench::token(0, 1) + "'");
  life.stays = true;
  CHECK(life.the("statuses_gone_back").culprit.link == BrokenLink::echo);
}

}  // namespace
}  // namespace pindah
