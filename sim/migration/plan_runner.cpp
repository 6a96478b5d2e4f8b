#include "migration/plan_runner.h"

#include <fmt/format.h>

#include <algorithm>

namespace pindah::migration {

namespace {

constexpr Micros kTick = seconds(1);

}  // namespace

PlanRunner::PlanRunner(Shared& shared, const OperatorView& view, const Hands& hands)
    : shared_(shared), view_(view), hands_(hands) {}

void PlanRunner::start() { amended(); }

void PlanRunner::amended() {
  const std::size_t steps = shared_.scenario.plan.size();
  runs_.resize(steps);
  expected_.resize(steps, kNever);
  for (int step = 0; step < static_cast<int>(steps); ++step) expect(step);
  push_tick();
}

// An event at the step's time; one that was pushed for another time is void.
void PlanRunner::expect(int step) {
  Micros& expected = expected_[static_cast<std::size_t>(step)];
  const Micros at = shared_.step(step).at.value_or(kNever);
  if (run_of(step).state != StepState::waiting || at == expected) return;
  expected = at;
  if (at != kNever)
    shared_.clockwork.events.push(
        {at, EventClass::plan, static_cast<std::uint64_t>(step), 0, step_due, 0, 0});
}

bool PlanRunner::waits(int step) const {
  return runs_[static_cast<std::size_t>(step)].state == StepState::waiting;
}

void PlanRunner::push_tick() {
  if (tick_at_ != kNever || !anything_waits()) return;
  // At whole seconds, whenever the waiting began.
  tick_at_ = {(shared_.now().us / kTick.us + 1) * kTick.us};
  shared_.clockwork.events.push({tick_at_, EventClass::plan, 0, 0, tick, 0, 0});
}

// Steps `at:` have an event of their own, unless they wait for another cutover to end.
bool PlanRunner::anything_waits() const {
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    const PlanStep& step = shared_.step(static_cast<int>(i));
    if (runs_[i].state == StepState::waiting && (step.when || *step.at <= shared_.now()))
      return true;
  }
  return false;
}

void PlanRunner::handle(const Event& event) {
  if (event.kind == tick && event.time != tick_at_) return;
  if (event.kind == tick) tick_at_ = kNever;
  if (event.kind == step_due && expected_[event.entity] != event.time) return;
  look(event.kind == tick);
  push_tick();
}

void PlanRunner::look(bool at_tick) {
  for (int step = 0; step < static_cast<int>(runs_.size()); ++step)
    if (run_of(step).state == StepState::waiting && due(step, at_tick)) begin(step);
}

bool PlanRunner::due(int number, bool at_tick) {
  const PlanStep& step = shared_.step(number);
  StepRun& run = run_of(number);
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
  return !cuts || !hands_.cutovers.busy(number);
}

void PlanRunner::skip(int number, ServiceId service, std::string why) {
  StepRun& run = run_of(number);
  run.state = StepState::skipped;
  run.note = std::move(why);
  shared_.tell(number, PlanEventKind::skipped, service, "",
               fmt::format("{} was skipped: {}", shared_.step(number).name, run.note));
}

void PlanRunner::begin(int number) {
  const PlanStep& step = shared_.step(number);
  const ServiceId first = step.services.empty() ? -1 : step.services.front();
  if (step.needs && !view_.holds(*step.needs))
    return skip(number, first,
                fmt::format("it needs {}, but {}", step.needs->text,
                            view_.seen(*step.needs, view_.value(*step.needs))));
  run_of(number).state = StepState::running;
  shared_.tell(number, PlanEventKind::started, first, "", step.name);
  do_step(number);
}

void PlanRunner::do_step(int number) {
  const PlanStep& step = shared_.step(number);
  Gates& gates = shared_.gates;
  switch (step.kind) {
    case StepKind::capture:
      return capture(number);
    case StepKind::copy:
      return hands_.copier.start(number, step.services, false);
    case StepKind::apply:
      for (ServiceId id : step.services) hands_.applier.start(id, Side::source, number);
      run_of(number).state = StepState::done;  // its end is told by the cutover
      return;
    case StepKind::verify:
      return verify(number);
    case StepKind::cutover:
    case StepKind::rollback:
      return cut(number);
    case StepKind::reverse:
      return reverse(number);
    case StepKind::route:
      return route(number);
    case StepKind::forward_callbacks:
      for (ServiceId id : step.services) gates.forward_callbacks(id, step.on);
      return done(number);
    case StepKind::rename:
      shared_.rename(step.text);
      return done(number);
    case StepKind::retire:
      return retire(number);
    case StepKind::dual_write:
      return dual_write(number);
    case StepKind::shadow_read:
      return shadow_read(number);
    case StepKind::close:
      offer(step, false);  // its end is told by what opens the pages again
      run_of(number).state = StepState::done;
      return;
    case StepKind::open:
      offer(step, true);
      return done(number);
  }
}

