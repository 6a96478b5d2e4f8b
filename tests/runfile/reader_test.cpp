#include "runfile/reader.h"

#include <catch2/catch.hpp>

#include "runfile/writer.h"
#include "tests/command/program.h"
#include "tests/report/sample.h"

using namespace pindah;
using namespace pindah::test;

namespace {

RunFile written(Sample& sample) {
  sample.result.comparison.noticers.clear();  // nobody lived these lives
  const Folder folder;
  Problems problems;
  auto run = RunFile::open(folder.write("a.pindah", run_piece(sample.input())), problems);
  INFO(problems.text());
  REQUIRE(run);
  return std::move(*run);
}

}  // namespace

TEST_CASE("a run file says what each step is, and of which services", "[report]") {
  Sample sample;
  const std::vector<PastStep> steps = written(sample).steps();
  REQUIRE(steps.size() == 3);
  CHECK(steps[1].name == "cutover of orders");
  CHECK(steps[1].kind == StepKind::cutover);
  CHECK(steps[1].services == std::vector<std::string>{"orders"});
  CHECK_FALSE(steps[1].lasts);
}

TEST_CASE("the events of a run file are read back as they were told", "[report]") {
  Sample sample;
  PlanEvent& over = sample.result.rehearsed.plan[1];
  over.with = step_id("cutover of orders");
  const std::vector<PastEvent> events = written(sample).events();
  REQUIRE(events.size() == sample.result.rehearsed.plan.size());
  for (std::size_t i = 0; i < events.size(); ++i) {
    const PlanEvent& told = sample.result.rehearsed.plan[i];
    CHECK(events[i].at_us == told.at.us);
    CHECK(events[i].kind == told.kind);
    CHECK(events[i].step_kind == told.step_kind);
    CHECK(events[i].phase == told.phase);
    CHECK(events[i].count == told.count);
  }
  CHECK(events[1].with == "cutover of orders");
  CHECK(events[1].text == "copy of orders: over with cutover of orders");
  CHECK(events[2].name == "slow source-target");
  CHECK(events[4].text == "cutover of orders: fence");
  CHECK(events[6].text == "orders: 812 roots, all equal");
}
