// Dual writes, with each of their choices flipped.
#include "tests/migration/bench.h"

using namespace pindah;
using namespace pindah::test;

namespace {

using Twist = std::function<void(PlanStep&)>;

std::vector<PlanStep> twice(const Twist& change = {}) {
  PlanStep dual = step(StepKind::dual_write, "dual_write of loans", seconds(1));
  if (change) change(dual);
  return {dual, step(StepKind::copy, "copy of loans", seconds(2))};
}

}  // namespace

TEST_CASE("an answer waits for the second write where they are in step, and not behind it") {
  for (const bool sync : {true, false}) {
    Bench bench(twice([&](PlanStep& s) {
      s.options<WriteTwice>().mode = sync ? DualMode::sync : DualMode::async;
    }));
    bench.at(seconds(5), [&] { bench.lend(Side::source, kNew); });
    bench.run_until(seconds(6));
    CHECK(bench.waits == sync);
    CHECK(bench.on_target(kNew) == kWaiting);
    REQUIRE(bench.answers.size() == (sync ? 1 : 0));
    if (!sync) continue;
    CHECK(bench.answers[0].second);
    // There and back over the link, and the write itself.
    CHECK(bench.answers[0].first - seconds(5) >= millis(23));
    CHECK(bench.answers[0].first - seconds(5) < millis(25));
  }
}

TEST_CASE("a second write that fails is tried again, forgotten, or an error, as the plan says") {
  const auto outcome = [](HalfWrite half) {
    Bench bench(twice([&](PlanStep& s) { s.options<WriteTwice>().half_write = half; }));
    cut(bench, seconds(5), seconds(8));
    bench.at(seconds(6), [&] { bench.lend(Side::source, kNew); });
    bench.run_until(seconds(20));
    REQUIRE(bench.answers.size() == 1);
    CHECK(bench.on_source(kNew) == "WAITING");
    return std::pair(bench.answers[0], bench.on_target(kNew));
  };
  const auto retry = outcome(HalfWrite::retry);
  CHECK(retry.first.second);
  CHECK(retry.first.first > seconds(8));
  CHECK(retry.second == kWaiting);
  const auto ignore = outcome(HalfWrite::ignore);
  CHECK(ignore.first.second);
  CHECK(ignore.first.first < seconds(8));
  CHECK(ignore.second == kAbsent);
  const auto fail = outcome(HalfWrite::fail);
  CHECK_FALSE(fail.first.second);
  CHECK(fail.second == kAbsent);
}

TEST_CASE("when every slot is taken, a second write waits for one or is dropped") {
  const auto outcome = [](WhenBusy busy) {
    Bench bench(twice([&](PlanStep& s) {
      s.options<WriteTwice>().mode = DualMode::async;
      s.options<WriteTwice>().slots = 1;
      s.options<WriteTwice>().when_busy = busy;
    }));
    bench.at(seconds(5), [&] {
      bench.lend(Side::source, kNew);
      bench.lend(Side::source, kNew + 1);
    });
    bench.run_until(seconds(10));
    CHECK(bench.on_target(kNew) == kWaiting);
    return bench.on_target(kNew + 1);
  };
  CHECK(outcome(WhenBusy::wait) == kWaiting);
  CHECK(outcome(WhenBusy::drop) == kAbsent);
}

TEST_CASE("of two writes of a row the newer stays, unless whichever comes last does") {
  const auto outcome = [](bool ordered) {
    Bench bench(twice([&](PlanStep& s) {
      s.options<WriteTwice>().mode = DualMode::async;
      s.options<WriteTwice>().ordered = ordered;
    }));
    cut(bench, seconds(5) - millis(1), seconds(5) + millis(1));  // the first is sent again later
    bench.at(seconds(5), [&] { bench.lend(Side::source, kNew); });
    bench.at(seconds(5) + millis(10), [&] { bench.pay(Side::source, kNew); });
    bench.run_until(seconds(10));
    return bench.on_target(kNew);
  };
  CHECK(outcome(true) == kPaid);
  CHECK(outcome(false) == kWaiting);
}

TEST_CASE("a copied chunk that comes late leaves alone what has been written twice meanwhile") {
  Bench bench(twice());
  cut(bench, millis(2014), millis(2016));
  const std::int64_t loan = bench.any_loan();
  bench.at(millis(2100), [&] { bench.pay(Side::source, loan); });
  bench.run_until(seconds(9));
  CHECK(bench.on_target(loan) == kPaid);
  CHECK(bench.loans(Side::source) == bench.loans(Side::target));
}

TEST_CASE("a cutover waits for second writes, and from then on the target is written first") {
  std::vector<PlanStep> plan =
      twice([](PlanStep& s) { s.options<WriteTwice>().mode = DualMode::async; });
  plan.push_back(step(StepKind::cutover, "cutover of loans", seconds(10)));
  plan.back().options<Cutover>().reverse = false;
  plan.back().options<Cutover>().fence.freeze_at_most = seconds(5);
  plan.push_back(step(StepKind::rollback, "rollback of loans", seconds(20)));
  Bench bench(std::move(plan));
  cut(bench, seconds(9), seconds(12));
  bench.at(seconds(10) - millis(1), [&] { bench.lend(Side::source, kNew); });
  bench.at(seconds(15), [&] { bench.lend(Side::target, kNew + 1); });
  bench.run_until(seconds(11));
  CHECK(bench.gates->owner(bench.loans_service()) == Side::source);
  bench.run_until(seconds(16));
  CHECK(bench.gates->owner(bench.loans_service()) == Side::target);
  CHECK(bench.on_target(kNew) == kWaiting);
  CHECK(bench.on_source(kNew + 1) == "WAITING");
  bench.run_until(seconds(30));
  CHECK(bench.gates->owner(bench.loans_service()) == Side::source);
  CHECK(bench.loans(Side::source) == bench.loans(Side::target));
}

TEST_CASE("who is made the authority owns the service at once, without a fence") {
  std::vector<PlanStep> plan = twice();
  plan.push_back(step(StepKind::dual_write, "target first", seconds(10)));
  plan.back().options<WriteTwice>().authoritative = Side::target;
  Bench bench(std::move(plan));
  bench.run_until(seconds(10));
  CHECK(bench.gates->owner(bench.loans_service()) == Side::target);
  CHECK_FALSE(bench.told(PlanEventKind::phase, Phase::fence));
}

TEST_CASE("after its end a write goes to its owner alone") {
  std::vector<PlanStep> plan = twice();
  plan.push_back(step(StepKind::dual_write, "no more", seconds(10)));
  plan.back().options<WriteTwice>().on = false;
  Bench bench(std::move(plan));
  bench.at(seconds(11), [&] { bench.lend(Side::source, kNew); });
  bench.run_until(seconds(20));
  CHECK_FALSE(bench.waits);
  CHECK(bench.on_target(kNew) == kAbsent);
}

TEST_CASE("the death of the migrator stops no second write") {
  Bench bench(twice());
  bench.at(seconds(4), [&] { bench.migrator->die(); });
  bench.at(seconds(5), [&] { bench.lend(Side::source, kNew); });
  bench.run_until(seconds(6));
  CHECK(bench.on_target(kNew) == kWaiting);
  CHECK(bench.answers.size() == 1);
}
