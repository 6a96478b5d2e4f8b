// What happens next: plain events in the total order (time, class, entity, seq, kind, a, b).
#pragma once

#include <compare>
#include <cstdint>
#include <vector>

#include "base/time.h"

namespace pindah {

// Which component an event is for; at one instant, lower classes run first.
enum class EventClass : std::uint8_t {
  surprise,
  plan,
  platform,
  edge,
  ledger,
  migration,
  job,
  shopper,
  audit,
  tick
};

// An event holds no pointer and no closure: it can be written to a snapshot.
struct Event {
  Micros time;
  EventClass cls{};
  std::uint64_t entity = 0;  // whose event: a saga, a shopper, a platform …
  std::uint32_t seq = 0;     // the entity's own count
  std::uint16_t kind = 0;    // the component's own enum
  std::uint64_t a = 0;
  std::uint64_t b = 0;

  auto operator<=>(const Event&) const = default;
  template <class A>
  void archive(A& ar) {
    ar(time, cls, entity, seq, kind, a, b);
  }
};

// A 4-ary heap. Not thread-safe: one universe owns one queue.
class EventQueue {
 public:
  void push(const Event& event);
  Event pop();  // the least event; the queue is not empty
  bool empty() const { return heap_.empty(); }
  std::size_t size() const { return heap_.size(); }
  // Calls see(event) for each, in no order.
  template <class See>
  void each(See see) const {
    for (const Event& event : heap_) see(event);
  }
  Micros next_time() const { return heap_.empty() ? kNever : heap_.front().time; }
  template <class A>
  void archive(A& ar) {
    ar(heap_);
  }

 private:
  std::vector<Event> heap_;
};

}  // namespace pindah
