// Runs pages: sends their calls in order, and takes back what was done when a later call refuses.
// The way of each call is RequestPath's.
#pragma once

#include <cstdint>
#include <vector>

#include "platform/request_path.h"
#include "platform/saga_pool.h"
#include "platform/site.h"

namespace pindah {

// Part of one universe; used from its thread only.
class SagaRunner {
 public:
  explicit SagaRunner(const Site& site);

  // Starts a run now. Returns its index.
  std::uint32_t start(PageRun run) { return begin(Saga(std::move(run))); }
  // Takes back, in the background, the steps of a page that `ran` names by bit (all ones: whatever
  // has an undo).
  void undo(const PageRun& run, std::uint64_t ran);
  const Saga& saga(std::uint32_t index) const { return pool_[index]; }
  // Runs that have ended, in order; their maker looks at saga(index) and then calls release(). Undo
  // runs release themselves.
  bool any_finished() const { return !finished_.empty(); }
  std::vector<std::uint32_t> take_finished();
  void release(std::uint32_t index) { pool_.release(index); }

  // Calls see(index, run) for each that is under way.
  template <class See>
  void each(See see) const {
    pool_.each(see);
  }
  PageId page_of_list(std::size_t job) const { return pool_.page_of_list(job); }
  // The front of the shop that moves offers the page to its shoppers, or does not.
  void offer(PageId page, bool offered) { closed_[static_cast<std::size_t>(page)] = !offered; }

  // EventClass::edge.
  void handle(const Event& event);

  // Of the calls' way: see RequestPath.
  void set_hooks(CallHooks* hooks) { path_.set_hooks(hooks); }
  void answer(const RunName& run, bool well) { path_.answer(run, well); }
  void note_hold(std::uint32_t index) { path_.note_hold(index); }
  void dropped(const Event& event) { path_.dropped(event); }
  void slow_platform(Side side, Micros by) { path_.slow_platform(side, by); }
  void slow_service(ServiceId service, Micros by) { path_.slow_service(service, by); }

  template <class A>
  void archive(A& a) {
    a(pool_, finished_, path_, closed_);
  }

 private:
  std::uint32_t begin(Saga saga);
  bool wanted(const PageStep& step, const Saga& saga) const;
  void turn_away(std::uint32_t index);
  void advance(std::uint32_t index);
  void advance_undo(std::uint32_t index);
  void call_over(std::uint32_t index);
  void undo_over(std::uint32_t index);
  void finish(std::uint32_t index);

  SimState& sim_;
  SagaPool pool_;
  RequestPath path_;
  std::vector<std::uint32_t> finished_;
  std::vector<std::uint8_t> closed_;  // by page
};

}  // namespace pindah
