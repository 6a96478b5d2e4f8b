// Every kind of step, done well, is within its budget.
#include <filesystem>
#include <fstream>
#include <set>

#include "report/blame_words.h"
#include "scenario/vocabulary/steps.h"

#include "tests/self/rehearsed.h"

using namespace pindah;
using namespace pindah::test;

TEST_CASE("every kind of step, done well, is within its budget") {
  std::set<StepKind> kinds;
  for (const std::string name : {"lending-there-and-back", "lending-for-good", "lending-choices"}) {
    for (int seed = 1; seed <= sweep(1, 2); ++seed) {
      const Rehearsed run = rehearse_test(name, static_cast<std::uint64_t>(seed));
      INFO(run.label);
      CHECK(run.result.verdict.exit_code == 0);
      CHECK(run.result.rehearsed.unfinished.empty());
      CHECK(run.result.rehearsed.cases.empty());
      for (const LineResult& line : run.result.verdict.lines)
        CHECK((line.state == LineState::pass || line.state == LineState::reported));
      for (const PlanStep& step : run.input.scenario.plan) kinds.insert(step.kind);
    }
  }
  CHECK(kinds.size() == step_specs().size());
}

TEST_CASE("every choice of every step is made in some scenario") {
  std::string plans;
  const std::filesystem::path root(PINDAH_SOURCE_DIR);
  for (const char* folder : {"scenarios", "tests/scenarios"})
    for (const auto& file : std::filesystem::recursive_directory_iterator(root / folder)) {
      if (file.path().extension() != ".yaml") continue;
      std::ifstream stream(file.path());
      plans.append(std::istreambuf_iterator<char>(stream), {});
    }
  int keys = 0;
  const auto stands = [&](const std::string& key) {
    INFO(key);
    CHECK(plans.find(" " + key + ":") != std::string::npos);
    ++keys;
  };
  for (const StepSpec& spec : step_specs()) {
    stands(spec.word);
    for (const Field& field : spec.fields) stands(field.key);
  }
  CHECK(keys > 50);
}

TEST_CASE("whom a fence held until her service had moved blames the fence, not the weather",
          "[night]") {
  const Rehearsed run =
      rehearse_test("lending-busy", 1, {{"traffic.0.hold", "14/s"}, {"length", "12m30s"}});
  std::set<std::string> blamed;
  const BlameWords words(run.input.world, run.input.scenario);
  for (const Noticer& noticer : run.result.comparison.noticers)
    blamed.insert(noticer.cause + ", by " + words.name(noticer.culprit));
  CHECK((blamed == std::set<std::string>{"held by the fence, by cutover of loans: fence"}));
}
