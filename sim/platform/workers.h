// A platform's workers and the bounded queue before them.
#pragma once

#include <deque>
#include <vector>

#include "base/event_queue.h"
#include "platform/sim_state.h"
#include "scenario/scenario.h"

namespace pindah {

// A piece of work: it occupies a worker for `service`, and at the end of that `then` happens.
struct Work {
  Event then;  // its time is set when it runs
  Micros service;
  Micros queued;  // when it was submitted
  template <class A>
  void archive(A& a) {
    a(then, service, queued);
  }
};

class Workers {
 public:
  Workers(Side side, const PlatformCapacity& capacity);
  bool down() const { return down_; }
  int waiting() const { return static_cast<int>(queue_.size()); }
  // False: the queue is full (`even_if_full` waits in any case: the migrator's own work), or the
  // platform is down.
  bool submit(const Work& work, SimState& sim, bool even_if_full = false);
  // A worker's service has ended (its event: EventClass::platform, entity = side, a = worker, b =
  // epoch). Starts the next work. Nothing: the event is from before a kill, or the platform is
  // paused and the end was put off.
  std::optional<Work> finish(const Event& event, SimState& sim);
  void pause_until(Micros instant) { paused_until_ = instant; }
  // Everything in work or waiting is gone; it is returned, so that somebody can learn of it.
  std::vector<Work> kill();
  void restart() { down_ = false; }
  // Calls see(event) for what is to happen at the end of each work, of those that wait as well.
  template <class See>
  void each(See see) const {
    for (const std::optional<Work>& work : in_work_)
      if (work) see(work->then);
    for (const Work& work : queue_) see(work.then);
  }
  template <class A>
  void archive(A& a) {
    a(idle_, in_work_, queue_, paused_until_, down_, epoch_, seq_);
  }

 private:
  void begin(const Work& work, SimState& sim);
  Side side_;
  int queue_max_;
  std::vector<std::uint32_t> idle_;
  std::vector<std::optional<Work>> in_work_;
  std::deque<Work> queue_;
  Micros paused_until_;
  bool down_ = false;
  std::uint64_t epoch_ = 0;
  std::uint32_t seq_ = 0;
};

}  // namespace pindah
