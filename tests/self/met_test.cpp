// Who meets the steps of a whole rehearsal.
#include <algorithm>

#include "report/plan_words.h"
#include "tests/self/rehearsed.h"

namespace pindah::test {
namespace {

const MetStep& met(const Rehearsed& run, const std::string& step) {
  for (const MetStep& one : run.result.verdict.met)
    if (one.of.step == step_id(step)) return one;
  FAIL("nothing is known of who met " << step);
  throw Defect("no such step");
}

std::vector<std::string> told(const Rehearsed& run) {
  return doubts({run.input.scenario, run.input.world, run.result, false, {}});
}

TEST_CASE("Every step that changes who answers is met, by far more than it needs",
          "[self][night]") {
  const Rehearsed run = rehearse_test("lending", 7);
  CHECK(run.result.verdict.met.size() == 4);
  for (const MetStep& one : run.result.verdict.met) CHECK(one.count > 20);
  CHECK(met(run, "cutover of loans").of.before > 20);
  CHECK(run.result.verdict.exit_code == 0);
}

TEST_CASE("A cutover after the last shopper is inconclusive, and says why", "[self][night]") {
  const Rehearsed run = rehearse_test(
      "lending", 7,
      {{"plan[cutover of loans].at", "70m"}, {"plan[cutover of loans].needs", "verified(loans)"}});
  CHECK(run.result.verdict.exit_code == 4);
  CHECK(met(run, "cutover of loans").count == 0);
  const std::vector<std::string> all = told(run);
  CHECK(std::any_of(all.begin(), all.end(), [](const std::string& doubt) {
    return doubt.starts_with("cutover of loans came ") &&
           doubt.ends_with(" after the last shopper; nobody met it");
  }));
}

TEST_CASE("A line that says stop ends both lives, and every number is as of then",
          "[self][night]") {
  const Rehearsed run = rehearse_alone("lending-busy", 1,
                                       {{"plan[cutover of loans].fence", "refuse"},
                                        {"budget[readers who noticed]", "'noticed <= 0.1%, stop'"}},
                                       2);
  const Verdict& verdict = run.result.verdict;
  CHECK(verdict.exit_code == 3);
  REQUIRE(verdict.cut != kNever);
  CHECK(run.result.rehearsed.ended == verdict.cut);
  CHECK(run.result.control.ended == verdict.cut);
  CHECK(verdict.cut == minutes(13));
  std::int64_t said = 0;
  for (const auto& [cause, count] : verdict.causes) said += count;
  CHECK(said == static_cast<std::int64_t>(run.result.comparison.noticers.size()));
  for (const Visit& v : run.result.rehearsed.visits)
    CHECK(v.intended_us + v.latency_us <= verdict.cut.us);
  const Rehearsed again = rehearse_alone(
      "lending-busy", 1, {{"budget[readers who noticed]", "'noticed <= 50%, stop'"}}, 1);
  CHECK(again.result.verdict.exit_code == 0);
  CHECK(again.result.verdict.cut == kNever);
}

}  // namespace
}  // namespace pindah::test
