#include "verdict/timeline.h"

#include <algorithm>

namespace pindah {

Timeline::Timeline(const Scenario& scenario, const std::vector<PlanEvent>& events)
    : scenario_(scenario) {
  for (const PlanEvent& event : events) {
    if (event.step < 0) continue;
    if (event.kind == PlanEventKind::surprise)
      surprise(event);
    else
      step(event);
  }
}

StepSpan* Timeline::open(std::vector<StepSpan>& spans, int step) {
  for (auto it = spans.rbegin(); it != spans.rend(); ++it)
    if (it->step == step && it->until == kNever) return &*it;
  return nullptr;
}

// A route that leads some of the requests over goes on doing so until the next step that moves.
bool Timeline::lasts(const PlanStep& step) {
  return step.kind == StepKind::route &&
         (step.reads_ppm.value_or(0) > 0 || step.writes_ppm.value_or(0) > 0);
}

void Timeline::end_routes(const PlanStep& next, Micros at) {
  const bool moves = next.kind == StepKind::route || next.kind == StepKind::cutover ||
                     next.kind == StepKind::rollback;
  for (StepSpan& span : steps_) {
    if (!moves || span.until != kNever || !lasts(plan_step(span))) continue;
    for (const ServiceId service : next.services)
      if (names(span, service)) span.until = at;
  }
}

void Timeline::step(const PlanEvent& event) {
  StepSpan* span = open(steps_, event.step);
  const PlanStep& of_plan = scenario_.plan[static_cast<std::size_t>(event.step)];
  if (event.kind == PlanEventKind::started && !span) {
    end_routes(of_plan, event.at);
    steps_.push_back({event.step, event.at, kNever, {}});
    first_step_ = std::min(first_step_, event.at);
  }
  if (!span) return;
  if (event.kind == PlanEventKind::phase) span->phases.emplace_back(event.at, event.phase);
  const bool ended = event.kind == PlanEventKind::finished || event.kind == PlanEventKind::aborted;
  if (ended && !lasts(of_plan)) span->until = event.at;
  if (event.kind == PlanEventKind::finished && of_plan.kind == StepKind::retire)
    retired_ = event.at;
}

void Timeline::surprise(const PlanEvent& event) {
  StepSpan* span = open(surprises_, event.step);
  if (event.phase == "on" && !span)
    surprises_.push_back({event.step, event.at, kNever, {}});
  else if (event.phase == "off" && span)
    span->until = event.at;
}

bool Timeline::names(const StepSpan& span, ServiceId service) const {
  const auto& services = plan_step(span).services;
  return std::find(services.begin(), services.end(), service) != services.end();
}

int Timeline::weight(const StepSpan& span, ServiceId service) const {
  int weight = 0;
  switch (scenario_.plan[static_cast<std::size_t>(span.step)].kind) {
    case StepKind::cutover:
    case StepKind::rollback:
    case StepKind::close:
      weight = 6;
      break;
    case StepKind::route:
    case StepKind::retire:
    case StepKind::rename:
    case StepKind::forward_callbacks:
    case StepKind::open:
      weight = 4;
      break;
    case StepKind::copy:
    case StepKind::verify:
    case StepKind::dual_write:
    case StepKind::shadow_read:
      weight = 2;
      break;
    case StepKind::capture:
    case StepKind::apply:
    case StepKind::reverse:
      break;
  }
  return weight + (names(span, service) ? 1 : 0);
}

const StepSpan* Timeline::under_way(Micros from, Micros until, ServiceId service) const {
  const StepSpan* best = nullptr;
  for (const StepSpan& span : steps_) {
    if (span.from > until || span.until < from) continue;
    if (!best || weight(span, service) >= weight(*best, service)) best = &span;
  }
  return best;
}

const StepSpan* Timeline::moved_before(Micros instant) const {
  const StepSpan* last = nullptr;
  for (const StepSpan& span : steps_) {
    const StepKind kind = scenario_.plan[static_cast<std::size_t>(span.step)].kind;
    const bool moves =
        kind == StepKind::cutover || kind == StepKind::rollback || kind == StepKind::route ||
        kind == StepKind::open;
    if (moves && span.until <= instant) last = &span;
  }
  return last;
}

const Surprise* Timeline::surprise(Micros from, Micros until) const {
  const Surprise* found = nullptr;
  for (const StepSpan& span : surprises_) {
    const Surprise& surprise = scenario_.surprises[static_cast<std::size_t>(span.step)];
    if (!surprise.also_in_control && span.from <= until && span.until >= from) found = &surprise;
  }
  return found;
}

std::string Timeline::phase(const StepSpan& span, Micros instant) {
  std::string phase;
  for (const auto& [at, name] : span.phases)
    if (at <= instant || phase.empty()) phase = name;
  return phase;
}

std::string Timeline::name(const StepSpan& span) const {
  return scenario_.plan[static_cast<std::size_t>(span.step)].name;
}

std::vector<std::pair<Micros, Micros>> Timeline::spans(std::string_view step) const {
  std::vector<std::pair<Micros, Micros>> found;
  for (const StepSpan& span : steps_)
    if (name(span) == step) found.emplace_back(span.from, span.until);
  return found;
}

std::vector<std::pair<Micros, Micros>> Timeline::fences(ServiceId service) const {
  std::vector<std::pair<Micros, Micros>> found;
  for (const StepSpan& span : steps_) {
    if (service >= 0 && !names(span, service)) continue;
    Micros closed = kNever;
    for (const auto& [at, phase] : span.phases) {
      if (phase == "fence" && closed == kNever) closed = at;
      if (phase == "release" && closed != kNever) {
        found.emplace_back(closed, at);
        closed = kNever;
      }
    }
    if (closed != kNever) found.emplace_back(closed, span.until);
  }
  return found;
}

}  // namespace pindah
