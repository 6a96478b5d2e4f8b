#include "tests/migration/bench.h"

using namespace pindah;
using namespace pindah::test;

namespace {

std::vector<PlanStep> cutover(const std::function<void(PlanStep&)>& change) {
  std::vector<PlanStep> plan = usual();
  change(plan.back());
  return plan;
}

std::vector<Phase> phases(const Bench& bench) {
  std::vector<Phase> all;
  for (const PlanEvent& event : bench.events)
    if (event.kind == PlanEventKind::phase && event.step == step_id("cutover of loans"))
      all.push_back(event.phase);
  return all;
}

}  // namespace

TEST_CASE("a cutover tells its phases in their order") {
  Bench bench(usual());
  bench.at(seconds(10) - millis(1), [&] { bench.lend(Side::source, 100'000); });
  bench.run_until(seconds(20));
  CHECK(phases(bench) == std::vector<Phase>{Phase::fence, Phase::drain, Phase::position,
                                            Phase::catch_up, Phase::verify, Phase::switch_over,
                                            Phase::release});
  CHECK(bench.on_target(100'000) == 10);
  CHECK_FALSE(bench.gates->fenced_since(bench.loans_service()));
}

TEST_CASE("a cutover that cannot drain is aborted at its limit, and nothing acts later") {
  Bench bench(
      cutover([](PlanStep& s) { s.options<Cutover>().fence.freeze_at_most = millis(200); }));
  bench.at(seconds(9), [&] { bench.gates->entered(bench.writing(Side::source)); });
  bench.run_until(seconds(10) + millis(199));
  CHECK(bench.gates->fenced_since(bench.loans_service()) == seconds(10));
  bench.run_until(seconds(10) + millis(200));
  CHECK_FALSE(bench.gates->fenced_since(bench.loans_service()));
  CHECK(bench.gates->owner(bench.loans_service()) == Side::source);
  CHECK(bench.told(PlanEventKind::aborted));
  // The write goes through at last; the source goes on, and so does the stream.
  bench.at(seconds(11), [&] {
    bench.lend(Side::source, 100'000);
    bench.gates->left(bench.writing(Side::source));
  });
  bench.run_until(seconds(30));
  CHECK(bench.gates->owner(bench.loans_service()) == Side::source);
  CHECK(bench.on_target(100'000) == 10);
  CHECK(bench.unfinished() ==
        std::vector<std::string>{
            "cutover of loans was aborted (drain): the freeze reached its limit of 200ms"});
}

TEST_CASE("an abort while catching up leaves the applier without a stop position") {
  Bench bench(cutover([](PlanStep& s) { s.options<Cutover>().fence.freeze_at_most = millis(20); }));
  bench.at(seconds(10) - millis(2), [&] { bench.lend(Side::source, 100'000); });
  bench.at(seconds(12), [&] { bench.lend(Side::source, 100'001); });
  bench.run_until(seconds(20));
  REQUIRE(bench.told(PlanEventKind::aborted, Phase::catch_up));
  CHECK(bench.on_target(100'000) == 10);
  CHECK(bench.on_target(100'001) == 10);
}

TEST_CASE("a cutover that may go on beyond its limit does") {
  Bench bench(cutover([](PlanStep& s) {
    s.options<Cutover>().fence.freeze_at_most = millis(20);
    s.options<Cutover>().fence.at_limit = AtLimit::go_on;
  }));
  bench.at(seconds(10) - millis(2), [&] { bench.lend(Side::source, 100'000); });
  bench.run_until(seconds(20));
  CHECK(bench.told(PlanEventKind::waiting, Phase::catch_up));
  CHECK(bench.gates->owner(bench.loans_service()) == Side::target);
  CHECK(bench.on_target(100'000) == 10);
}

TEST_CASE("a cutover that caught up wrongly is aborted before the switch") {
  Bench bench(usual());
  bench.at(seconds(10) - millis(2), [&] { bench.lend(Side::source, 100'000); });
  bench.run_until(seconds(9));
  bench.target->database().exec(
      "CREATE TRIGGER bad AFTER INSERT ON lending BEGIN UPDATE lending SET "
      "amount = amount + 1 WHERE lending_no = new.lending_no; END");
  bench.run_until(seconds(20));
  CHECK(bench.told(PlanEventKind::aborted, Phase::verify));
  CHECK(bench.gates->owner(bench.loans_service()) == Side::source);
  CHECK_FALSE(bench.gates->fenced_since(bench.loans_service()));
}

TEST_CASE("a knife-edge plan copies everything under the fence") {
  std::vector<PlanStep> plan{step(StepKind::cutover, "cutover of loans", seconds(10))};
  Cutover& knife = plan.front().options<Cutover>();
  knife.copy = CopyWhen::under_fence;
  knife.reverse = false;
  knife.fence.freeze_at_most = seconds(30);
  Bench bench(std::move(plan));
  bench.run_until(seconds(9));
  CHECK(bench.loans(Side::target) == "none");
  bench.run_until(seconds(20));
  CHECK(bench.gates->owner(bench.loans_service()) == Side::target);
  CHECK(bench.loans(Side::source) == bench.loans(Side::target));
}

TEST_CASE("a step whose need is not met is skipped and named") {
  Bench bench(cutover([](PlanStep& s) { s.needs = {condition("verified(loans)")}; }));
  bench.run_until(seconds(20));
  CHECK(bench.told(PlanEventKind::skipped));
  CHECK(bench.gates->owner(bench.loans_service()) == Side::source);
  REQUIRE(bench.unfinished().size() == 1);
  CHECK(bench.unfinished().front() ==
        "cutover of loans was skipped: it needs verified(loans), but verified(loans) was false; "
        "loans was not verified");
}

TEST_CASE("what was verified before a change of owner is not verified after it") {
  std::vector<PlanStep> plan = usual();
  plan.push_back(step(StepKind::verify, "verify of loans", seconds(5)));
  plan.push_back(step(StepKind::rename, "rename before", seconds(9)));
  plan.push_back(step(StepKind::rename, "rename after", seconds(15)));
  for (const std::size_t i : {5U, 6U}) plan[i].needs = {condition("verified(loans)")};
  Bench bench(std::move(plan));
  bench.run_until(seconds(20));
  REQUIRE(bench.unfinished().size() == 1);
  CHECK(bench.unfinished().front().find("rename after was skipped") == 0);
}

TEST_CASE("a condition must hold as long as it says before its step starts") {
  std::vector<PlanStep> plan = usual();
  plan[3].at.reset();
  plan[3].when = {condition("lag(loans) < 1s for 20s")};
  Bench bench(std::move(plan));
  bench.run_until(millis(20'900));
  CHECK(bench.gates->owner(bench.loans_service()) == Side::source);
  bench.run_until(seconds(25));
  CHECK(bench.gates->owner(bench.loans_service()) == Side::target);
}

TEST_CASE("two services switch in the same instant, and callbacks and routes are set") {
  std::vector<PlanStep> plan = usual();
  for (PlanStep& s : plan) s.services.push_back(library().service("fees"));
  PlanStep route = step(StepKind::route, "route", seconds(4));
  route.options<Route>().reads_ppm = 500'000;
  route.options<Route>().over = seconds(4);
  plan.push_back(route);
  plan.push_back(step(StepKind::retire, "retire", seconds(15)));
  Bench bench(std::move(plan));
  bench.run_until(seconds(5));
  CHECK(bench.gates->led_reads(bench.loans_service())->ppm == 125'000);
  bench.run_until(seconds(9));
  CHECK(bench.gates->led_reads(bench.loans_service())->ppm == 500'000);
  bench.run_until(seconds(20));
  CHECK(bench.gates->owner(library().service("fees")) == Side::target);
  CHECK(bench.gates->owner(library().service("loans")) == Side::target);
  CHECK(bench.gates->retired(library().service("loans"), Side::source));
  CHECK_FALSE(bench.gates->retired(library().service("loans"), Side::target));
}
