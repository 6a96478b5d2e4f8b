#include "tests/migration/bench.h"

using namespace pindah;
using namespace pindah::test;

namespace {

std::vector<PlanStep> verified_plan() {
  std::vector<PlanStep> plan{step(StepKind::capture, "capture of loans", seconds(1)),
                             step(StepKind::copy, "copy of loans", seconds(2)),
                             step(StepKind::apply, "apply of loans", seconds(2)),
                             step(StepKind::verify, "verify of loans", seconds(10)),
                             step(StepKind::rename, "rename", {})};
  plan[3].options<Verify>().chunk = 13;
  plan[4].at.reset();
  plan[4].when = {condition("verified(loans)")};
  plan[4].text = "verified";
  return plan;
}

// What the verify said in the end.
std::string verdict(const Bench& bench) {
  for (const PlanEvent& event : bench.events)
    if (event.phase == Phase::verified) return PlanWords(library(), bench.scenario).sentence(event);
  return "nothing";
}

std::string verdict_after(const std::string& damage) {
  Bench bench(verified_plan());
  bench.at(seconds(9), [&] { bench.target->database().exec(damage); });
  bench.run_until(minutes(2));
  CHECK(bench.front == (verdict(bench).find("all equal") != std::string::npos ? "verified" : ""));
  return verdict(bench);
}

}  // namespace

TEST_CASE("equal sides are verified") {
  Bench bench(verified_plan());
  bench.run_until(minutes(1));
  CHECK(verdict(bench) == "loans: 240 roots, all equal");
  CHECK(bench.front == "verified");
}

TEST_CASE("a wrong, a missing and a surplus row are each found") {
  CHECK(verdict_after("UPDATE lending SET amount = amount + 1 WHERE lending_no = (SELECT "
                      "max(lending_no) FROM lending WHERE home = 'source')")
            .find("1 of 240 roots differ") != std::string::npos);
  CHECK(verdict_after("DELETE FROM lending_request WHERE idem_key = (SELECT min(idem_key) FROM "
                      "lending_request WHERE home = 'source')")
            .find("1 of 240 roots differ") != std::string::npos);
  CHECK(verdict_after("INSERT INTO lending_request VALUES (9999999, 'source', 0)")
            .find("30-loan_requests 9999999 differs") != std::string::npos);
  CHECK(verdict_after("INSERT INTO lending_request VALUES (-9999999, 'source', 0)")
            .find("30-loan_requests -9999999 differs") != std::string::npos);
}

TEST_CASE("each column that a move checks is compared, alone") {
  struct Damage {
    const char* column;  // of the move's check
    std::string set;     // on the target, for one loan
  };
  const std::string some =
      " WHERE lending_no = (SELECT max(lending_no) FROM lending WHERE home = "
      "'source' AND state = 20)";
  const std::vector<Damage> all{
      {"reader_id", "UPDATE lending SET borrower = 'nobody'" + some},
      {"status", "UPDATE lending SET state = 30" + some},
      {"total", "UPDATE lending SET amount = amount + 1" + some},
      {"create_time", "UPDATE lending SET placed_at = '2024-01-01T00:00:00Z'" + some},
      {"paid_time", "UPDATE lending SET paid_at = '2024-01-01T00:00:00Z'" + some},
      {"idem_key", "UPDATE lending SET idem_key = -9999999" + some},
      {"pickup", "UPDATE lending SET pickup = 'nowhere'" + some},
      {"lines", "UPDATE lending_line SET quantity = quantity + 1" + some}};
  std::vector<std::string> columns{"_key"};
  for (const Damage& damage : all) {
    INFO(damage.column);
    columns.emplace_back(damage.column);
    CHECK(verdict_after(damage.set).find("1 of 240 roots differ") != std::string::npos);
  }
  for (const Move& move : library().moves)
    if (move.name == "20-loans" && move.from == Side::source) CHECK(move.columns == columns);
}

TEST_CASE("rows of the target's own people are nobody's difference") {
  CHECK(verdict_after("INSERT INTO lending_request VALUES (-9999999, 'target', 0)") ==
        "loans: 240 roots, all equal");
}

TEST_CASE("what a copy without a capture missed is found") {
  std::vector<PlanStep> plan = verified_plan();
  plan.erase(plan.begin());
  Bench bench(std::move(plan));
  bench.at(seconds(5), [&] { bench.lend(Side::source, 100'000); });
  bench.run_until(minutes(1));
  CHECK(verdict(bench).find("2 of 242 roots differ") != std::string::npos);
  CHECK(bench.unfinished() ==
        std::vector<std::string>{"rename never started: verified(loans) was false; 2 rows of "
                                 "loans differed, the first: " +
                                 verdict(bench).substr(verdict(bench).find("20-loans"))});
}

TEST_CASE("rows that change all the time while they are compared are no difference") {
  std::vector<PlanStep> plan = verified_plan();
  plan[3].options<Verify>().chunk = 500;  // so that all its looks fall into the time of the writes
  Bench bench(std::move(plan));
  const std::int64_t loan = bench.any_loan();
  // The way is long, and a write on the same root comes every 10 to 30 ms: something of it is on
  // its way at every look of the first ten seconds.
  bench.links->add_delay(LinkId::source_target, millis(200));
  for (int i = 0; i < 600; ++i)
    bench.at(seconds(9) + millis(20) * i + Micros{(i * 7919) % 10'000}, [&bench, loan, i] {
      Statement write(bench.source->database(),
                      "UPDATE loan SET paid_time = " + std::to_string(i + 1) +
                          " WHERE idem_key = " + std::to_string(loan));
      const Ran ran = bench.source->transact(bench.loans_service(), bench.sim.now, Writer{},
                                             [&write] { write.step(); });
      write.reset();
      REQUIRE(ran.end == RanEnd::ok);
    });
  bench.run_until(minutes(2));
  CHECK(verdict(bench) == "loans: 240 roots, all equal");
}

TEST_CASE("after the cutover a verify is skipped and says so") {
  std::vector<PlanStep> plan = verified_plan();
  plan[3].at = seconds(20);
  plan[4] = step(StepKind::cutover, "cutover of loans", seconds(10));
  Bench bench(std::move(plan));
  bench.run_until(minutes(1));
  CHECK(bench.unfinished() ==
        std::vector<std::string>{"verify of loans was skipped: loans is owned by the target"});
}

TEST_CASE("a verify that its service's cutover overtakes is given up") {
  std::vector<PlanStep> plan = verified_plan();
  plan[3].at = millis(9900);
  plan[3].options<Verify>().chunk = 1;
  plan[4] = step(StepKind::cutover, "cutover of loans", seconds(10));
  Bench bench(std::move(plan));
  bench.run_until(minutes(1));
  CHECK(verdict(bench) == "nothing");
  CHECK(bench.unfinished() ==
        std::vector<std::string>{"verify of loans was given up: its owner changed meanwhile"});
}
