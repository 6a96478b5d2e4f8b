#include "migration/plan_runner.h"

#include <fmt/format.h>

#include <algorithm>

namespace pindah::migration {

namespace {

constexpr Micros kTick = seconds(1);

}  // namespace

PlanRunner::PlanRunner(Shared& shared, const OperatorView& view, Applier& applier, Copier& copier,
                       Verifier& verifier, Cutovers& cutovers)
    : shared_(shared),
      view_(view),
      applier_(applier),
      copier_(copier),
      verifier_(verifier),
      cutovers_(cutovers),
      runs_(shared.site.site.scenario.plan.size()) {}

void PlanRunner::start() {
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    const std::optional<Micros> at = shared_.step(static_cast<int>(i)).at;
    if (at)
      shared_.site.site.clockwork.events.push(
          {std::max(*at, shared_.now()), EventClass::plan, i, 0, step_due, 0, 0});
  }
  push_tick();
}

void PlanRunner::push_tick() {
  if (ticking_ || !anything_waits()) return;
  ticking_ = true;
  shared_.site.site.clockwork.events.push(
      {shared_.now() + kTick, EventClass::plan, 0, 0, tick, 0, 0});
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
  if (event.kind == tick) ticking_ = false;
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
  return !cuts || !cutovers_.busy(number);
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
  Gates& gates = shared_.site.site.gates;
  switch (step.kind) {
    case StepKind::capture:
      return capture(number);
    case StepKind::copy:
      return copier_.start(number, step.services, false);
    case StepKind::apply:
      for (ServiceId id : step.services) applier_.start(id, Side::source, number);
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
      shared_.site.rename(step.text);
      return done(number);
    case StepKind::retire:
      // Also while work is in flight, or while the source still owns a service: operators do that.
      for (ServiceId id : step.services) gates.retire(id, Side::source);
      return done(number);
  }
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
    stream.position = stream.log.started_at();
    stream.capture_step = number;
  }
  run_of(number).state = StepState::done;  // its end is told by the cutover
}

// A cutover of what the target owns already (or a rollback of what the source owns) has nothing to
// do.
void PlanRunner::cut(int number) {
  const PlanStep& step = shared_.step(number);
  const Side to = step.kind == StepKind::rollback ? Side::source : Side::target;
  for (ServiceId id : step.services) {
    if (shared_.site.site.gates.owner(id) == to)
      return skip(number, id,
                  fmt::format("{} is owned by the {} already", shared_.name(id),
                              to == Side::target ? "target" : "source"));
  }
  cutovers_.start(number);
}

// The backward moves know on the source only what has come back from the target, so that what was
// never touched since the cutover could not be compared: such a verify says nothing.
void PlanRunner::verify(int number) {
  const PlanStep& step = shared_.step(number);
  for (ServiceId id : step.services)
    if (shared_.site.site.gates.owner(id) == Side::target)
      return skip(number, id, fmt::format("{} is owned by the target", shared_.name(id)));
  verifier_.start(number, step.services);
}

void PlanRunner::reverse(int number) {
  for (ServiceId id : shared_.step(number).services) {
    if (shared_.step(number).on) {
      cutovers_.start_stream(id, Side::target);
    } else {
      applier_.stop(id, Side::target);
      shared_.stream(id, Side::target).log.stop();
    }
  }
  done(number);
}

void PlanRunner::route(int number) {
  Ramp& ramp = ramps_[number];
  ramp.started = shared_.now();
  for (ServiceId id : shared_.step(number).services)
    ramp.from_ppm.push_back(shared_.site.site.gates.reads_ppm(id));
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
  for (std::size_t i = 0; i < step.services.size(); ++i) {
    // A ten-year ramp of a million ppm does not fit into 64 bits; milliseconds do.
    const std::int64_t far = step.reads_ppm - ramp.from_ppm[i];
    const std::int64_t gone =
        over > 1'000'000 ? far * (passed / 1000) / (over / 1000) : far * passed / over;
    shared_.site.site.gates.route_reads(step.services[i], ramp.from_ppm[i] + gone);
  }
  if (passed < over)
    return shared_.push(std::min(shared_.now() + kTick, ramp.started + step.over), route_ramp,
                        static_cast<std::uint64_t>(number), 0);
  ramps_.erase(number);
  done(number);
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
  if (!step.when) return fmt::format("{} never started: its time did not come", step.name);
  if (!run.last_value) return fmt::format("{} never started", step.name);
  return fmt::format("{} never started: {}{}", step.name, view_.seen(*step.when, *run.last_value),
                     run.held_since ? ", but not for long enough" : "");
}

}  // namespace pindah::migration
