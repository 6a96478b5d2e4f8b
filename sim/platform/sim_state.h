// What every part of one universe shares: the instant, what happens next, and the fingerprint so
// far.
#pragma once

#include "base/digest.h"
#include "base/event_queue.h"
#include "base/time.h"

namespace pindah {

struct SimState {
  Micros now;
  EventQueue events;
  Digest digest;
  template <class A>
  void archive(A& a) {
    a(now, events, digest);
  }
};

}  // namespace pindah
