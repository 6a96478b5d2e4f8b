#include "oracle/culprit.h"

#include "tests/oracle/bench.h"

namespace pindah {
namespace {

using namespace oracle_bench;

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
            bool captured, Side owner = Side::source) {
    Handover h;
    h.side = side;
    h.at = at;
    h.lsn = lsn;
    h.writer.kind = kind;
    h.writer.lsn = origin_lsn;
    h.owner = owner;
    h.captured = captured;
    custody.record({forward_move(), token(0, 1)}, h);
  }
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
    owners[static_cast<std::size_t>(loans())] = Side::target;
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
  CHECK(lost.culprit ==
        "committed on Pustaka at 00:01:00.035, 35ms after the switch; not captured");
  CHECK(lost.link == BrokenLink::not_captured);
}

TEST_CASE("captured after the stop position and never applied", "[oracle]") {
  Moved life;
  life.lend(0, 1, seconds(50));
  life.hand(Side::source, seconds(50) + millis(200), WriterKind::call, 7, 0, true);
  const AnomalyCase lost = life.the("lost_loans");
  CHECK(lost.culprit ==
        "committed on Pustaka at 00:00:50.200, 200ms after the stop position was read; captured, "
        "not applied");
}

TEST_CASE("captured before it, and never applied all the same", "[oracle]") {
  Moved life;
  life.lend(0, 1, seconds(10));
  life.hand(Side::source, seconds(10), WriterKind::call, 7, 0, true);
  CHECK(life.the("lost_loans").link == BrokenLink::not_applied);
}

TEST_CASE("a chunk that was read after the write carried it; it did not survive", "[oracle]") {
  Moved life;
  life.lend(0, 1, seconds(10));
  life.hand(Side::source, seconds(10), WriterKind::call, 7, 0, false);
  life.hand(Side::target, seconds(12), WriterKind::chunk, 3, 8, false);
  CHECK(life.the("lost_loans").link == BrokenLink::did_not_survive);
}

TEST_CASE("a chunk that was read before the write did not carry it", "[oracle]") {
  Moved life;
  life.lend(0, 1, seconds(10));
  life.hand(Side::source, seconds(10), WriterKind::call, 7, 0, false);
  life.hand(Side::target, seconds(12), WriterKind::chunk, 3, 6, false);
  CHECK(life.the("lost_loans").link == BrokenLink::not_captured);
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
  CHECK(back.link == BrokenLink::older_chunk);
  CHECK(back.culprit ==
        "arrived on Rak at 00:00:16.000, overwritten at 00:00:17.000 by an older "
        "chunk");
}

TEST_CASE("what arrived only after it was looked at was not yet applied", "[oracle]") {
  Moved life;
  life.lend(0, 1, seconds(10));
  life.see({0, 2, "loan", seconds(20), {{"loan_token", Bench::token(0, 1)}, {"idem", Value{}}}});
  life.hand(Side::source, seconds(10), WriterKind::call, 7, 0, true);
  life.hand(Side::target, seconds(22), WriterKind::change, 3, 7, false);
  life.arrive(10);
  const AnomalyCase stale = life.the("stale_reads");
  CHECK(stale.link == BrokenLink::not_yet_applied);
  CHECK(stale.culprit.find("1.9s after it was looked at") != std::string::npos);
}

TEST_CASE("a row that nobody wrote in the run was never copied", "[oracle]") {
  Moved life;
  life.lend(0, 1, seconds(10));
  CHECK(life.the("lost_loans").link == BrokenLink::not_copied);
}

TEST_CASE("a loan in neither database says where it had been committed", "[oracle]") {
  Moved life;
  life.lend(0, 1, seconds(10));
  life.db(Side::source).exec("DELETE FROM loan_item WHERE loan_id = '" + Bench::token(0, 1) + "'");
  life.db(Side::source).exec("DELETE FROM loan WHERE id = '" + Bench::token(0, 1) + "'");
  CHECK(life.the("lost_loans").culprit ==
        "committed on Pustaka at 00:00:10.200; now in neither database");
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
  CHECK(money.link == BrokenLink::called_back_wrongly);
}

TEST_CASE("a write without ownership is dated from the switch", "[oracle]") {
  Moved life;
  life.owners[static_cast<std::size_t>(Moved::loans())] = Side::target;
  life.commit("loans", "loans.place", idem_of(0, 1), seconds(60) + millis(35));
  const AnomalyCase unowned = life.the("unowned_writes");
  CHECK(unowned.culprit == "committed on Pustaka at 00:01:00.035, 35ms after the switch");
  CHECK(unowned.link == BrokenLink::written_after_switch);
}

}  // namespace
}  // namespace pindah
