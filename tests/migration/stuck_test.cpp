// What a database refuses again and again: it is told once, in the database's own words, it is
// asked less and less often, and the end of the run says that it is so still.
#include "migration/shared.h"
#include "tests/migration/bench.h"

using namespace pindah;
using namespace pindah::test;

namespace {

void refuse_loans(Bench& bench, Side side) {
  const char* const table = side == Side::target ? "lending" : "loan";
  bench.backend(side).database().exec(std::string("CREATE TRIGGER full BEFORE INSERT ON ") + table +
                                      " BEGIN SELECT RAISE(ABORT, 'no room for loans'); END");
}
void allow_loans(Bench& bench, Side side) {
  bench.backend(side).database().exec("DROP TRIGGER full");
}

int times_told(const Bench& bench, PlanEventKind kind) {
  int count = 0;
  for (const PlanEvent& event : bench.events) count += event.kind == kind;
  return count;
}

}  // namespace

TEST_CASE("a refused batch is tried after 1 s, 2 s, 4 s and so on, at most a minute apart") {
  using migration::retry_after;
  CHECK(retry_after(1) == seconds(1));
  CHECK(retry_after(2) == seconds(2));
  CHECK(retry_after(6) == seconds(32));
  CHECK(retry_after(7) == minutes(1));
  CHECK(retry_after(1'000'000) == minutes(1));
}

TEST_CASE("a stream that is stuck is told in the database's words, also at the end") {
  Bench bench(usual());
  bench.scenario.plan.pop_back();
  bench.at(seconds(5), [&] {
    refuse_loans(bench, Side::target);
    bench.lend(Side::source, kNew);
  });
  bench.run_until(minutes(20));
  CHECK(times_told(bench, PlanEventKind::waiting) == 1);
  const auto unfinished = bench.unfinished();
  REQUIRE(unfinished.size() == 1);
  CHECK(unfinished.front().find("apply of loans was stuck at the end, since 00:00:05: no room for "
                                "loans (move 20-loans, root ") == 0);
  bench.at(bench.sim.now, [&] { allow_loans(bench, Side::target); });
  bench.run_until(minutes(22));
  CHECK(bench.on_target(kNew) == kWaiting);
  CHECK(bench.unfinished().empty());
}

TEST_CASE("a stream back that is stuck is a cutover's, and is told as such") {
  Bench bench(usual());
  bench.at(seconds(12), [&] {
    refuse_loans(bench, Side::source);
    bench.lend(Side::target, kNew);
  });
  bench.run_until(minutes(5));
  const auto unfinished = bench.unfinished();
  REQUIRE(unfinished.size() == 1);
  CHECK(unfinished.front().find("the stream of loans back from the target was stuck at the end") ==
        0);
  for (const PlanEvent& event : bench.events)
    if (event.kind == PlanEventKind::waiting) CHECK(event.step == step_id("cutover of loans"));
}

TEST_CASE("second writes that are refused are told at the end, until one comes through") {
  Bench bench({step(StepKind::dual_write, "twice", seconds(1))});
  bench.at(seconds(2), [&] {
    refuse_loans(bench, Side::target);
    bench.lend(Side::source, kNew);
  });
  bench.run_until(minutes(5));
  const auto unfinished = bench.unfinished();
  REQUIRE(unfinished.size() == 1);
  CHECK(unfinished.front().find("a second write of loans was stuck at the end, since 00:00:02: no "
                                "room for loans") == 0);
  bench.at(bench.sim.now, [&] { allow_loans(bench, Side::target); });
  bench.run_until(minutes(7));
  CHECK(bench.on_target(kNew) == kWaiting);
  CHECK(bench.unfinished().empty());
}

TEST_CASE("a copy that pauses says so, and since when at the end") {
  PlanStep copy = step(StepKind::copy, "copy of loans", seconds(2));
  copy.options<Copy>().pause_when = {condition("in_flight(loans, source) == 0")};
  Bench bench({copy});
  bench.run_until(seconds(30));
  CHECK(times_told(bench, PlanEventKind::waiting) == 1);
  REQUIRE(bench.unfinished().size() == 1);
  CHECK(bench.unfinished().front() ==
        "copy of loans was not over at the end: paused since 00:00:02 while "
        "in_flight(loans, source) == 0");
}
