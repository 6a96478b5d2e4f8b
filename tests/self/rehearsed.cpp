#include "tests/self/rehearsed.h"

#include <algorithm>
#include <cstdlib>
#include <list>
#include <optional>

namespace pindah::test {
namespace {

// What scenarios share that differ in their plans only.
struct SharedNight {
  std::string key;
  SharedSetup setup;
  std::optional<Record> control;
};
// Those that were used last; each is some megabytes.
constexpr std::size_t kNights = 24;

SharedNight& shared_night(const ScenarioAndWorld& input) {
  static std::list<SharedNight> nights;
  const std::string key = setup_key(input);
  const auto known = std::find_if(nights.begin(), nights.end(),
                                  [&](const SharedNight& night) { return night.key == key; });
  if (known != nights.end())
    nights.splice(nights.begin(), nights, known);
  else
    nights.push_front({key, prepare(input, 2), {}});
  if (nights.size() > kNights) nights.pop_back();
  return nights.front();
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
  SharedNight& night = shared_night(run.input);
  run.result = rehearse(run.input, {}, night.setup, night.control);
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
