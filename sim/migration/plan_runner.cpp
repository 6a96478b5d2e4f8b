#include "migration/plan_runner.h"

#include <algorithm>

namespace pindah::migration {

namespace {

constexpr Micros kTick = seconds(1);

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
    shared_.clockwork.events.push(
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
  shared_.clockwork.events.push({tick_at_, EventClass::plan, 0, 0, tick, 0, 0});
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
  const bool cuts = step.kind == StepKind::cutover || step.kind == StepKind::rollback;
  return !cuts || !hands_.cutovers.busy(which);
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
  do_step(which);
}

void PlanRunner::do_step(StepId which) {
  const PlanStep& step = shared_.step(which);
  Gates& gates = shared_.gates;
  switch (step.kind) {
    case StepKind::capture:
      return capture(which);
    case StepKind::copy:
      return hands_.copier.start(which, step.services, false);
    case StepKind::apply:
      for (ServiceId id : step.services) hands_.applier.start(id, Side::source, which);
      run_of(which).state = StepState::done;  // its end is told by the cutover
      return;
    case StepKind::verify:
      return verify(which);
    case StepKind::cutover:
    case StepKind::rollback:
      return cut(which);
    case StepKind::reverse:
      return reverse(which);
    case StepKind::route:
      return route(which);
    case StepKind::forward_callbacks:
      for (ServiceId id : step.services) gates.forward_callbacks(id, step.on);
      return done(which);
    case StepKind::rename:
      shared_.rename(step.text);
      return done(which);
    case StepKind::retire:
      return retire(which);
    case StepKind::dual_write:
      return dual_write(which);
    case StepKind::shadow_read:
      return shadow_read(which);
    case StepKind::close:
      offer(step, false);  // its end is told by what opens the pages again
      run_of(which).state = StepState::done;
      return;
    case StepKind::open:
      offer(step, true);
      return done(which);
  }
}

// Also while work is in flight, or while the source still owns a service: operators do that.
void PlanRunner::retire(StepId which) {
  const PlanStep& step = shared_.step(which);
  const bool slowly = step.read_only_first.us > 0;
  for (ServiceId id : step.services)
    shared_.gates.retire(id, Side::source, slowly ? Retired::writes : Retired::everything);
  if (!slowly) return done(which);
  shared_.push(shared_.now() + step.read_only_first, migration::retire_fully,
               static_cast<std::uint64_t>(which), 0);
}

void PlanRunner::retire_fully(const Event& event) {
  const StepId which = StepId{event.entity};
  for (ServiceId id : shared_.step(which).services)
    shared_.gates.retire(id, Side::source, Retired::everything);
  done(which);
}

void PlanRunner::dual_write(StepId which) {
  const PlanStep& step = shared_.step(which);
  for (ServiceId id : step.services) {
    const StepId begun = shared_.service(id).dual.step;
    if (begun != StepId::none) shared_.tell(begun, PlanEventKind::finished, id);
  }
  if (!step.on) {
    hands_.dual_writer.stop(which);
    return done(which);
  }
  hands_.dual_writer.start(which);
  Gates& gates = shared_.gates;
  for (ServiceId id : step.services)
    if (step.authoritative && gates.owner(id) != *step.authoritative)
      gates.set_owner(id, *step.authoritative, shared_.now());
  run_of(which).state = StepState::done;  // its end is told by the step that ends it
}

void PlanRunner::shadow_read(StepId which) {
  if (!shared_.step(which).on) {
    hands_.shadow_reader.stop(which);
    return done(which);
  }
  hands_.shadow_reader.start(which);
  run_of(which).state = StepState::done;  // its end is told by the step that ends it
}

void PlanRunner::offer(const PlanStep& step, bool offered) {
  for (const PageId page : step.pages) shared_.offer(page, offered);
  if (!offered) return;
  for (const PlanStep& closing : plan()) {
    const StepId which = step_id(closing.name);
    const bool closed = closing.kind == StepKind::close && run_of(which).state == StepState::done &&
                        closing.pages == step.pages;
    if (closed) shared_.tell_over(which, -1, step_id(step.name));
  }
}

// The plan's clock stood still.
void PlanRunner::resume() {
  for (auto& [which, ramp] : ramps_) {
    shared_.push(shared_.now(), route_ramp, static_cast<std::uint64_t>(which), 0);
  }
  tick_at_ = kNever;
  look(false);
  push_tick();
}

void PlanRunner::done(StepId which) {
  run_of(which).state = StepState::done;
  const std::vector<ServiceId>& services = shared_.step(which).services;
  shared_.tell(which, PlanEventKind::finished, services.empty() ? -1 : services.front());
}

void PlanRunner::capture(StepId which) {
  for (ServiceId id : shared_.step(which).services) {
    Stream& stream = shared_.stream(id, Side::source);
    if (stream.log.on()) continue;
    stream.log.start(shared_.backend(Side::source).lsn());
    stream.position = stream.taken = stream.log.started_at();
    stream.capture_step = which;
    stream.retention = shared_.step(which).retention;
    if (const PlanStep* apply = step_that_applies(id)) stream.set(*apply);
  }
  run_of(which).state = StepState::done;  // its end is told by the cutover
}

// How it will be applied says what has to be taken down.
const PlanStep* PlanRunner::step_that_applies(ServiceId id) const {
  for (const PlanStep& step : plan()) {
    const auto& services = step.services;
    if (step.kind == StepKind::apply &&
        std::find(services.begin(), services.end(), id) != services.end())
      return &step;
  }
  return nullptr;
}

// A cutover of what the target owns already (or a rollback of what the source owns) has nothing to
// do.
void PlanRunner::cut(StepId which) {
  const PlanStep& step = shared_.step(which);
  const Side to = step.kind == StepKind::rollback ? Side::source : Side::target;
  const Gates& gates = shared_.gates;
  for (ServiceId id : step.services) {
    if (gates.owner(id) == to && gates.shared_out(id).ppm == 0)
      return skip(which, {Why::owned_already, {}, id, to, {}, {}});
  }
  hands_.cutovers.start(which);
}

// The backward moves know on the source only what has come back from the target, so that what was
// never touched since the cutover could not be compared: such a verify says nothing.
void PlanRunner::verify(StepId which) {
  const PlanStep& step = shared_.step(which);
  for (ServiceId id : step.services)
    if (shared_.gates.owner(id) == Side::target)
      return skip(which, {Why::target_owns, {}, id, {}, {}, {}});
  hands_.verifier.start(which, step.services);
}

void PlanRunner::reverse(StepId which) {
  for (ServiceId id : shared_.step(which).services) {
    Stream& stream = shared_.stream(id, Side::target);
    stream.origin_tag = shared_.step(which).origin_tag;
    if (shared_.step(which).on) {
      hands_.cutovers.start_stream(id, Side::target);
    } else {
      hands_.applier.stop(id, Side::target);
      stream.log.stop();
    }
  }
  done(which);
}

void PlanRunner::route(StepId which) {
  const Gates& gates = shared_.gates;
  Ramp& ramp = ramps_[which];
  ramp.started = shared_.now();
  for (ServiceId id : shared_.step(which).services) {
    ramp.reads_from.push_back(gates.led_reads(id).value_or(Share{}).ppm);
    ramp.writes_from.push_back(gates.shared_out(id).ppm);
  }
  advance_ramp(which);
}

void PlanRunner::ramp(const Event& event) {
  const StepId which = StepId{event.entity};
  if (ramps_.count(which) != 0) advance_ramp(which);
}

void PlanRunner::advance_ramp(StepId which) {
  const PlanStep& step = shared_.step(which);
  const Ramp& ramp = ramps_.at(which);
  const std::int64_t over = std::max<std::int64_t>(step.over.us, 1);
  const std::int64_t passed =
      step.over.us > 0 ? std::min(over, (shared_.now() - ramp.started).us) : over;
  set_shares(step, ramp, passed, over);
  if (passed < over)
    return shared_.push(std::min(shared_.now() + kTick, ramp.started + step.over), route_ramp,
                        static_cast<std::uint64_t>(which), 0);
  ramps_.erase(which);
  done(which);
}

void PlanRunner::set_shares(const PlanStep& step, const Ramp& ramp, std::int64_t passed,
                            std::int64_t over) {
  Gates& gates = shared_.gates;
  const auto by = static_cast<std::uint8_t>(step.by);
  const auto share = [&](std::int64_t from, std::int64_t to) {
    // A ten-year ramp of a million ppm does not fit into 64 bits; milliseconds do.
    const std::int64_t far = to - from;
    const std::int64_t gone =
        over > 1'000'000 ? far * (passed / 1000) / (over / 1000) : far * passed / over;
    return Share{from + gone, by};
  };
  for (std::size_t i = 0; i < step.services.size(); ++i) {
    const ServiceId id = step.services[i];
    if (step.reads_ppm) gates.lead_reads(id, share(ramp.reads_from[i], *step.reads_ppm));
    if (step.writes_ppm && gates.owner(id) == Side::source)
      gates.share_out(id, share(ramp.writes_from[i], *step.writes_ppm), shared_.now());
  }
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
      if (step.may_abort) return {};
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
