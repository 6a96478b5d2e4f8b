// What the dials of a running universe show at an instant.
#pragma once

#include <cstdint>
#include <vector>

#include "platform/links.h"
#include "world/world.h"

namespace pindah {

// Whether the changes that one platform commits are brought to the other.
enum class Carried : std::uint8_t { no, yes, stuck };

struct ServiceGauges {
  Micros lag;                      // age of the oldest change not applied
  std::int64_t backlog = 0;        // changes not applied
  bool fenced = false;             // its fence is closed
  std::int64_t held = 0;           // requests at a closed fence
  std::int64_t refused = 0;        // requests that fences have turned away so far
  std::int64_t copied_ppm = 0;     // of the rows there were when the copy began
  std::int64_t on_target_ppm = 0;  // share of the source's people's work that the target owns
  std::int64_t differing = 0;      // rows that differed in the last verify
  PerSide<Carried> carried{};      // by where they are committed
  template <class A>
  void archive(A& a) {
    a(lag, backlog, fenced, held, refused, copied_ppm, on_target_ppm, differing, carried);
  }
};

struct Gauges {
  Micros at;
  PerSide<std::int64_t> queue{};    // requests that wait for a worker
  PerSide<std::int64_t> commits{};  // so far
  PerSide<bool> down{};
  LinkStates links{};
  std::vector<ServiceGauges> services;
  template <class A>
  void archive(A& a) {
    a(at, queue, commits, down, links, services);
  }
};

}  // namespace pindah
