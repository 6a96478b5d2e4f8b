// Every unsafe choice that a plan offers costs shoppers something: five seeds each, so that it
// needs optimisation.
#include "tests/self/rehearsed.h"

using namespace pindah;
using namespace pindah::test;

namespace {

constexpr std::uint64_t kSweep = 5;

// In how many of the seeds the scenario with these changes is over its budget; each run must be
// conclusive.
int over_budget(const Sets& sets) {
  int over = 0;
  for (std::uint64_t seed = 1; seed <= kSweep; ++seed) {
    const Rehearsed run = rehearse_test("lending-busy", seed, sets);
    INFO(run.label);
    CHECK((run.result.verdict.exit_code == 0 || run.result.verdict.exit_code == 1));
    CHECK(run.result.control.cases.empty());
    over += run.result.verdict.exit_code == 1 ? 1 : 0;
  }
  return over;
}

}  // namespace

TEST_CASE("a busy cutover with the safe choices is within its budget", "[choices]") {
  CHECK(over_budget({}) == 0);
}

TEST_CASE("each unsafe choice is over the same budget on most seeds", "[choices]") {
  const auto choice = GENERATE(
      // Writes in flight at the fence stay behind.
      Sets{{"plan[cutover of loans].drain", "false"}},
      // What commits while the fence drains is not waited for.
      Sets{{"plan[cutover of loans].position", "before_drain"}},
      // A chunk that was lost on its way lands on newer rows.
      Sets{{"plan[copy of loans and fees].conflict", "upsert"}},
      // What changes between the copy and the capture is in neither.
      Sets{{"plan[capture of loans and fees].at", "8m"},
           {"plan[apply of loans and fees].at", "8m"}},
      // The bank calls back to a platform that no longer owns the fees.
      Sets{{"plan[cutover of fees].forward_callbacks", "false"}});
  INFO(choice.front().first);
  CHECK(over_budget(choice) * 2 > static_cast<int>(kSweep));
}

TEST_CASE("a fence that refuses is noticed by more than one that holds", "[choices]") {
  // So short a fence hardly shows to those whom it holds; a refusal costs them a second try.
  const auto sets = [](const std::string& fence) {
    return Sets{{"surprises[slow loans].by", "50ms"},
                {"links.source-target.delay", "100ms"},
                {"traffic.0.hold", "14/s"},
                {"length", "12m30s"},
                {"budget[readers who noticed]", "noticed == 0%"},
                {"plan[cutover of loans].fence", fence}};
  };
  const int refuse = over_budget(sets("refuse"));
  CHECK(refuse * 2 > static_cast<int>(kSweep));
  CHECK(over_budget(sets("hold")) < refuse);
}