// Also while work is in flight, or while the source still owns a service: operators do that.
void PlanRunner::retire(int number) {
  const PlanStep& step = shared_.step(number);
  const bool slowly = step.read_only_first.us > 0;
  for (ServiceId id : step.services)
    shared_.gates.retire(id, Side::source, slowly ? Retired::writes : Retired::everything);
  if (!slowly) return done(number);
  shared_.push(shared_.now() + step.read_only_first, migration::retire_fully,
               static_cast<std::uint64_t>(number), 0);
}

void PlanRunner::retire_fully(const Event& event) {
  const int number = static_cast<int>(event.entity);
  for (ServiceId id : shared_.step(number).services)
    shared_.gates.retire(id, Side::source, Retired::everything);
  done(number);
}

void PlanRunner::dual_write(int number) {
  const PlanStep& step = shared_.step(number);
  for (ServiceId id : step.services) {
    const int begun = shared_.service(id).dual.step;
    if (begun >= 0) shared_.tell(begun, PlanEventKind::finished, id, "", shared_.step(begun).name);
  }
  if (!step.on) {
    hands_.dual_writer.stop(number);
    return done(number);
  }
  hands_.dual_writer.start(number);
  Gates& gates = shared_.gates;
  for (ServiceId id : step.services)
    if (step.authoritative && gates.owner(id) != *step.authoritative)
      gates.set_owner(id, *step.authoritative, shared_.now());
  run_of(number).state = StepState::done;  // its end is told by the step that ends it
}

void PlanRunner::shadow_read(int number) {
  if (!shared_.step(number).on) {
    hands_.shadow_reader.stop(number);
    return done(number);
  }
  hands_.shadow_reader.start(number);
  run_of(number).state = StepState::done;  // its end is told by the step that ends it
}

void PlanRunner::offer(const PlanStep& step, bool offered) {
  for (const PageId page : step.pages) shared_.offer(page, offered);
  if (!offered) return;
  for (int number = 0; number < static_cast<int>(runs_.size()); ++number) {
    const PlanStep& closing = shared_.step(number);
    const bool closed = closing.kind == StepKind::close &&
                        run_of(number).state == StepState::done && closing.pages == step.pages;
    if (closed)
      shared_.tell(number, PlanEventKind::finished, -1, "",
                   fmt::format("{}: over with {}", closing.name, step.name));
  }
}

// The plan's clock stood still.
void PlanRunner::resume() {
  for (auto& [number, ramp] : ramps_) {
    shared_.push(shared_.now(), route_ramp, static_cast<std::uint64_t>(number), 0);
  }
  tick_at_ = kNever;
  look(false);
  push_tick();
}

void PlanRunner::done(int number) {
  run_of(number).state = StepState::done;
  const std::vector<ServiceId>& services = shared_.step(number).services;
  shared_.tell(number, PlanEventKind::finished, services.empty() ? -1 : services.front(), "",
               shared_.step(number).name);
}

void PlanRunner::capture(int number) {
  for (ServiceId id : shared_.step(number).services) {
    Stream& stream = shared_.stream(id, Side::source);
    if (stream.log.on()) continue;
    stream.log.start(shared_.backend(Side::source).lsn());
    stream.position = stream.taken = stream.log.started_at();
    stream.capture_step = number;
    stream.retention = shared_.step(number).retention;
    if (const PlanStep* apply = step_that_applies(id)) stream.set(*apply);
  }
  run_of(number).state = StepState::done;  // its end is told by the cutover
}

// How it will be applied says what has to be taken down.
const PlanStep* PlanRunner::step_that_applies(ServiceId id) const {
  for (const PlanStep& step : shared_.scenario.plan) {
    const auto& services = step.services;
    if (step.kind == StepKind::apply &&
        std::find(services.begin(), services.end(), id) != services.end())
      return &step;
  }
  return nullptr;
}

