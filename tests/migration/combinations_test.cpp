// However the steps of a plan overlap, each comes to an answer: it is done, was stopped, or is told
// as what had not ended.
#include <algorithm>
#include <random>

#include "scenario/steps/shadow_read.h"
#include "tests/migration/bench.h"

using namespace pindah;
using namespace pindah::test;

namespace {

ServiceId named(const char* service) { return library().service(service); }

PlanStep of(PlanStep made, std::vector<const char*> services) {
  made.services.clear();
  for (const char* service : services) made.services.push_back(named(service));
  return made;
}

PlanStep slow(PlanStep copy, std::int64_t rows_per_second, int chunk) {
  copy.options<Copy>().rows_per_second = rows_per_second;
  copy.options<Copy>().chunk = chunk;
  return copy;
}

PlanStep under_fence(PlanStep cutover) {
  Cutover& options = cutover.options<Cutover>();
  options.copy = CopyWhen::under_fence;
  options.reverse = false;
  options.fence.freeze_at_most = seconds(30);
  return cutover;
}

int told_of(const Bench& bench, const char* step, PlanEventKind kind) {
  return static_cast<int>(std::count_if(
      bench.events.begin(), bench.events.end(),
      [&](const PlanEvent& event) { return event.step == step_id(step) && event.kind == kind; }));
}

Micros first(const Bench& bench, const char* step, PlanEventKind kind) {
  for (const PlanEvent& event : bench.events)
    if (event.step == step_id(step) && event.kind == kind) return event.at;
  return kNever;
}

bool both_equal(Bench& bench) { return bench.loans(Side::source) == bench.loans(Side::target); }

}  // namespace

TEST_CASE("two copies of a service at once are made one after the other") {
  Bench bench({slow(step(StepKind::copy, "first", seconds(2)), 0, 7),
               slow(step(StepKind::copy, "second", seconds(2)), 0, 11)});
  bench.run_until(seconds(60));
  for (const char* name : {"first", "second"})
    CHECK(told_of(bench, name, PlanEventKind::finished) == 1);
  CHECK(first(bench, "second", PlanEventKind::started) >=
        first(bench, "first", PlanEventKind::finished));
  CHECK(both_equal(bench));
  CHECK(bench.unfinished().empty());
}

TEST_CASE("a copy beside that of several services leaves nothing of them out") {
  Bench bench({of(slow(step(StepKind::copy, "both", seconds(2)), 20, 10), {"shelf", "loans"}),
               slow(step(StepKind::copy, "again", seconds(3)), 1, 1),
               of(step(StepKind::verify, "verify", seconds(50)), {"shelf", "loans"})});
  bench.run_until(minutes(1));
  CHECK(both_equal(bench));
  CHECK(told_of(bench, "both", PlanEventKind::finished) == 1);
  // The other is under way, and not told as done.
  bench.run_until(seconds(70));
  REQUIRE(bench.unfinished().size() == 1);
  CHECK(bench.unfinished().front() == "again was not over at the end");
}

TEST_CASE("a copy under the fence waits for the copy that is under way, and copies everything") {
  Bench bench({slow(step(StepKind::copy, "slow", seconds(2)), 20, 10),
               under_fence(step(StepKind::cutover, "knife", seconds(3)))});
  bench.at(seconds(5), [&] { bench.lend(Side::source, kNew); });
  bench.run_until(seconds(4));
  CHECK_FALSE(bench.gates->fenced_since(bench.loans_service()));
  bench.run_until(minutes(2));
  CHECK(bench.gates->owner(bench.loans_service()) == Side::target);
  CHECK(bench.on_target(kNew) == kWaiting);
  CHECK(both_equal(bench));
}

TEST_CASE("a copy that comes during a cutover waits until the fence is open") {
  Bench bench({under_fence(step(StepKind::cutover, "knife", seconds(3))),
               slow(step(StepKind::copy, "late", seconds(3)), 0, 100)});
  bench.run_until(minutes(1));
  CHECK(first(bench, "late", PlanEventKind::started) >=
        first(bench, "knife", PlanEventKind::finished));
  CHECK(bench.unfinished().empty());
}

