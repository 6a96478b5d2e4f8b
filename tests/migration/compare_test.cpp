// What a cutover compares before its fence and under it.
#include "tests/migration/bench.h"

using namespace pindah;
using namespace pindah::test;

namespace {

std::vector<PlanStep> verified_first() {
  std::vector<PlanStep> plan = usual();
  plan.insert(plan.begin() + 3, step(StepKind::verify, "verify of loans", seconds(4)));
  plan[4].at = seconds(30);
  return plan;
}

// How many roots each comparison of the cutover had: "compare 300, verify 0".
std::string compared(const Bench& bench) {
  std::string text;
  for (const PlanEvent& event : bench.events) {
    const bool compares = event.phase == Phase::compare || event.phase == Phase::verify;
    if (event.kind != PlanEventKind::phase || !compares) continue;
    text += (text.empty() ? "" : ", ") + std::string(word_of(event.phase)) + " " +
            std::to_string(event.count);
  }
  return text;
}

void lend_many(Bench& bench, Micros at, std::int64_t count) {
  bench.at(at, [&bench, count] {
    for (std::int64_t i = 0; i < count; ++i) bench.lend(Side::source, kNew + i);
  });
}

// A loan that came over well and went wrong on the target afterwards.
void damage(Bench& bench, Micros at) {
  bench.at(at, [&bench] {
    bench.target->database().exec("UPDATE lending SET amount = amount + 1 WHERE idem_key = " +
                                  std::to_string(kNew));
  });
}

}  // namespace

TEST_CASE("what changed between the last verify and the fence is compared") {
  Bench bench(verified_first());
  lend_many(bench, seconds(20), 1);
  SECTION("it is equal") {
    bench.run_until(seconds(40));
    CHECK(bench.gates->owner(bench.loans_service()) == Side::target);
    // The loan, and its request.
    CHECK(compared(bench) == "verify 2");
  }
  SECTION("it differs, though nothing of it changed under the fence") {
    damage(bench, seconds(25));
    bench.run_until(seconds(40));
    CHECK(bench.gates->owner(bench.loans_service()) == Side::source);
    CHECK(bench.told(PlanEventKind::aborted));
  }
}

TEST_CASE("a verify before the last change is not asked again, and its roots are not compared") {
  Bench bench(verified_first());
  bench.run_until(seconds(40));
  CHECK(compared(bench) == "verify 0");
  CHECK(bench.gates->owner(bench.loans_service()) == Side::target);
}

TEST_CASE("much is compared before the fence closes, and only the rest under it") {
  Bench bench(verified_first());
  lend_many(bench, seconds(20), 150);
  SECTION("it is equal") {
    bench.run_until(seconds(40));
    CHECK(compared(bench) == "compare 300, verify 0");
    CHECK(bench.when(Phase::fence) > bench.when(Phase::compare));
    CHECK(bench.gates->owner(bench.loans_service()) == Side::target);
  }
  SECTION("it differs, and nobody has to wait at a fence for that") {
    damage(bench, seconds(25));
    bench.run_until(seconds(60));
    CHECK(bench.gates->owner(bench.loans_service()) == Side::source);
    CHECK(bench.told(PlanEventKind::aborted));
    CHECK(bench.when(Phase::fence) == kNever);
    CHECK_FALSE(bench.gates->fenced_since(bench.loans_service()));
  }
  SECTION("what changes meanwhile is left for later") {
    lend_many(bench, seconds(30) + millis(10), 0);
    bench.at(seconds(30) + millis(20), [&] { bench.pay(Side::source, kNew); });
    bench.run_until(seconds(40));
    CHECK(compared(bench).starts_with("compare 300, verify 1"));
    CHECK(bench.loans(Side::source) == bench.loans(Side::target));
  }
}

TEST_CASE("a migrator that dies while it compares goes on, for no fence stood closed") {
  Bench bench(verified_first());
  lend_many(bench, seconds(20), 150);
  bench.at(seconds(30) + millis(10), [&] { bench.migrator->die(); });
  bench.at(seconds(32), [&] { bench.migrator->resume(); });
  bench.run_until(seconds(60));
  CHECK(bench.gates->owner(bench.loans_service()) == Side::target);
  CHECK_FALSE(bench.told(PlanEventKind::aborted));
}

TEST_CASE("a cutover of what is not wholly copied is refused where it compares") {
  std::vector<PlanStep> plan = usual();
  plan[1].at = seconds(20);
  SECTION("it compares") {
    Bench bench(std::move(plan));
    bench.run_until(seconds(30));
    CHECK(bench.gates->owner(bench.loans_service()) == Side::source);
    REQUIRE(bench.unfinished().size() == 1);
    CHECK(bench.unfinished().front() == "cutover of loans was skipped: loans is not wholly copied");
  }
  SECTION("it does not, goes ahead and says so") {
    plan[3].options<Cutover>().verify = false;
    Bench bench(std::move(plan));
    bench.run_until(seconds(15));
    CHECK(bench.gates->owner(bench.loans_service()) == Side::target);
    CHECK(bench.told(PlanEventKind::waiting));
  }
}
