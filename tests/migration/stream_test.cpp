#include "tests/migration/bench.h"

using namespace pindah;
using namespace pindah::test;

namespace {

std::vector<PlanStep> capture_copy_apply() {
  return {step(StepKind::capture, "capture of loans", seconds(1)),
          step(StepKind::copy, "copy of loans", seconds(2)),
          step(StepKind::apply, "apply of loans", seconds(2))};
}

// Loans are made, paid and cancelled on the source from `from` on, one write each 7 ms.
void write_for(Bench& bench, Side side, Micros from, int writes, std::int64_t first_idem) {
  for (int i = 0; i < writes; ++i)
    bench.at(from + millis(7) * i, [&bench, side, i, first_idem] {
      const std::int64_t idem = first_idem + i;
      bench.lend(side, idem);
      if (i % 3 == 1) bench.pay(side, idem - 1);
      if (i % 5 == 4) bench.call(side, "loans.cancel", {{"idem", idem - 2}});
    });
}

}  // namespace

TEST_CASE("copy and apply beside a stream of writes leave both sides equal") {
  std::vector<PlanStep> plan = capture_copy_apply();
  plan[1].options<Copy>().chunk = 7;
  Bench bench(std::move(plan));
  write_for(bench, Side::source, millis(1900), 300, 100'000);
  bench.run_until(seconds(30));
  CHECK(bench.number(Side::source, "SELECT count(*) FROM loan") == 420);
  CHECK(bench.loans(Side::source) == bench.loans(Side::target));
}

TEST_CASE("lost messages and a killed platform delay the copy and the stream, and lose nothing") {
  std::vector<PlanStep> plan = capture_copy_apply();
  plan[1].options<Copy>().chunk = 20;
  Bench bench(std::move(plan));
  bench.links->add_loss(LinkId::source_target, 300'000, {});
  write_for(bench, Side::source, millis(1900), 100, 100'000);
  bench.at(millis(2500), [&bench] {
    for (const Work& work : bench.workers[1].kill()) bench.migrator->dropped(work.then);
  });
  bench.at(millis(4500), [&bench] { bench.workers[1].restart(); });
  bench.run_until(seconds(2) + millis(2400));
  CHECK(bench.loans(Side::source) != bench.loans(Side::target));
  bench.run_until(minutes(3));
  CHECK(bench.loans(Side::source) == bench.loans(Side::target));
  CHECK(bench.unfinished().empty());
}

TEST_CASE("platforms that are killed again and again lose no chunk and no change") {
  std::vector<PlanStep> plan = capture_copy_apply();
  plan[1].options<Copy>().chunk = 10;
  Bench bench(std::move(plan));
  write_for(bench, Side::source, millis(1900), 60, 100'000);
  int dropped = 0;
  for (int i = 0; i < 300; ++i)
    bench.at(seconds(2) + millis(17) * i, [&bench, &dropped, i] {
      for (const Work& work : bench.workers[static_cast<std::size_t>(i % 2)].kill()) {
        bench.migrator->dropped(work.then);
        ++dropped;
      }
      bench.workers[static_cast<std::size_t>(i % 2)].restart();
    });
  bench.run_until(minutes(3));
  CHECK(dropped >= 5);
  CHECK(bench.loans(Side::source) == bench.loans(Side::target));
  CHECK(bench.unfinished().empty());
}

TEST_CASE("a reverse stream does not send back what the forward one brought") {
  std::vector<PlanStep> plan = capture_copy_apply();
  plan.push_back(step(StepKind::reverse, "reverse of loans", seconds(3)));
  Bench bench(std::move(plan));
  bench.at(seconds(5), [&] { bench.lend(Side::source, 100'000); });
  bench.run_until(seconds(10));
  CHECK(bench.on_target(100'000) == 10);
  CHECK(bench.source->lsn() == 1);
}

TEST_CASE("what is written on the target after the cutover comes back to the source") {
  std::vector<PlanStep> plan = capture_copy_apply();
  plan.push_back(step(StepKind::cutover, "cutover of loans", seconds(10)));
  Bench bench(std::move(plan));
  write_for(bench, Side::target, seconds(12), 50, 200'000);
  bench.run_until(seconds(30));
  CHECK(bench.number(Side::source, "SELECT count(*) FROM loan WHERE idem_key >= 200000") == 50);
  CHECK(bench.loans(Side::source) == bench.loans(Side::target));
}

TEST_CASE("a rollback brings ownership and everything written meanwhile back") {
  std::vector<PlanStep> plan = capture_copy_apply();
  plan.push_back(step(StepKind::cutover, "cutover of loans", seconds(10)));
  plan.push_back(step(StepKind::rollback, "rollback of loans", seconds(20)));
  Bench bench(std::move(plan));
  write_for(bench, Side::target, seconds(12), 50, 200'000);
  write_for(bench, Side::source, seconds(22), 50, 300'000);
  bench.run_until(seconds(40));
  CHECK(bench.gates->owner(bench.loans_service()) == Side::source);
  CHECK(bench.loans(Side::source) == bench.loans(Side::target));
  CHECK(bench.number(Side::target, "SELECT count(*) FROM lending WHERE idem_key >= 300000") == 50);
}

TEST_CASE("the lag gauge counts from the changelog, also while nothing is applied") {
  std::vector<PlanStep> plan = capture_copy_apply();
  plan[2] = step(StepKind::rename, "rename", seconds(0));
  plan[2].at.reset();
  plan[2].when = {condition("lag(loans) > 5s")};
  plan[2].text = "late";
  Bench bench(std::move(plan));
  bench.at(millis(7300), [&] { bench.lend(Side::source, 100'000); });
  bench.run_until(seconds(12));
  CHECK(bench.front.empty());
  bench.run_until(seconds(13));
  CHECK(bench.front == "late");
}

TEST_CASE("a copy goes no faster than its speed, and its progress is shown") {
  std::vector<PlanStep> plan = capture_copy_apply();
  plan[1].options<Copy>().rows_per_second =
      24;  // 120 loans and 120 requests, and nothing else has a root
  plan[1].options<Copy>().chunk = 12;
  PlanStep half = step(StepKind::rename, "rename", {});
  half.at.reset();
  half.when = {condition("copied(loans) >= 50%")};
  half.text = "half";
  plan.push_back(half);
  Bench bench(std::move(plan));
  bench.run_until(millis(6500));
  CHECK(bench.front.empty());
  bench.run_until(seconds(8));
  CHECK(bench.front == "half");
  CHECK_FALSE(bench.unfinished().empty());
  bench.run_until(seconds(13));
  CHECK(bench.unfinished().empty());
}

TEST_CASE("a copy pauses while its condition holds") {
  std::vector<PlanStep> plan = capture_copy_apply();
  plan[1].options<Copy>().pause_when = {condition("lag(loans) > 1s")};
  plan[1].at = seconds(3);
  plan.pop_back();  // nobody applies: the lag stays
  Bench bench(std::move(plan));
  bench.at(millis(1100), [&] { bench.lend(Side::source, 100'000); });
  bench.run_until(minutes(1));
  CHECK(bench.loans(Side::target) == "none");
  CHECK(
      bench.unfinished() ==
      std::vector<std::string>{"copy of loans was not over at the end: paused since 00:00:03 while "
                               "lag(loans) > 1s"});
}

TEST_CASE("an apply that the target refuses stays stuck, says why, and goes on when it can") {
  Bench bench(capture_copy_apply());
  bench.run_until(seconds(5));
  bench.target->database().exec(
      "CREATE TRIGGER no BEFORE INSERT ON lending BEGIN SELECT "
      "RAISE(ABORT, 'disk is full'); END");
  bench.at(seconds(6), [&] { bench.lend(Side::source, 100'000); });
  bench.run_until(seconds(10));
  CHECK(bench.on_target(100'000) == -1);
  REQUIRE(bench.told(PlanEventKind::waiting, Phase::apply));
  REQUIRE(bench.events.back().setback);
  CHECK(bench.events.back().setback->error.find("disk is full") != std::string::npos);
  bench.target->database().exec("DROP TRIGGER no");
  bench.run_until(seconds(20));
  CHECK(bench.on_target(100'000) == 10);
}

TEST_CASE("a copy that the target refuses stops and says why") {
  Bench bench(capture_copy_apply());
  bench.target->database().exec(
      "CREATE TRIGGER no BEFORE INSERT ON lending BEGIN SELECT "
      "RAISE(ABORT, 'disk is full'); END");
  bench.run_until(minutes(1));
  REQUIRE(bench.unfinished().size() == 1);
  CHECK(bench.unfinished().front().find("copy of loans stopped: disk is full") == 0);
}

TEST_CASE("the custody of a copied root names its chunk, and of a changed one its change") {
  Bench bench(capture_copy_apply());
  const std::int64_t loan = bench.any_loan();
  bench.at(seconds(5), [&] { bench.pay(Side::source, loan); });
  bench.run_until(seconds(9));
  const Value key =
      bench.text(Side::source, "SELECT id FROM loan WHERE idem_key = " + std::to_string(loan));
  int move = -1;
  for (std::size_t m = 0; m < library().moves.size(); ++m)
    if (library().moves[m].root_table == "loan") move = static_cast<int>(m);
  const std::vector<Handover>* history = bench.custody.history({move, key});
  REQUIRE(history != nullptr);
  REQUIRE(history->size() == 3);
  CHECK((*history)[0].writer.kind == WriterKind::chunk);
  CHECK((*history)[0].side == Side::target);
  CHECK((*history)[1].writer.kind == WriterKind::call);
  CHECK((*history)[1].captured);
  CHECK((*history)[2].writer.kind == WriterKind::change);
  CHECK((*history)[2].writer.lsn == (*history)[1].lsn);
}