TEST_CASE("a step that waited for another to the end says so") {
  Bench bench({slow(step(StepKind::copy, "slow", seconds(2)), 1, 1),
               slow(step(StepKind::copy, "second", seconds(3)), 0, 100)});
  bench.run_until(seconds(20));
  REQUIRE(bench.unfinished().size() == 2);
  CHECK(bench.unfinished()[1] ==
        "second never started: another step was at work on the same services");
}

TEST_CASE("after a rollback a cutover under the fence copies anew what changed meanwhile") {
  PlanStep back = step(StepKind::rollback, "back", seconds(20));
  back.options<Rollback>().failback = false;
  Bench bench({under_fence(step(StepKind::cutover, "there", seconds(3))), back,
               step(StepKind::reverse, "no stream", seconds(25)),
               under_fence(step(StepKind::cutover, "there again", seconds(40)))});
  bench.scenario.plan[2].options<Reverse>().on = false;
  bench.at(seconds(30), [&] { bench.lend(Side::source, kNew); });
  bench.run_until(minutes(2));
  CHECK(bench.gates->owner(bench.loans_service()) == Side::target);
  CHECK(bench.on_target(kNew) == kWaiting);
}

TEST_CASE("a capture, an apply or shadow reads that come twice take over, and end once each") {
  std::vector<PlanStep> plan{step(StepKind::capture, "capture", seconds(1)),
                             step(StepKind::capture, "again", seconds(1)),
                             step(StepKind::copy, "copy", seconds(2)),
                             step(StepKind::apply, "apply", seconds(2)),
                             step(StepKind::apply, "apply faster", seconds(3)),
                             step(StepKind::shadow_read, "shadow", seconds(4)),
                             step(StepKind::shadow_read, "shadow again", seconds(4)),
                             step(StepKind::cutover, "cutover", seconds(10))};
  Bench bench(std::move(plan));
  bench.at(seconds(5), [&] { bench.lend(Side::source, kNew); });
  bench.run_until(seconds(30));
  for (const char* name : {"capture", "again", "apply", "apply faster", "shadow", "cutover"})
    CHECK(told_of(bench, name, PlanEventKind::finished) == 1);
  CHECK(bench.on_target(kNew) == kWaiting);
  CHECK(bench.unfinished().empty());
}

TEST_CASE("what is retired stays so, whatever is retired after it") {
  PlanStep gently = step(StepKind::retire, "gently", seconds(3));
  gently.options<Retire>().read_only_first = seconds(30);
  Bench bench({step(StepKind::retire, "at once", seconds(2)), gently});
  bench.run_until(seconds(10));
  Knock reading = bench.writing(Side::source);
  reading.writes = false;
  CHECK(bench.gates->ask(reading, bench.sim.now) == Admission::retired);
}

TEST_CASE("a share is not cut over from the source once the target has become the owner") {
  std::vector<PlanStep> plan = usual([](PlanStep& s) {
    if (s.as<Cutover>() == nullptr) return;
    s.options<Cutover>().share_ppm = 200'000;
    s.options<Cutover>().fence.freeze_at_most = seconds(20);
  });
  PlanStep flip = step(StepKind::dual_write, "flip", seconds(10) + millis(1));
  flip.options<WriteTwice>().authoritative = Side::target;
  plan.push_back(flip);
  Bench bench(std::move(plan));
  bench.run_until(minutes(1));
  CHECK(told_of(bench, "cutover of loans", PlanEventKind::aborted) == 1);
  CHECK_FALSE(bench.gates->fenced_since(bench.loans_service()));
}

namespace {

class Drawn {
 public:
  explicit Drawn(unsigned seed) : random_(seed) {}
  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  bool one_in(int n) { return below(n) == 0; }

  // Steps of any kind at any instant of the first half a minute, of any of two services; many at
  // the same one.
  std::vector<PlanStep> plan() {
    std::vector<PlanStep> plan;
    const int steps = 3 + below(9);
    for (int i = 0; i < steps; ++i) {
      const Micros at = one_in(3) && i > 0 ? *plan.back().at : millis(500 * below(60));
      PlanStep made = step(kinds_[below(kKinds)], "step " + std::to_string(i), at);
      if (one_in(3)) made = of(made, {"shelf"});
      if (one_in(3)) made = of(made, {"shelf", "loans"});
      vary(made);
      plan.push_back(std::move(made));
    }
    return plan;
  }

