// Each unsafe choice of a plan leaves a wrong row, and the safe choice in the same interleaving
// does not. The writes are placed by hand; nothing else happens.
#include "tests/migration/bench.h"

using namespace pindah;
using namespace pindah::test;

namespace {

// A write passes the gate before the fence of 10 s and commits `after` it.
void straddle(Bench& bench, Micros after, const std::function<void()>& write) {
  bench.at(seconds(10) - millis(1),
           [&bench] { bench.gates->entered(bench.writing(Side::source)); });
  bench.at(seconds(10) + after, [&bench, write] {
    write();
    bench.gates->left(bench.writing(Side::source));
  });
}

// The usual plan without its cutover. The one chunk is read by 2.015 s and gets lost on its way: it
// lands a second later, when the changelog has long been applied.
std::vector<PlanStep> slow_chunk(const std::function<void(PlanStep&)>& change) {
  std::vector<PlanStep> plan = usual(change);
  plan.pop_back();
  return plan;
}
void lose_the_chunk(Bench& bench) { cut(bench, millis(2014), millis(2016)); }

}  // namespace

TEST_CASE("a write in flight at the fence is on the target when the drain waits for it") {
  Bench bench(usual());
  straddle(bench, millis(30), [&] { bench.lend(Side::source, kNew); });
  bench.run_until(seconds(20));
  CHECK(bench.gates->owner(bench.loans_service()) == Side::target);
  CHECK(bench.on_target(kNew) == 10);
  CHECK(bench.loans(Side::source) == bench.loans(Side::target));
  CHECK(bench.unfinished().empty());
}

TEST_CASE("without a drain, a write in flight at the fence stays behind on the source") {
  Bench bench(usual(
      [](PlanStep& s) { set<Cutover>(s, [](Cutover& cutover) { cutover.fence.drain = false; }); }));
  straddle(bench, millis(30), [&] { bench.lend(Side::source, kNew); });
  bench.run_until(seconds(20));
  CHECK(bench.gates->owner(bench.loans_service()) == Side::target);
  CHECK(bench.on_source(kNew) == "WAITING");
  CHECK(bench.on_target(kNew) == -1);
}

TEST_CASE("a position read before the drain loses what commits during the drain") {
  Bench bench(usual([](PlanStep& s) {
    set<Cutover>(s, [](Cutover& c) { c.fence.position = PositionWhen::before_drain; });
  }));
  straddle(bench, millis(30), [&] { bench.lend(Side::source, kNew); });
  // Another one keeps the drain going for so long that the first could well be applied.
  straddle(bench, millis(500), [] {});
  bench.run_until(seconds(20));
  CHECK(bench.when(Phase::drain) <= bench.when(Phase::catch_up));
  CHECK(bench.gates->owner(bench.loans_service()) == Side::target);
  CHECK(bench.on_source(kNew) == "WAITING");
  CHECK(bench.on_target(kNew) == -1);
}

TEST_CASE("a chunk that lands after a newer change does not undo it when the changelog wins") {
  const auto outcome = [](CopyConflict conflict) {
    Bench bench(slow_chunk(
        [&](PlanStep& s) { set<Copy>(s, [&](Copy& copy) { copy.conflict = conflict; }); }));
    lose_the_chunk(bench);
    const std::int64_t loan = bench.any_loan();
    bench.at(millis(2100), [&bench, loan] { bench.pay(Side::source, loan); });
    bench.run_until(seconds(9));
    CHECK(bench.on_source(loan) == "PAID");
    return bench.on_target(loan);
  };
  CHECK(outcome(CopyConflict::changelog_wins) == 20);
  CHECK(outcome(CopyConflict::upsert) == 10);
}

TEST_CASE("a row deleted while its chunk was on its way stays deleted if the changelog wins") {
  const auto surplus = [](CopyConflict conflict) {
    Bench bench(slow_chunk([&](PlanStep& s) {
      set<Copy>(s, [&](Copy& copy) { copy.conflict = conflict; });
      s.services = {library().service("shelf")};
    }));
    lose_the_chunk(bench);
    const Value reader = bench.text(Side::source, "SELECT min(id) FROM reader");
    const Value book = bench.text(Side::source, "SELECT min(id) FROM book");
    bench.call(Side::source, "shelf.add", {{"buyer", reader}, {"item", book}});
    bench.at(millis(2100), [&] { bench.call(Side::source, "shelf.clear", {{"buyer", reader}}); });
    bench.run_until(seconds(9));
    return bench.number(Side::target,
                        "SELECT count(*) FROM basket_line JOIN basket USING (owner) "
                        "WHERE home = 'source'") -
           bench.number(Side::source, "SELECT count(*) FROM shelf_item");
  };
  CHECK(surplus(CopyConflict::changelog_wins) == 0);
  CHECK(surplus(CopyConflict::upsert) > 0);
}

TEST_CASE("what changes between the copy's read and a later capture is lost") {
  const auto outcome = [](Micros capture_at) {
    std::vector<PlanStep> plan = usual();
    plan[0].at = capture_at;
    Bench bench(std::move(plan));
    const std::int64_t loan = bench.any_loan();
    bench.at(seconds(4), [&bench, loan] { bench.pay(Side::source, loan); });
    bench.run_until(seconds(9));
    return bench.on_target(loan);
  };
  CHECK(outcome(seconds(1)) == 20);
  CHECK(outcome(seconds(5)) == 10);
}

TEST_CASE(
    "a straddler that commits after the switch is on the source alone, and nothing pretends") {
  Bench bench(usual(
      [](PlanStep& s) { set<Cutover>(s, [](Cutover& cutover) { cutover.fence.drain = false; }); }));
  straddle(bench, seconds(1), [&] { bench.lend(Side::source, kNew); });
  bench.run_until(seconds(20));
  CHECK(bench.on_target(kNew) == -1);
  const Value key = bench.text(Side::source, "SELECT id FROM loan WHERE idem_key = 100000");
  for (std::size_t m = 0; m < library().moves.size(); ++m) {
    if (library().moves[m].name != "20-loans" || library().moves[m].from != Side::source) continue;
    const std::vector<Handover>* history = bench.custody.history({static_cast<int>(m), key});
    REQUIRE(history != nullptr);
    REQUIRE(history->size() == 1);
    CHECK(history->front().owner == Side::target);
    CHECK_FALSE(history->front().captured);
  }
}

TEST_CASE("callbacks are led on after a cutover only if the plan says so") {
  for (const bool forward : {true, false}) {
    Bench bench(usual([&](PlanStep& s) {
      set<Cutover>(s, [&](Cutover& cutover) { cutover.forward_callbacks = forward; });
    }));
    bench.run_until(seconds(20));
    CHECK(bench.gates->forwards_callbacks(bench.loans_service()) == forward);
  }
}

TEST_CASE("without a reverse stream a rollback leaves behind what the target was told") {
  const auto outcome = [](bool reverse) {
    std::vector<PlanStep> plan = usual([&](PlanStep& s) {
      set<Cutover>(s, [&](Cutover& cutover) { cutover.reverse = reverse; });
    });
    plan.push_back(step(StepKind::rollback, "rollback of loans", seconds(20)));
    Bench bench(std::move(plan));
    bench.at(seconds(15), [&] { bench.lend(Side::target, kNew); });
    bench.run_until(seconds(30));
    CHECK(bench.gates->owner(bench.loans_service()) == Side::source);
    CHECK(bench.on_target(kNew) == 10);
    return bench.on_source(kNew);
  };
  CHECK(outcome(true) == "WAITING");
  CHECK(outcome(false) == "NULL");
}
