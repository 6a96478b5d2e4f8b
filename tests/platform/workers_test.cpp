#include "platform/workers.h"

#include <catch2/catch.hpp>

using namespace pindah;

namespace {

PlatformCapacity capacity(int workers, int queue) {
  PlatformCapacity c;
  c.workers = workers;
  c.queue = queue;
  return c;
}

Work work(std::uint64_t id, Micros service) {
  return {{{}, EventClass::edge, id, 0, 0, 0, 0}, service, {}};
}

// Runs everything that is due and tells which works ended when.
std::vector<std::pair<std::uint64_t, std::int64_t>> run(Workers& workers, SimState& sim) {
  std::vector<std::pair<std::uint64_t, std::int64_t>> ends;
  while (!sim.events.empty()) {
    const Event event = sim.events.pop();
    sim.now = event.time;
    if (const auto done = workers.finish(event, sim))
      ends.emplace_back(done->then.entity, sim.now.us);
  }
  return ends;
}

using Ends = std::vector<std::pair<std::uint64_t, std::int64_t>>;

}  // namespace

TEST_CASE("Work waits for a worker in the order in which it came") {
  SimState sim;
  Workers workers(Side::source, capacity(1, 10));
  REQUIRE(workers.submit(work(1, millis(5)), sim));
  REQUIRE(workers.submit(work(2, millis(3)), sim));
  REQUIRE(workers.submit(work(3, millis(1)), sim));
  CHECK(workers.waiting() == 2);
  CHECK(run(workers, sim) == Ends{{1, 5000}, {2, 8000}, {3, 9000}});
}

TEST_CASE("Two workers serve two works at a time") {
  SimState sim;
  Workers workers(Side::source, capacity(2, 10));
  for (std::uint64_t id = 1; id <= 3; ++id) REQUIRE(workers.submit(work(id, millis(4)), sim));
  CHECK(run(workers, sim) == Ends{{1, 4000}, {2, 4000}, {3, 8000}});
}

TEST_CASE("A full queue turns requests away, but not the migrator's own work") {
  SimState sim;
  Workers workers(Side::source, capacity(1, 1));
  REQUIRE(workers.submit(work(1, millis(1)), sim));
  REQUIRE(workers.submit(work(2, millis(1)), sim));
  CHECK_FALSE(workers.submit(work(3, millis(1)), sim));
  CHECK(workers.submit(work(4, millis(1)), sim, true));
  CHECK(run(workers, sim).size() == 3);
}

TEST_CASE("A pause puts off what would have ended within it") {
  SimState sim;
  Workers workers(Side::source, capacity(1, 10));
  REQUIRE(workers.submit(work(1, millis(5)), sim));
  REQUIRE(workers.submit(work(2, millis(5)), sim));
  workers.pause_until(millis(50));
  CHECK(run(workers, sim) == Ends{{1, 50000}, {2, 55000}});
}

TEST_CASE("A kill drops what is in work and what waits, and a restart begins empty") {
  SimState sim;
  Workers workers(Side::source, capacity(1, 10));
  REQUIRE(workers.submit(work(1, millis(5)), sim));
  REQUIRE(workers.submit(work(2, millis(5)), sim));
  CHECK(workers.kill().size() == 2);
  CHECK_FALSE(workers.submit(work(3, millis(5)), sim));
  workers.restart();
  REQUIRE(workers.submit(work(4, millis(9)), sim));
  CHECK(run(workers, sim) == Ends{{4, 9000}});
}
