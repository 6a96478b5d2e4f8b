// Many clean scenarios: nobody notices, nothing is anomalous, every step happened.
#include "tests/self/soak.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "report/text.h"
#include "tests/self/rehearsed.h"
#include "world/load.h"

using namespace pindah;
using namespace pindah::test;

namespace {

// PINDAH_SOAK=FROM..TO tries these; without it, as many as a sweep does.
std::pair<std::uint64_t, std::uint64_t> seeds(int few, int all) {
  if (const char* wanted = std::getenv("PINDAH_SOAK")) {
    unsigned long long from = 0, to = 0;
    if (std::sscanf(wanted, "%llu..%llu", &from, &to) == 2) return {from, to};
  }
  return {1, static_cast<std::uint64_t>(sweep(few, all))};
}

ScenarioAndWorld read(const std::string& yaml, const std::string& world) {
  Problems problems;
  auto known = load_world(PINDAH_SOURCE_DIR "/" + world, problems);
  INFO(yaml << problems.text());
  REQUIRE(known);
  Sources sources;
  sources.file = "soak.yaml";
  sources.own.text = yaml;
  auto scenario = read_sources(sources, *known, problems);
  INFO(problems.text());
  REQUIRE(scenario);
  return {std::move(*scenario), std::move(*known), std::move(sources)};
}

// A step that nobody met proves nothing.
void everything_happened(const Verdict& verdict, const Record& rehearsed) {
  for (const MetStep& met : verdict.met) {
    INFO("met by " << met.count << " of " << met.needed);
    CHECK(met.enough());
  }
  CHECK_FALSE(verdict.met.empty());
  CHECK(rehearsed.unfinished.empty());
  const auto& events = rehearsed.plan;
  const auto ended_badly = [](const PlanEvent& e) {
    return e.kind == PlanEventKind::aborted || e.kind == PlanEventKind::skipped;
  };
  CHECK(std::none_of(events.begin(), events.end(), ended_badly));
}

// After a switch a request may be sent on to the new owner: one message more, which a link that
// loses some may lose. Then the switch did cost her a wait.
bool lost_on_the_way_round(const Scenario& scenario, const std::vector<PlanEvent>& plan,
                           const Noticer& noticer) {
  const bool loses = std::any_of(scenario.surprises.begin(), scenario.surprises.end(),
                                 [](const Surprise& surprise) { return surprise.lost_ppm > 0; });
  return loses && noticer.difference == Difference::slower &&
         std::any_of(plan.begin(), plan.end(), [&](const PlanEvent& e) {
           return e.phase == Phase::switch_over && e.at + seconds(30) >= noticer.at &&
                  e.at <= noticer.replied;
         });
}

void soak(const std::string& yaml, const std::string& world, std::uint64_t seed) {
  const ScenarioAndWorld input = read(yaml, world);
  const RehearsalResult result = rehearse(input, {});
  const Comparison& comparison = result.comparison;
  INFO("PINDAH_SOAK=" << seed << ".." << seed << "\n" << yaml);
  std::size_t sent_on = 0;
  for (const Noticer& n : comparison.noticers) {
    UNSCOPED_INFO(n.intent << " visit " << n.visit << ": " << n.cause << ", "
                           << static_cast<int>(n.culprit.link));
    sent_on += lost_on_the_way_round(input.scenario, result.rehearsed.plan, n) ? 1 : 0;
  }
  CHECK(comparison.noticers.size() == sent_on);
  for (const AnomalyCase& found : result.rehearsed.cases) UNSCOPED_INFO(found.detail);
  CHECK(result.rehearsed.cases.empty());
  for (const WorldMistake& mistake : result.verdict.mistakes) UNSCOPED_INFO(mistake.detail);
  CHECK(result.verdict.mistakes.empty());
  everything_happened(result.verdict, result.rehearsed);
  if (std::getenv("PINDAH_SOAK") != nullptr)
    std::printf("%s seed %llu: spillover %s of %lld sessions\n", world.c_str(),
                static_cast<unsigned long long>(seed), spillover_text(comparison).c_str(),
                static_cast<long long>(comparison.shoppers));
}

}  // namespace

TEST_CASE("clean scenarios of the library, drawn from seeds, are noticed by nobody", "[soak]") {
  const auto [from, to] = seeds(2, 25);
  for (std::uint64_t seed = from; seed <= to; ++seed)
    soak(soak_of_library(seed), "tests/worlds/library", seed);
}

TEST_CASE("clean scenarios of the shop, drawn from seeds, are noticed by nobody", "[soak]") {
  const auto [from, to] = seeds(1, 15);
  for (std::uint64_t seed = from; seed <= to; ++seed)
    soak(soak_of_shop(seed), "data/shop-tokopedia", seed);
}
