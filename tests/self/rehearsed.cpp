#include "tests/self/rehearsed.h"

#include <algorithm>

namespace pindah::test {

ScenarioAndWorld read_test_scenario(const std::string& name, std::uint64_t seed, Sets sets) {
  Problems problems;
  Overrides overrides;
  overrides.seed = seed;
  overrides.set = std::move(sets);
  auto input =
      read_scenario(PINDAH_SOURCE_DIR "/tests/scenarios/" + name + ".yaml", overrides, problems);
  INFO(problems.text());
  REQUIRE(input);
  return std::move(*input);
}

Rehearsed rehearse_test(const std::string& name, std::uint64_t seed, Sets sets, int threads) {
  Rehearsed run{read_test_scenario(name, seed, std::move(sets)), {}, {}};
  run.label = name + ", seed " + std::to_string(seed);
  RehearsalOptions options;
  options.threads = threads;
  run.result = rehearse(run.input, options);
  return run;
}

void check_nobody_noticed(const Rehearsed& run) {
  INFO(run.label);
  const RehearsalResult& result = run.result;
  CHECK(result.comparison.noticers.empty());
  CHECK(result.comparison.annoyed == 0);
  CHECK(result.comparison.empty_handed == 0);
  CHECK(result.comparison.harmed == 0);
  CHECK(result.comparison.exposed > 100);
  CHECK(result.rehearsed.unfinished.empty());
  for (const Record* life : {&result.control, &result.rehearsed}) {
    CHECK(life->cases.empty());
    CHECK(life->beyond_horizon == 0);
    CHECK(std::count_if(life->visits.begin(), life->visits.end(),
                        [](const Visit& v) { return v.end == PageEnd::ok && !v.truthful; }) == 0);
  }
}

std::int64_t count_cases(const Rehearsed& run, const std::string& anomaly) {
  const std::vector<AnomalyCase>& cases = run.result.rehearsed.cases;
  return std::count_if(cases.begin(), cases.end(), [&](const AnomalyCase& c) {
    return run.input.world.anomalies[static_cast<std::size_t>(c.anomaly)].name == anomaly;
  });
}

}  // namespace pindah::test