// A cutover of what the target owns already (or a rollback of what the source owns) has nothing to
// do.
void PlanRunner::cut(int number) {
  const PlanStep& step = shared_.step(number);
  const Side to = step.kind == StepKind::rollback ? Side::source : Side::target;
  const Gates& gates = shared_.gates;
  for (ServiceId id : step.services) {
    if (gates.owner(id) == to && gates.shared_out(id).ppm == 0)
      return skip(number, id,
                  fmt::format("{} is owned by the {} already", shared_.name(id),
                              to == Side::target ? "target" : "source"));
  }
  hands_.cutovers.start(number);
}

// The backward moves know on the source only what has come back from the target, so that what was
// never touched since the cutover could not be compared: such a verify says nothing.
void PlanRunner::verify(int number) {
  const PlanStep& step = shared_.step(number);
  for (ServiceId id : step.services)
    if (shared_.gates.owner(id) == Side::target)
      return skip(number, id, fmt::format("{} is owned by the target", shared_.name(id)));
  hands_.verifier.start(number, step.services);
}

void PlanRunner::reverse(int number) {
  for (ServiceId id : shared_.step(number).services) {
    Stream& stream = shared_.stream(id, Side::target);
    stream.origin_tag = shared_.step(number).origin_tag;
    if (shared_.step(number).on) {
      hands_.cutovers.start_stream(id, Side::target);
    } else {
      hands_.applier.stop(id, Side::target);
      stream.log.stop();
    }
  }
  done(number);
}

void PlanRunner::route(int number) {
  const Gates& gates = shared_.gates;
  Ramp& ramp = ramps_[number];
  ramp.started = shared_.now();
  for (ServiceId id : shared_.step(number).services) {
    ramp.reads_from.push_back(gates.led_reads(id).value_or(Share{}).ppm);
    ramp.writes_from.push_back(gates.shared_out(id).ppm);
  }
  advance_ramp(number);
}

void PlanRunner::ramp(const Event& event) {
  const int number = static_cast<int>(event.entity);
  if (ramps_.count(number) != 0) advance_ramp(number);
}

void PlanRunner::advance_ramp(int number) {
  const PlanStep& step = shared_.step(number);
  const Ramp& ramp = ramps_.at(number);
  const std::int64_t over = std::max<std::int64_t>(step.over.us, 1);
  const std::int64_t passed =
      step.over.us > 0 ? std::min(over, (shared_.now() - ramp.started).us) : over;
  set_shares(step, ramp, passed, over);
  if (passed < over)
    return shared_.push(std::min(shared_.now() + kTick, ramp.started + step.over), route_ramp,
                        static_cast<std::uint64_t>(number), 0);
  ramps_.erase(number);
  done(number);
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

void PlanRunner::step_over(int number, bool well) {
  if (well) return done(number);
  run_of(number).state = StepState::failed;
}

std::vector<std::string> PlanRunner::unfinished() const {
  std::vector<std::string> sentences;
  for (int step = 0; step < static_cast<int>(runs_.size()); ++step) {
    std::string sentence = unfinished(step);
    if (!sentence.empty()) sentences.push_back(std::move(sentence));
  }
  return sentences;
}

std::string PlanRunner::unfinished(int number) const {
  const PlanStep& step = shared_.step(number);
  const StepRun& run = runs_[static_cast<std::size_t>(number)];
  switch (run.state) {
    case StepState::done:
      return {};
    case StepState::running:
      return fmt::format("{} was not over at the end", step.name);
    case StepState::skipped:
      return fmt::format("{} was skipped: {}", step.name, run.note);
    case StepState::failed:
      if (step.may_abort) return {};
      return run.note.empty() ? fmt::format("{} failed", step.name) : run.note;
    case StepState::waiting:
      break;
  }
  if (step.at == kNever) return fmt::format("{} was held", step.name);
  if (!step.when) return fmt::format("{} never started: its time did not come", step.name);
  if (!run.last_value) return fmt::format("{} never started", step.name);
  return fmt::format("{} never started: {}{}", step.name, view_.seen(*step.when, *run.last_value),
                     run.held_since ? ", but not for long enough" : "");
}

}  // namespace pindah::migration
