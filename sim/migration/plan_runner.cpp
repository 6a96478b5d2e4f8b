#include "migration/plan_runner.h"

#include <algorithm>

#include "migration/arming.h"
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

// Steps `at:` have an event of their own, unless they wait for more, or for another cutover to end.
bool PlanRunner::anything_waits() const {
  return std::any_of(plan().begin(), plan().end(), [this](const PlanStep& step) {
    return waits(step_id(step.name)) && step.at.value_or(Micros{}) <= shared_.now();
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
  if (!step.after.empty() && state_of(step_id(step.after)) != StepState::done) return false;
  if (!step.when.empty() && (!at_tick || !conditions_hold(step, run))) return false;
  const auto may_begin = mechanism_of(step.kind).may_begin;
  return may_begin == nullptr || may_begin(*this, which);
}

bool PlanRunner::conditions_hold(const PlanStep& step, StepRun& run) {
  if (!makes_sense(*this, step)) {
    run.held = {};
    return false;
  }
  run.seen.clear();
  return run.held.look(step.when, shared_.now(), [&](const Expression& one) {
    run.seen.push_back(view_.value(one));
    return holds(one.compare, run.seen.back(), one.value);
  });
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
  for (std::size_t i = 0; i < step.needs.size(); ++i) {
    if (view_.holds(step.needs[i])) continue;
    Seen seen = view_.seen(step.needs[i]);
    seen.condition = static_cast<int>(i);
    return skip(which, {Why::needs, {}, first, {}, std::move(seen), {}});
  }
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
  acted(which);
  run_of(which).state = StepState::done;
  run_of(which).memory.clear();
  const std::vector<ServiceId>& services = shared_.step(which).services;
  shared_.tell(which, PlanEventKind::finished, services.empty() ? -1 : services.front());
}

void PlanRunner::step_over(StepId which, bool well) {
  if (well) return done(which);
  acted(which);
  run_of(which).state = StepState::failed;
}

std::vector<Unfinished> PlanRunner::unfinished() const {
  std::vector<Unfinished> all;
  for (const PlanStep& step : plan())
    if (std::optional<Unfinished> one = unfinished(step)) all.push_back(std::move(*one));
  for (const ServiceState& service : shared_.services) {
    for (const Stream& stream : service.streams)
      if (stream.stuck) all.push_back(stuck(stream.begun_by, *stream.stuck));
    if (service.dual.stuck) all.push_back(stuck(service.dual.stuck_step, *service.dual.stuck));
  }
  return all;
}

Unfinished PlanRunner::stuck(StepId step, const Setback& setback) {
  Unfinished one;
  one.step = step;
  one.how = Unfinished::How::stuck;
  one.setback = setback;
  return one;
}

// All that it waits for has come, but for another step that is at work on the same.
bool PlanRunner::kept_waiting(const PlanStep& step, const StepRun& run) const {
  if (step.at && shared_.now() < *step.at) return false;
  if (!step.after.empty() && state_of(step_id(step.after)) != StepState::done) return false;
  for (std::size_t i = 0; i < step.when.size(); ++i) {
    const Micros since = i < run.held.since.size() ? run.held.since[i] : kNever;
    if (since == kNever || shared_.now() - since < step.when[i].hold) return false;
  }
  const auto may_begin = mechanism_of(step.kind).may_begin;
  return may_begin != nullptr && !may_begin(*this, step_id(step.name));
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
      one.setback = hands_.copier.paused(one.step);
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
  if (step.at == kNever)
    one.how = How::held;
  else if (kept_waiting(step, run))
    one.how = How::kept_waiting;
  else if (step.at && shared_.now() < *step.at)
    one.how = How::too_early;
  else if (!step.after.empty() && state_of(step_id(step.after)) != StepState::done)
    one.how = How::after;
  else if (step.when.empty())
    one.how = How::too_early;
  else if (run.seen.size() != step.when.size())
    one.how = How::never_asked;
  else
    return unmet(step, run);
  return one;
}

// The first of its conditions that did not hold, or else not for long enough.
Unfinished PlanRunner::unmet(const PlanStep& step, const StepRun& run) const {
  std::size_t which = 0;
  for (bool brief : {false, true})
    for (std::size_t i = step.when.size(); i-- > 0;) {
      const Expression& one = step.when[i];
      const Micros since = i < run.held.since.size() ? run.held.since[i] : kNever;
      const bool short_of = since != kNever && shared_.now() - since < one.hold;
      if (brief ? since == kNever : short_of) which = i;
    }
  Unfinished found;
  found.step = step_id(step.name);
  found.how = Unfinished::How::unmet;
  found.held_too_briefly = which < run.held.since.size() && run.held.since[which] != kNever;
  found.seen = view_.seen(step.when[which], run.seen[which]);
  found.seen.condition = static_cast<int>(which);
  return found;
}

}  // namespace pindah::migration
