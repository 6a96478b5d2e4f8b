#include "migration/plan_runner.h"

#include <algorithm>

#include "migration/steps/step.h"

namespace pindah::migration {

namespace {

constexpr Micros kTick = seconds(1);

bool may_fail(const PlanStep& step) {
  const auto may = spec_of(step).may_fail;
  return may != nullptr && may(step);
}

}  // namespace

PlanRunner::PlanRunner(Shared& shared, const OperatorView& view, const Hands& hands)
    : shared_(shared), view_(view), hands_(hands) {}

void PlanRunner::start() { amended(); }

void PlanRunner::amended() {
  shared_.places = StepPlaces(shared_.scenario);
  for (const PlanStep& step : plan()) expect(step);
  push_tick();
}

// An event at the step's time; one that was pushed for another time is void.
void PlanRunner::expect(const PlanStep& step) {
  const StepId which = step_id(step.name);
  StepRun& run = run_of(which);
  const Micros at = step.at.value_or(kNever);
  if (run.state != StepState::waiting || at == run.expected) return;
  run.expected = at;
  if (at != kNever)
    shared_.sim.events.push(
        {at, EventClass::plan, static_cast<std::uint64_t>(which), 0, step_due, 0, 0});
}

StepState PlanRunner::state_of(StepId step) const {
  const auto found = runs_.find(step);
  return found == runs_.end() ? StepState::waiting : found->second.state;
}

bool PlanRunner::waits(StepId step) const { return state_of(step) == StepState::waiting; }

void PlanRunner::push_tick() {
  if (tick_at_ != kNever || !anything_waits()) return;
  // At whole seconds, whenever the waiting began.
  tick_at_ = {(shared_.now().us / kTick.us + 1) * kTick.us};
  shared_.sim.events.push({tick_at_, EventClass::plan, 0, 0, tick, 0, 0});
}

// Steps `at:` have an event of their own, unless they wait for another cutover to end.
bool PlanRunner::anything_waits() const {
  return std::any_of(plan().begin(), plan().end(), [this](const PlanStep& step) {
    return waits(step_id(step.name)) && (step.when || *step.at <= shared_.now());
  });
}

// Whose event it was does not matter: all that is due begins, in the plan's order.
void PlanRunner::handle(const Event& event) {
  if (event.kind == tick && event.time != tick_at_) return;
  if (event.kind == tick) tick_at_ = kNever;
  if (event.kind == step_due && run_of(StepId{event.entity}).expected != event.time) return;
  look(event.kind == tick);
  push_tick();
}

void PlanRunner::look(bool at_tick) {
  for (const PlanStep& step : plan()) {
    const StepId which = step_id(step.name);
    if (waits(which) && due(which, at_tick)) begin(which);
  }
}

bool PlanRunner::due(StepId which, bool at_tick) {
  const PlanStep& step = shared_.step(which);
  StepRun& run = run_of(which);
  if (step.at && shared_.now() < *step.at) return false;
  if (step.when) {
    if (!at_tick) return false;
    const std::int64_t value = view_.value(*step.when);
    run.last_value = value;
    if (!holds(step.when->compare, value, step.when->value)) {
      run.held_since.reset();
      return false;
    }
    if (!run.held_since) run.held_since = shared_.now();
    if (shared_.now() - *run.held_since < step.when->hold) return false;
  }
  const auto may_begin = mechanism_of(step.kind).may_begin;
  return may_begin == nullptr || may_begin(*this, which);
}

void PlanRunner::skip(StepId which, Setback setback) {
  StepRun& run = run_of(which);
  run.state = StepState::skipped;
  run.setback = setback;
  shared_.tell_setback(which, PlanEventKind::skipped, std::move(setback));
}

void PlanRunner::begin(StepId which) {
  const PlanStep& step = shared_.step(which);
  const ServiceId first = step.services.empty() ? -1 : step.services.front();
  if (step.needs && !view_.holds(*step.needs))
    return skip(which, {Why::needs, {}, first, {}, view_.seen(*step.needs), {}});
  run_of(which).state = StepState::running;
  shared_.tell(which, PlanEventKind::started, first);
  mechanism_of(step.kind).begin(*this, which);
}

void PlanRunner::go_on(const Event& event) {
  const StepId which{event.entity};
  if (state_of(which) == StepState::running)
    mechanism_of(shared_.step(which).kind).goes_on(*this, which);
}

// The plan's clock stood still.
void PlanRunner::resume() {
  for (const PlanStep& step : plan()) {
    const StepId which = step_id(step.name);
    const auto again = mechanism_of(step.kind).resume;
    if (again != nullptr && state_of(which) == StepState::running) again(*this, which);
  }
  tick_at_ = kNever;
  look(false);
  push_tick();
}

void PlanRunner::done(StepId which) {
  run_of(which).state = StepState::done;
  run_of(which).memory.clear();
  const std::vector<ServiceId>& services = shared_.step(which).services;
  shared_.tell(which, PlanEventKind::finished, services.empty() ? -1 : services.front());
}

void PlanRunner::step_over(StepId which, bool well) {
  if (well) return done(which);
  run_of(which).state = StepState::failed;
}

std::vector<Unfinished> PlanRunner::unfinished() const {
  std::vector<Unfinished> all;
  for (const PlanStep& step : plan())
    if (std::optional<Unfinished> one = unfinished(step)) all.push_back(std::move(*one));
  return all;
}

std::optional<Unfinished> PlanRunner::unfinished(const PlanStep& step) const {
  using How = Unfinished::How;
  const auto found = runs_.find(step_id(step.name));
  const StepRun run = found == runs_.end() ? StepRun{} : found->second;
  Unfinished one;
  one.step = step_id(step.name);
  one.setback = run.setback;
  switch (run.state) {
    case StepState::done:
      return {};
    case StepState::running:
      one.how = How::running;
      return one;
    case StepState::skipped:
      one.how = How::skipped;
      return one;
    case StepState::failed:
      if (may_fail(step)) return {};
      one.how = How::failed;
      return one;
    case StepState::waiting:
      break;
  }
  one.held_too_briefly = run.held_since.has_value();
  if (step.at == kNever)
    one.how = How::held;
  else if (!step.when)
    one.how = How::too_early;
  else if (!run.last_value)
    one.how = How::never_asked;
  else
    one = {one.step, How::unmet, one.held_too_briefly, view_.seen(*step.when, *run.last_value), {}};
  return one;
}

}  // namespace pindah::migration
