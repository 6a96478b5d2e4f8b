#include "platform/saga_runner.h"

#include <utility>

namespace pindah {
namespace {

// An undo is tried this often, then what it should have taken back stays, as it would in life.
constexpr int kUndoTriesMax = 60;
constexpr Micros kUndoPause = seconds(1);

std::uint64_t bit_of_step(int step) { return std::uint64_t{1} << step; }

}  // namespace

SagaRunner::SagaRunner(const Site& site)
    : sim_(site.sim), pool_(site.world), path_(site, pool_), closed_(site.world.pages.size()) {}

std::uint32_t SagaRunner::begin(Saga saga) {
  saga.started = sim_.now;
  const bool closed = saga.actor == Actor::shopper && saga.home == Side::source &&
                      closed_[static_cast<std::size_t>(saga.page)];
  const bool undoing = saga.undoing;
  const std::uint32_t index = pool_.add(std::move(saga));
  if (closed)
    turn_away(index);
  else if (undoing)
    advance_undo(index);
  else
    advance(index);
  return index;
}

// Before any platform is asked.
void SagaRunner::turn_away(std::uint32_t index) {
  Saga& saga = pool_[index];
  saga.step = 0;
  saga.end = PageEnd::failed;
  saga.reason = "closed";
  saga.meet(Obstacle::closed, Micros{}, -1);
  finish(index);
}

void SagaRunner::undo(const PageRun& run, std::uint64_t ran) {
  const std::vector<PageStep>& steps = pool_.page_of(run).steps;
  const bool needed = [&] {
    for (std::size_t i = 0; i < steps.size(); ++i)
      if (steps[i].undo >= 0 && (ran & bit_of_step(static_cast<int>(i))) != 0) return true;
    return false;
  }();
  if (!needed) return;
  Saga undo(run);
  undo.actor = Actor::undo;
  undo.key = saga_key(Actor::undo, run.key & kSagaKeyMask, 0);
  undo.pinned = false;
  undo.intended = sim_.now;
  undo.undoing = true;
  undo.step = static_cast<int>(steps.size());
  undo.ran = ran;
  begin(std::move(undo));
}

std::vector<std::uint32_t> SagaRunner::take_finished() { return std::exchange(finished_, {}); }

void SagaRunner::handle(const Event& event) {
  const auto index = static_cast<std::uint32_t>(event.a);
  if (!pool_.runs(index, event.b)) return;
  if (event.kind == RequestPath::undo_again) return path_.send(index);
  if (path_.handle(event)) call_over(index);
}

bool SagaRunner::wanted(const PageStep& step, const Saga& saga) const {
  if (step.if_slot < 0) return true;
  const Value& value = saga.slots[static_cast<std::size_t>(step.if_slot)];
  return !is_null(value) && to_text(value) == step.if_equals;
}

void SagaRunner::advance(std::uint32_t index) {
  Saga& saga = pool_[index];
  const std::vector<PageStep>& steps = pool_.page_of(saga).steps;
  do ++saga.step;
  while (saga.step < static_cast<int>(steps.size()) && !wanted(pool_.step_of(saga), saga));
  saga.call.bounces = 0;
  if (saga.step == static_cast<int>(steps.size())) {
    saga.step = static_cast<int>(steps.size()) - 1;
    return finish(index);
  }
  if (pool_.step_of(saga).ledger >= 0) return path_.ask_ledger(index);
  path_.send(index);
}

void SagaRunner::advance_undo(std::uint32_t index) {
  Saga& saga = pool_[index];
  do --saga.step;
  while (saga.step >= 0 &&
         (pool_.step_of(saga).undo < 0 || (saga.ran & bit_of_step(saga.step)) == 0));
  saga.call.bounces = saga.undo_tries = 0;
  if (saga.step < 0) {
    saga.step = 0;
    return release(index);
  }
  path_.send(index);
}

void SagaRunner::call_over(std::uint32_t index) {
  Saga& saga = pool_[index];
  if (saga.undoing) return undo_over(index);
  if (saga.end != PageEnd::ok) return finish(index);
  saga.ran |= bit_of_step(saga.step);
  advance(index);
}

void SagaRunner::undo_over(std::uint32_t index) {
  Saga& saga = pool_[index];
  if (saga.end != PageEnd::failed || ++saga.undo_tries >= kUndoTriesMax) return advance_undo(index);
  saga.call.bounces = 0;
  sim_.events.push(pool_.event(index, RequestPath::undo_again, sim_.now + kUndoPause));
}

// A refusal is the answer at once; what had been done meanwhile is taken back behind it.
void SagaRunner::finish(std::uint32_t index) {
  if (pool_[index].undoing) return release(index);
  if (pool_[index].end == PageEnd::refused) {
    const Saga refused = pool_[index];  // a new run may move the pool
    undo(refused, refused.ran);
  }
  finished_.push_back(index);
}

}  // namespace pindah
