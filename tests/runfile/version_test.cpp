// Run files of version 1, which said of a step only its name, are still opened.
#include <catch2/catch.hpp>

#include "runfile/reader.h"
#include "runfile/version_1.h"

using namespace pindah;

namespace {

// A library's afternoon with steps that have names of their own, written by the last program that
// wrote version 1; most series and all pages are left out.
RunFile version_1() {
  Problems problems;
  auto run = RunFile::open(PINDAH_SOURCE_DIR "/tests/runfile/version-1.sqlite", problems);
  INFO(problems.text());
  REQUIRE(run);
  return std::move(*run);
}

}  // namespace

TEST_CASE("the steps of a run file of version 1 are read off its scenario", "[report]") {
  const std::vector<PastStep> steps = version_1().steps();
  REQUIRE(steps.size() == 10);
  CHECK(steps[0].kind == StepKind::capture);
  CHECK(steps[0].services == std::vector<std::string>{"loans", "fees"});
  CHECK(steps[3].name == "the check");
  CHECK(steps[3].kind == StepKind::verify);
  CHECK(steps[4].name == "the night");
  CHECK(steps[4].kind == StepKind::cutover);
  CHECK(steps[4].services == std::vector<std::string>{"fees"});
  CHECK(steps[7].kind == StepKind::rename);
  CHECK(steps[7].services.empty());
}

TEST_CASE("the events of a run file of version 1 have kinds and phases", "[report]") {
  const std::vector<PastEvent> events = version_1().events();
  REQUIRE(events.size() == 36);
  CHECK(events[8].kind == PlanEventKind::phase);
  CHECK(events[8].phase == Phase::fence);
  CHECK(events[8].step_kind == StepKind::cutover);
  CHECK(events[8].count == 0);
  CHECK(events[5].phase == Phase::verified);
  CHECK(events[13].with == "the night");
  CHECK(events[16].with.empty());
  CHECK(events[33].renamed == "Pustaka by Rak");
}

TEST_CASE("whatever else a run file of version 1 holds is read as it was", "[report]") {
  const RunFile run = version_1();
  CHECK(run.fact("verdict") == "PASS");
  CHECK(run.budget().size() == 10);
  CHECK(run.series().size() > 2);
}

TEST_CASE("a scenario that cannot be read has no steps", "[report]") {
  CHECK(steps_of_version_1("plan: [").empty());
  CHECK(steps_of_version_1("plan: 7").empty());
  CHECK(steps_of_version_1("plan: [{}, 3, { at: 1m }, { cutover: [a] }]").empty());
}
