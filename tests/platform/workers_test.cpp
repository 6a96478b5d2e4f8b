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
std::vector<std::pair<std::uint64_t, std::int64_t>> run(Workers& workers, Clockwork& clockwork) {
  std::vector<std::pair<std::uint64_t, std::int64_t>> ends;
  while (!clockwork.events.empty()) {
    const Event event = clockwork.events.pop();
    clockwork.now = event.time;
    if (const auto done = workers.finish(event, clockwork))
      ends.emplace_back(done->then.entity, clockwork.now.us);
  }
  return ends;
}

using Ends = std::vector<std::pair<std::uint64_t, std::int64_t>>;

}  // namespace

TEST_CASE("Work waits for a worker in the order in which it came") {
  Clockwork clockwork;
  Workers workers(Side::source, capacity(1, 10));
  REQUIRE(workers.submit(work(1, millis(5)), clockwork));
  REQUIRE(workers.submit(work(2, millis(3)), clockwork));
  REQUIRE(workers.submit(work(3, millis(1)), clockwork));
  CHECK(workers.waiting() == 2);
  CHECK(run(workers, clockwork) == Ends{{1, 5000}, {2, 8000}, {3, 9000}});
}

TEST_CASE("Two workers serve two works at a time") {
  Clockwork clockwork;
  Workers workers(Side::source, capacity(2, 10));
  for (std::uint64_t id = 1; id <= 3; ++id) REQUIRE(workers.submit(work(id, millis(4)), clockwork));
  CHECK(run(workers, clockwork) == Ends{{1, 4000}, {2, 4000}, {3, 8000}});
}

TEST_CASE("A full queue turns requests away, but not the migrator's own work") {
  Clockwork clockwork;
  Workers workers(Side::source, capacity(1, 1));
  REQUIRE(workers.submit(work(1, millis(1)), clockwork));
  REQUIRE(workers.submit(work(2, millis(1)), clockwork));
  CHECK_FALSE(workers.submit(work(3, millis(1)), clockwork));
  CHECK(workers.submit(work(4, millis(1)), clockwork, true));
  CHECK(run(workers, clockwork).size() == 3);
}

TEST_CASE("A pause puts off what would have ended within it") {
  Clockwork clockwork;
  Workers workers(Side::source, capacity(1, 10));
  REQUIRE(workers.submit(work(1, millis(5)), clockwork));
  REQUIRE(workers.submit(work(2, millis(5)), clockwork));
  workers.pause_until(millis(50));
  CHECK(run(workers, clockwork) == Ends{{1, 50000}, {2, 55000}});
}

TEST_CASE("A kill drops what is in work and what waits, and a restart begins empty") {
  Clockwork clockwork;
  Workers workers(Side::source, capacity(1, 10));
  REQUIRE(workers.submit(work(1, millis(5)), clockwork));
  REQUIRE(workers.submit(work(2, millis(5)), clockwork));
  CHECK(workers.kill().size() == 2);
  CHECK_FALSE(workers.submit(work(3, millis(5)), clockwork));
  workers.restart();
  REQUIRE(workers.submit(work(4, millis(9)), clockwork));
  CHECK(run(workers, clockwork) == Ends{{4, 9000}});
}
