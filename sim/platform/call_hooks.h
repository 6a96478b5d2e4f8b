// What goes on beside a call on the other platform while a service moves: its write is written
// there as well, its read is read there as well. The migration sets it up; a request meets it on
// its way.
#pragma once

#include "platform/backend.h"
#include "platform/buckets.h"

namespace pindah {

// A run of a page, by its place in the pool and its generation there.
struct RunName {
  std::uint32_t run = 0;
  std::uint32_t generation = 0;
  template <class A>
  void archive(A& a) {
    a(run, generation);
  }
};

// A read that has been answered.
struct ReadSeen {
  CallId call = -1;
  ServiceId service = -1;
  Side side{};
  const Slots& before;  // as the call found them
  const Slots& after;   // with its results, if it ended well
  RanEnd end{};
};

class CallHooks {
 public:
  virtual ~CallHooks() = default;
  // A call has written. True: its answer waits until RequestPath::answer().
  virtual bool wrote(const RunName& run) = 0;
  // Whether a read of this service is wanted; then was_read() follows.
  virtual bool compares(ServiceId service, Side home, const Buckets& buckets) = 0;
  virtual void was_read(const ReadSeen& seen) = 0;
};

}  // namespace pindah