 private:
  void vary(PlanStep& made) {
    set<Copy>(made, [&](Copy& copy) {
      copy.chunk = 1 + below(100);
      copy.rows_per_second = below(3) * 30;
      copy.locking = one_in(3);
    });
    set<Cutover>(made, [&](Cutover& cutover) {
      if (one_in(2)) cutover.copy = CopyWhen::under_fence;
      if (one_in(4)) cutover.share_ppm = 300'000;
      cutover.verify = !one_in(3);
      cutover.reverse = one_in(2);
      vary(cutover.fence);
    });
    set<Rollback>(made, [&](Rollback& rollback) {
      rollback.failback = !one_in(3);
      vary(rollback.fence);
    });
    set<WriteTwice>(made, [&](WriteTwice& twice) {
      twice.on = !one_in(3);
      if (one_in(3)) twice.authoritative = one_in(2) ? Side::target : Side::source;
    });
    set<ReadTwice>(made, [&](ReadTwice& twice) { twice.on = !one_in(3); });
    set<Reverse>(made, [&](Reverse& reverse) { reverse.on = !one_in(3); });
    set<Route>(made, [&](Route& route) {
      route.reads_ppm = 100'000 * below(11);
      if (one_in(2)) route.writes_ppm = 100'000 * below(11);
      route.over = seconds(below(20));
    });
    set<Retire>(made, [&](Retire& retire) { retire.read_only_first = seconds(below(2) * 5); });
  }
  void vary(Fence& fence) {
    fence.at_limit = one_in(2) ? AtLimit::abort : AtLimit::go_on;
    fence.freeze_at_most = millis(200 + 500 * below(10));
  }

  static constexpr StepKind kinds_[] = {StepKind::capture,    StepKind::copy,
                                        StepKind::copy,       StepKind::apply,
                                        StepKind::verify,     StepKind::cutover,
                                        StepKind::cutover,    StepKind::rollback,
                                        StepKind::reverse,    StepKind::route,
                                        StepKind::dual_write, StepKind::shadow_read,
                                        StepKind::retire,     StepKind::forward_callbacks};
  static constexpr int kKinds = static_cast<int>(std::size(kinds_));
  std::mt19937 random_;
};

// Kinds that go on after they have begun, until another step ends them.
bool lasts(StepKind kind) {
  return kind == StepKind::capture || kind == StepKind::apply || kind == StepKind::dual_write ||
         kind == StepKind::shadow_read;
}

// What became of a step; empty: nothing was ever said.
std::string answer(const Bench& bench, const PlanStep& step) {
  const StepId id = step_id(step.name);
  for (const Unfinished& one : bench.migrator->unfinished())
    if (one.step == id) return "unfinished";
  for (const PlanEvent& event : bench.events) {
    if (event.step != id) continue;
    if (event.kind == PlanEventKind::finished) return "finished";
    if (event.kind == PlanEventKind::aborted || event.kind == PlanEventKind::skipped)
      return "stopped";
  }
  return lasts(step.kind) && told_of(bench, step.name.c_str(), PlanEventKind::started) == 1
             ? "goes on"
             : "";
}

}  // namespace

TEST_CASE("any steps at any instants come to an answer") {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    INFO("seed " << seed);
    Drawn drawn(seed);
    Bench bench(drawn.plan());
    for (int i = 0; i < 12; ++i)
      bench.at(millis(777) * drawn.below(50), [&, i] {
        const Side owner = bench.gates->owner(bench.loans_service());
        bench.lend(owner, kNew + i);
      });
    if (drawn.one_in(4)) {
      const Micros from = millis(500 * drawn.below(40));
      bench.at(from, [&] { bench.migrator->die(); });
      bench.at(from + seconds(3), [&] { bench.migrator->resume(); });
    }
    std::string threw;
    try {
      bench.run_until(minutes(3));
    } catch (const std::exception& e) {
      threw = e.what();
    }
    CHECK(threw == "");
    for (const PlanStep& step : bench.scenario.plan) {
      INFO(step.name << ", " << step_words()[static_cast<std::size_t>(step.kind)]);
      CHECK(answer(bench, step) != "");
    }
  }
}
