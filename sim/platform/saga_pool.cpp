#include "platform/saga_pool.h"

#include "base/problem.h"

namespace pindah {

SagaPool::SagaPool(const World& world) : world_(world) {
  for (const Job& job : world.jobs) {
    Page page;
    page.name = page.as = job.name;
    page.steps.resize(1);
    page.steps[0].call = job.list;
    lists_.push_back(std::move(page));
  }
}

std::uint32_t SagaPool::add(Saga saga) {
  ensure(saga.key != 0, "a run without a key");
  std::uint32_t index = 0;
  if (free_.empty()) {
    index = static_cast<std::uint32_t>(sagas_.size());
    sagas_.emplace_back();
  } else {
    index = free_.back();
    free_.pop_back();
  }
  saga.generation = sagas_[index].generation + 1;
  saga.alive = true;
  sagas_[index] = std::move(saga);
  return index;
}

void SagaPool::release(std::uint32_t index) {
  Saga& saga = sagas_[index];
  ensure(saga.alive, "a page's run is released twice");
  saga.alive = false;
  free_.push_back(index);
}

Event SagaPool::event(std::uint32_t index, std::uint16_t kind, Micros at) {
  Saga& saga = sagas_[index];
  return {at, EventClass::edge, saga.key, saga.seq++, kind, index, saga.generation};
}

const Page& SagaPool::page_of(const PageRun& run) const {
  const auto page = static_cast<std::size_t>(run.page);
  const std::size_t pages = world_.pages.size();
  return page < pages ? world_.pages[page] : lists_[page - pages];
}

const PageStep& SagaPool::step_of(const Saga& saga) const {
  return page_of(saga).steps[static_cast<std::size_t>(saga.step)];
}

CallId SagaPool::call_of(const Saga& saga) const {
  return saga.undoing ? step_of(saga).undo : step_of(saga).call;
}

}  // namespace pindah
