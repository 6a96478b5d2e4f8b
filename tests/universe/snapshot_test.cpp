// A life that is put away at any instant and taken up by another process ends as if nothing had
// been.
#include <fmt/format.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

#include "tests/command/program.h"
#include "tests/self/rehearsed.h"
#include "tests/universe/read.h"

using namespace pindah;
using namespace pindah::test;

namespace {

std::string scenario(const std::string& name) {
  return PINDAH_SOURCE_DIR "/tests/scenarios/" + name + ".yaml";
}

struct PlanWatcher : Observer {
  std::vector<PlanEvent> events;
  void plan(const PlanEvent& event) override { events.push_back(event); }
  // From the closing of each fence to its opening.
  std::vector<std::pair<Micros, Micros>> fences() const {
    std::vector<std::pair<Micros, Micros>> spans;
    for (const PlanEvent& event : events) {
      if (event.phase == Phase::fence) spans.emplace_back(event.at, event.at);
      if (event.phase == Phase::release) spans.back().second = event.at;
    }
    return spans;
  }
};

// A life lived once from beginning to end, and what its plan did meanwhile.
struct Lived {
  PlanWatcher watcher;
  std::uint64_t digest = 0;
};
Lived live(const Reading& reading, Life life) {
  Lived lived;
  Universe universe(reading.inputs(), life, lived.watcher);
  universe.run_until(universe.end());
  CHECK(universe.unfinished_steps().empty());
  lived.digest = universe.digest();
  return lived;
}

std::string command(const Reading& reading, Life life, const std::string& snapshot,
                    const Sets& sets) {
  std::string line = fmt::format("'{}' '{}' {} '{}'", PINDAH_RESUME, reading.scenario().file,
                                 life == Life::control ? "control" : "rehearsed", snapshot);
  for (const auto& [path, value] : sets) line += fmt::format(" '{}={}'", path, value);
  return line;
}

// All of them, or as few as a sweep tries, spread over all.
std::set<Micros> tried(const std::set<Micros>& instants) {
  const std::size_t all = instants.size();
  const std::size_t few = std::min(all, static_cast<std::size_t>(sweep(1, static_cast<int>(all))));
  const std::size_t stride = (all + few - 1) / few;
  std::set<Micros> picked;
  std::size_t i = 0;
  for (const Micros instant : instants)
    if (i++ % stride == stride / 2) picked.insert(instant);
  return picked;
}

// Lives a life with stops, and lets each snapshot be taken up by a process of its own.
void put_away_and_resume(const Reading& reading, Life life, const Sets& sets,
                         const std::set<Micros>& instants, std::uint64_t digest) {
  const Folder folder;
  Observer nobody;
  Universe universe(reading.inputs(), life, nobody);
  for (const Micros instant : tried(instants)) {
    universe.run_until(instant);
    const std::string snapshot = folder.write(std::to_string(instant.us), universe.snapshot());
    const Ended resumed = run_shell(command(reading, life, snapshot, sets));
    INFO("put away at " << clock_text(instant, true) << "\n" << resumed.err);
    CHECK(resumed.code == 0);
    CHECK(resumed.out == fmt::format("{:016x}", digest));
  }
  universe.run_until(universe.end());
  CHECK(universe.digest() == digest);
}

}  // namespace

TEST_CASE("a life that another process takes up from a snapshot ends with the same digest") {
  const Reading reading(scenario("lending"), {});
  // Before the plan, in the copy, in a verify, between the cutovers, after the last one, while the
  // last payments come in, and in the audit.
  const std::set<Micros> instants{millis(30'017), millis(183'400), millis(1'200'300), minutes(24),
                                  minutes(39),    minutes(70),     minutes(87)};
  for (const Life life : {Life::control, Life::rehearsed})
    put_away_and_resume(reading, life, {}, instants, live(reading, life).digest);
}

TEST_CASE("so does one that is put away with second writes and shadow reads on their way") {
  const Sets sets{{"links.source-target.delay", "200ms"}, {"length", "17m"}, {"settle", "30m"}};
  const Reading reading(scenario("lending-choices"), {.edits = edits_of(sets)});
  // While chunks are locked, while the migrator is dead, with asynchronous and with synchronous
  // second writes, with shadow reads, between the cutover of a share and that of the rest.
  const std::set<Micros> instants{millis(121'300), millis(124'200), millis(240'150),
                                  millis(400'050), millis(500'333), millis(700'080)};
  put_away_and_resume(reading, Life::rehearsed, sets, instants,
                      live(reading, Life::rehearsed).digest);
}

TEST_CASE("so does one that is put away amid a cutover and its surprises") {
  const Sets sets{{"links.source-target.delay", "150ms"},
                  {"surprises",
                   "[{ at: 6m, slow: loans, by: 2500ms, for: 9m, also_in_control: true },"
                   " { at: 7m, cut: source-target, direction: there, for: 100ms },"
                   " { at: 7m1s, lossy: source-target, by: 30%, for: 2m },"
                   " { at: 12m, stale: edge 2, for: 2m }, { at: 13m, pause: target, for: 2s },"
                   " { at: 14m, kill: target, for: 5s }]"}};
  Overrides overrides;
  overrides.edits = edits_of(sets);
  const Reading reading(scenario("lending-busy"), overrides);
  const Lived lived = live(reading, Life::rehearsed);
  std::set<Micros> instants{millis(420'020), millis(421'100), millis(423'000)};
  const auto fences = lived.watcher.fences();
  CHECK(fences.size() == 2);
  const auto [closed, opened] = fences.back();
  CHECK(opened - closed > seconds(1));
  constexpr std::int64_t kStops = 10;
  for (std::int64_t i = 0; i <= kStops; ++i)
    instants.insert(closed + (opened - closed) * i / kStops);
  instants.insert(closed - Micros{1});
  // Edges still learn of the switch; one of them does not. Then the target pauses, and is killed.
  for (const Micros after : {millis(20), millis(300), millis(900)}) instants.insert(opened + after);
  for (const Micros instant : {millis(750'000), millis(781'300), millis(842'000)})
    instants.insert(instant);
  put_away_and_resume(reading, Life::rehearsed, sets, instants, lived.digest);
}
