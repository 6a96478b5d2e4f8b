#include "rehearsal/rehearsal.h"

#include <catch2/catch.hpp>
#include <set>
#include <thread>

#include "tests/self/rehearsed.h"

#include "tests/edit/sets.h"

namespace pindah {
namespace {

ScenarioAndWorld read(const std::string& name, std::uint64_t seed, const test::Sets& set = {}) {
  Problems problems;
  Overrides overrides;
  overrides.seed = seed;
  overrides.edits = test::edits_of(set);
  auto input = read_scenario(std::string(PINDAH_SOURCE_DIR) + "/tests/scenarios/" + name + ".yaml",
                             overrides, problems);
  INFO(problems.text());
  REQUIRE(input);
  return std::move(*input);
}

RehearsalResult run(const ScenarioAndWorld& input, int threads = 1) {
  RehearsalOptions options;
  options.threads = threads;
  return rehearse(input, options);
}

// Nobody noticed, nothing was anomalous, and no page said what was not so.
void is_clean(const RehearsalResult& result) {
  CHECK(result.comparison.noticers.empty());
  CHECK(result.comparison.masked == 0);
  CHECK(result.comparison.harmed == 0);
  for (const Record* life : {&result.control, &result.rehearsed}) {
    CHECK(life->visits.size() > 1000);
    CHECK(life->cases.empty());
    CHECK(std::count_if(life->visits.begin(), life->visits.end(),
                        [](const Visit& v) { return v.end == PageEnd::ok && !v.truthful; }) == 0);
  }
}

TEST_CASE("an empty plan gives exactly zero of everything, whatever the seed", "[rehearsal]") {
  for (int seed = 1; seed <= test::sweep(1, 3); ++seed) {
    const ScenarioAndWorld input = read("lending-nothing", static_cast<std::uint64_t>(seed));
    const RehearsalResult result = run(input);
    is_clean(result);
    CHECK(result.comparison.spillover == 0);
    CHECK(result.comparison.exposed == result.comparison.shoppers);
    CHECK(result.control.digest == result.rehearsed.digest);
    CHECK(result.verdict.exit_code == 0);
  }
}

TEST_CASE("a whole migration that is done well is noticed by nobody", "[rehearsal][night]") {
  const ScenarioAndWorld input = read("lending", 7);
  const RehearsalResult result = run(input);
  is_clean(result);
  CHECK(result.comparison.exposed > 100);
  CHECK(result.comparison.exposed < result.comparison.shoppers);
  CHECK(result.rehearsed.unfinished.empty());
  for (const LineResult& line : result.verdict.lines) CHECK(line.state == LineState::pass);
  CHECK(result.verdict.exit_code == 0);
}

TEST_CASE("one thread and two give the same", "[rehearsal][night]") {
  const ScenarioAndWorld input = read("lending", 3);
  const RehearsalResult one = run(input, 1), two = run(input, 2);
  CHECK(one.digest == two.digest);
  CHECK(one.pages == two.pages);
  CHECK(one.rehearsed.digest == two.rehearsed.digest);
  CHECK(one.control.digest != one.rehearsed.digest);
}

TEST_CASE("threads that rehearse on one setup at once give what each gives alone", "[rehearsal]") {
  const ScenarioAndWorld inputs[] = {read("lending", 3),
                                     read("lending", 3, {{"plan.4.drain", "false"}})};
  REQUIRE(setup_key(inputs[0]) == setup_key(inputs[1]));
  const SharedSetup setup = prepare(inputs[0], 1);
  RehearsalOptions options;
  options.threads = 1;
  std::optional<Record> lived;
  const std::uint64_t alone[] = {rehearse(inputs[0], options, setup, lived).digest,
                                 run(inputs[1]).digest};
  REQUIRE(lived);
  const Record& control = *lived;
  std::vector<std::uint64_t> at_once(4);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < at_once.size(); ++i)
    threads.emplace_back(
        [&, i] { at_once[i] = rehearse(inputs[i % 2], options, setup, control).digest; });
  for (std::thread& thread : threads) thread.join();
  for (std::size_t i = 0; i < at_once.size(); ++i) CHECK(at_once[i] == alone[i % 2]);
}

TEST_CASE("callbacks that nobody forwards leave money without its loan, and are blamed",
          "[rehearsal][night]") {
  const ScenarioAndWorld input = read("lending", 8,
                                      {{"plan[cutover of fees].forward_callbacks", "false"},
                                       {"traffic.0.hold", "6/s"},
                                       {"scale.books", "2000"},
                                       {"scale.readers", "3000"}});
  const RehearsalResult result = run(input, 2);
  std::int64_t paid_for_nothing = 0;
  std::set<std::uint32_t> harmed;
  for (const AnomalyCase& c : result.rehearsed.cases) {
    if (c.intent != UINT32_MAX) harmed.insert(c.intent);
    const Anomaly& anomaly = input.world.anomalies[static_cast<std::size_t>(c.anomaly)];
    if (anomaly.kind->id != AnomalyKind::uncoupled) continue;
    ++paid_for_nothing;
    CHECK(c.culprit.link == BrokenLink::called_back_wrongly);
  }
  CHECK(paid_for_nothing > 0);
  CHECK(result.control.cases.empty());
  // A loan that fell through for want of the payment may also be shown as if it waited still.
  CHECK(result.comparison.harmed == static_cast<std::int64_t>(harmed.size()));
  CHECK(result.verdict.exit_code == 1);
}

TEST_CASE("an interrupted rehearsal gives what there is, and exit 130", "[rehearsal]") {
  const ScenarioAndWorld input = read("lending", 7);
  std::atomic<bool> stop{false};
  RehearsalOptions options;
  options.threads = 1;
  options.stop = &stop;
  options.progress = [&](Micros now, Micros) { stop = now >= minutes(10); };
  const RehearsalResult result = rehearse(input, options);
  CHECK(result.rehearsed.interrupted);
  CHECK(result.rehearsed.ended < minutes(12));
  CHECK_FALSE(result.rehearsed.visits.empty());
  CHECK(result.comparison.noticers.empty());
  CHECK(result.verdict.exit_code == 130);
}

TEST_CASE("truth SQL that fails is the world's fault, on two threads as well", "[rehearsal]") {
  ScenarioAndWorld input = read("lending-nothing", 1);
  input.world.promises[0].truth[0].sql = "SELECT nothing FROM nowhere";
  CHECK_THROWS_AS(run(input, 1), WorldFault);
  CHECK_THROWS_AS(run(input, 2), WorldFault);
}

}  // namespace
}  // namespace pindah
