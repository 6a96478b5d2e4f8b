#include "base/event_queue.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "base/archive.h"
#include "base/draws.h"
#include "base/problem.h"

using namespace pindah;

namespace {

// Few values in each field, so that ties are broken by the later ones.
Event event(std::uint64_t i) {
  const Draws draws(3);
  const auto few = [&](std::uint64_t field, std::uint64_t n) {
    return draws.below(n, Domain::audit, i, field, purpose("event"));
  };
  Event e;
  e.time = {static_cast<std::int64_t>(few(0, 20))};
  e.cls = static_cast<EventClass>(few(1, 3));
  e.entity = few(2, 3);
  e.seq = static_cast<std::uint32_t>(few(3, 3));
  e.kind = static_cast<std::uint16_t>(few(4, 3));
  e.a = few(5, 3), e.b = few(6, 3);
  return e;
}

}  // namespace

TEST_CASE("Events leave the queue in their total order, whatever the order of arrival") {
  for (std::size_t n : {0u, 1u, 2u, 5u, 6u, 21u, 1000u}) {
    EventQueue queue;
    std::vector<Event> expected;
    for (std::uint64_t i = 0; i < n; ++i) {
      expected.push_back(event(i));
      queue.push(expected.back());
    }
    std::sort(expected.begin(), expected.end());
    CHECK(queue.size() == n);
    CHECK(queue.next_time() == (n == 0 ? kNever : expected.front().time));
    std::vector<Event> taken;
    while (!queue.empty()) taken.push_back(queue.pop());
    CHECK(taken == expected);
  }
}

TEST_CASE("Pushing while popping keeps the least event in front") {
  EventQueue queue;
  std::vector<Event> model;
  for (std::uint64_t i = 0; i < 2000; ++i) {
    queue.push(event(i));
    model.push_back(event(i));
    if (i % 3 == 0) continue;
    const auto least = std::min_element(model.begin(), model.end());
    REQUIRE(queue.pop() == *least);
    model.erase(least);
  }
}

TEST_CASE("The order is time, class, entity, sequence") {
  const auto at = [](std::int64_t time, EventClass cls, std::uint64_t entity, std::uint32_t seq) {
    Event e;
    e.time = {time}, e.cls = cls, e.entity = entity, e.seq = seq;
    return e;
  };
  CHECK(at(1, EventClass::tick, 9, 9) < at(2, EventClass::surprise, 0, 0));
  CHECK(at(1, EventClass::plan, 9, 9) < at(1, EventClass::shopper, 0, 0));
  CHECK(at(1, EventClass::plan, 1, 9) < at(1, EventClass::plan, 2, 0));
  CHECK(at(1, EventClass::plan, 1, 1) < at(1, EventClass::plan, 1, 2));
}

TEST_CASE("A queue that went through a snapshot goes on alike") {
  EventQueue queue, restored;
  for (std::uint64_t i = 0; i < 50; ++i) queue.push(event(i));
  ArchiveWriter writer;
  writer(queue);
  const std::string bytes = writer.take();
  ArchiveReader reader(bytes);
  reader(restored);
  REQUIRE(restored.size() == 50);
  while (!queue.empty()) REQUIRE(restored.pop() == queue.pop());
  CHECK_THROWS_AS(restored.pop(), Defect);
}
