// Six strategies for one night, and each of them back again in the sale.
#include <catch2/catch.hpp>

#include <algorithm>

#include "rehearsal/rehearsal.h"
#include "tests/golden/pinned.h"

using namespace pindah;

namespace {

const std::vector<std::string> kNames{"canary",     "copy-and-switch",    "dual-write",
                                      "knife-edge", "service-by-service", "shop-by-shop"};

ScenarioAndWorld read(const std::string& path) {
  Problems problems;
  auto input = read_scenario(PINDAH_SOURCE_DIR "/" + path, {}, problems);
  INFO(problems.text());
  REQUIRE(input.has_value());
  return std::move(*input);
}

// One night for all strategies: populated once, and its control life lived once.
RehearsalResult rehearse_that_night(const ScenarioAndWorld& input) {
  static const SharedSetup setup = prepare(read("scenarios/strategies/canary.yaml"), 2);
  static std::optional<Record> control;
  return rehearse(input, {}, setup, control);
}

RehearsalResult rehearse_strategy(const std::string& folder, const std::string& name) {
  const std::string path = "scenarios/" + folder + "/" + name + ".yaml";
  const ScenarioAndWorld input = read(path);
  REQUIRE(setup_key(input) == setup_key(read("scenarios/strategies/canary.yaml")));
  RehearsalResult result = rehearse_that_night(input);
  INFO(path);
  CHECK(result.verdict.exit_code == 0);
  CHECK(result.rehearsed.cases.empty());
  CHECK(result.rehearsed.unfinished.empty());
  test::check_pinned(path, result);
  return result;
}

}  // namespace

TEST_CASE("each of six strategies moves the night's orders within its budget", "[strategies]") {
  for (const std::string& name : kNames) {
    const RehearsalResult result = rehearse_strategy("strategies", name);
    INFO(name);
    CHECK(result.verdict.way_back.moved);
    // Each gives its way back up in the end: the old platform is switched off.
    CHECK(result.verdict.way_back.lost != kNever);
  }
}

TEST_CASE("each of them comes back in the sale and loses nothing", "[strategies]") {
  for (const std::string& name : kNames) {
    const RehearsalResult result = rehearse_strategy("way-back", name);
    INFO(name);
    CHECK(result.verdict.way_back.moved);
    CHECK(result.verdict.way_back.lost == kNever);
    const auto& plan = result.rehearsed.plan;
    CHECK(std::any_of(plan.begin(), plan.end(), [](const PlanEvent& event) {
      return event.kind == PlanEventKind::finished && event.step_kind == StepKind::rollback;
    }));
  }
}
