#include "tests/self/rehearsed.h"

#include <algorithm>
#include <cstdlib>
#include <list>

namespace pindah::test {
namespace {

// The grounds that were used last; each is some megabytes.
constexpr std::size_t kGrounds = 24;

Ground& shared_ground(const ScenarioAndWorld& input) {
  static std::list<std::pair<std::string, Ground>> grounds;
  const std::string night = night_of(input);
  const auto known = std::find_if(grounds.begin(), grounds.end(),
                                  [&](const auto& ground) { return ground.first == night; });
  if (known != grounds.end())
    grounds.splice(grounds.begin(), grounds, known);
  else
    grounds.emplace_front(night, lay_ground(input, 2));
  if (grounds.size() > kGrounds) grounds.pop_back();
  return grounds.front().second;
}

}  // namespace

int sweep(int few, int all) {
  const char* wanted = std::getenv("PINDAH_SWEEP");
  if (wanted == nullptr) return few;
  return wanted == std::string("long") ? all * 10 : all;
}

ScenarioAndWorld read_test_scenario(const std::string& name, std::uint64_t seed, Sets sets) {
  Problems problems;
  Overrides overrides;
  overrides.seed = seed;
  overrides.edits = edits_of(sets);
  auto input =
      read_scenario(PINDAH_SOURCE_DIR "/tests/scenarios/" + name + ".yaml", overrides, problems);
  INFO(problems.text());
  REQUIRE(input);
  return std::move(*input);
}

Rehearsed rehearse_test(const std::string& name, std::uint64_t seed, Sets sets) {
  Rehearsed run{read_test_scenario(name, seed, std::move(sets)), {}, {}};
  run.label = name + ", seed " + std::to_string(seed);
  run.result = rehearse(run.input, {}, shared_ground(run.input));
  return run;
}

Rehearsed rehearse_alone(const std::string& name, std::uint64_t seed, Sets sets, int threads) {
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
