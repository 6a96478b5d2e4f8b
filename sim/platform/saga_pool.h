// The runs under way, each in a place of its own, and the pages that they run.
#pragma once

#include <cstdint>
#include <vector>

#include "base/event_queue.h"
#include "platform/saga.h"
#include "world/world.h"

namespace pindah {

class SagaPool {
 public:
  // `world` outlives it.
  explicit SagaPool(const World& world);

  // Gives a run a place, and the place's next generation. References to other runs may dangle then.
  std::uint32_t add(Saga saga);
  void release(std::uint32_t index);
  Saga& operator[](std::uint32_t index) { return sagas_[index]; }
  const Saga& operator[](std::uint32_t index) const { return sagas_[index]; }
  // Whether that run is still under way.
  bool runs(std::uint32_t index, std::uint64_t generation) const {
    return sagas_[index].alive && sagas_[index].generation == generation;
  }
  // Calls see(index, run) for each that is under way.
  template <class See>
  void each(See see) const {
    for (std::size_t i = 0; i < sagas_.size(); ++i)
      if (sagas_[i].alive) see(static_cast<std::uint32_t>(i), sagas_[i]);
  }
  // An event of that run: entity = its key, a = its place, b = its generation.
  Event event(std::uint32_t index, std::uint16_t kind, Micros at);

  // The page that a job's list call makes on its own.
  PageId page_of_list(std::size_t job) const {
    return static_cast<PageId>(world_.pages.size() + job);
  }
  const Page& page_of(const PageRun& run) const;
  const PageStep& step_of(const Saga& saga) const;
  CallId call_of(const Saga& saga) const;  // of its step; of its undo, where it undoes

  template <class A>
  void archive(A& a) {
    a(sagas_, free_);
  }

 private:
  const World& world_;
  std::vector<Page> lists_;  // by job
  std::vector<Saga> sagas_;
  std::vector<std::uint32_t> free_;
};

}  // namespace pindah
