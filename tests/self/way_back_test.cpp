// How long a plan can still be rolled back, read from what was written where.
#include "tests/self/rehearsed.h"

using namespace pindah;
using namespace pindah::test;

namespace {

Micros end_of(const Rehearsed& run, const std::string& step, PlanEventKind kind,
              Phase phase = Phase::none) {
  for (const PlanEvent& event : run.result.rehearsed.plan)
    if (event.step == step_id(step) && event.kind == kind && event.phase == phase) return event.at;
  return kNever;
}

}  // namespace

TEST_CASE("what streams back can be rolled back until the old side is retired", "[night]") {
  const Rehearsed run = rehearse_test("lending", 7);
  const WayBack& back = run.result.verdict.way_back;
  CHECK(back.moved);
  CHECK(back.why == "retire of fees");
  CHECK(back.lost == end_of(run, "retire of fees", PlanEventKind::finished));
  CHECK(back.promises > 0);
  CHECK(back.per_minute_milli > 0);
  CHECK(run.result.rehearsed.rows_carried >
        1250 + 910);  // a row at least for each root of the copy
  CHECK(run.result.control.rows_carried == 0);
}

TEST_CASE("without a stream back the first promise on the target is the point of no return",
          "[night]") {
  const Rehearsed run = rehearse_test("lending", 7, {{"plan[cutover of fees].reverse", "false"}});
  const WayBack& back = run.result.verdict.way_back;
  CHECK(run.input.scenario.plan[4].name == "cutover of fees");
  CHECK(back.why == "nothing streams fees back");
  const Micros moved = end_of(run, "cutover of fees", PlanEventKind::phase, Phase::switch_over);
  CHECK(back.lost > moved);
  CHECK(back.lost < moved + minutes(1));
}

TEST_CASE("a plan that moves nothing has nothing to bring back", "[night]") {
  const Rehearsed run = rehearse_test("lending-nothing", 7);
  CHECK_FALSE(run.result.verdict.way_back.moved);
  CHECK(run.result.verdict.way_back.lost == kNever);
  CHECK(run.result.control.rows_carried == 0);
  CHECK(run.result.rehearsed.rows_carried == 0);
}
