// The edge: several instances, each with routes that it refreshes now and then or when a platform
// says "moved".
#pragma once

#include <vector>

#include "platform/gates.h"

namespace pindah {

class Edges {
 public:
  Edges(int count, std::size_t services, Micros refresh);
  int count() const { return static_cast<int>(learned_.size()); }
  // Where this instance believes the owner is. A cached route is as old as the last refresh (or the
  // last "moved").
  Side route(int edge, ServiceId service, Side home, const Buckets& buckets, const Gates& gates,
             Micros now) const;
  void learn(int edge, ServiceId service,
             Micros now);  // a platform said "moved": refreshed at once
  // Surprise: this instance neither refreshes nor learns, from `now` until `until`.
  void go_stale(int edge, Micros now, Micros until);
  template <class A>
  void archive(A& a) {
    a(learned_, stale_from_, stale_until_);
  }

 private:
  Micros refreshed(int edge, Micros now) const;
  Micros refresh_;
  std::vector<std::vector<Micros>> learned_;  // [edge][service]
  std::vector<Micros> stale_from_, stale_until_;
};

}  // namespace pindah
