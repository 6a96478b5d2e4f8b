#include <catch2/catch.hpp>

#include "tests/metrics/manual.h"
#include "tests/verdict/bench.h"
#include "verdict/line.h"

namespace pindah {
namespace {

using namespace verdict_bench;

// Every visit of the life is sighed over once.
std::vector<Measured> sighs(const Evidence&, const Question& asked) {
  Measured all;
  all.value = all.exposure = static_cast<std::int64_t>(asked.record.visits.size());
  return std::vector<Measured>(asked.stretches.size(), all);
}

TEST_CASE("a metric that is one row and one way to measure it more is judged like the others",
          "[verdict]") {
  Lives lives(100);
  lives.walk();
  const std::vector<VerdictRow> rows = with_sighs();
  std::vector<Measuring> ways(measurings().begin(), measurings().end());
  ways.push_back({VerdictMetric::count, sighs});
  Names names;
  names.verdict_rows = rows;
  Problems problems;
  const auto budget = parse_budget("sighs <= 3", {}, names, problems);
  REQUIRE(budget);
  const Comparison comparison = lives.compared();
  const Timeline timeline(lives.scenario, lives.rehearsed.plan);
  const Measures measures(
      {lives.world, lives.intents, comparison, lives.control, lives.rehearsed, timeline, kNever},
      ways);
  const BudgetLine line{{}, "calm", "sighs <= 3", *budget, {}};
  const LineResult result =
      Lines(lives.world, lives.scenario, measures, timeline, kNever, lives.rehearsed.ended)
          .judge(line);
  const auto visits = static_cast<std::int64_t>(lives.rehearsed.visits.size());
  CHECK(result.state == LineState::fail);
  CHECK(result.value == visits);
  CHECK(result.says == std::to_string(visits) + ", limit 3");
}

}  // namespace
}  // namespace pindah
