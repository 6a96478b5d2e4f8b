#include "verdict/step_spans.h"

#include <fmt/format.h>

#include <algorithm>

#include "scenario/vocabulary/steps.h"

namespace pindah {
namespace {

bool moves(StepKind kind) { return spec_of(kind).moves != Moves::none; }

}  // namespace

bool lasts(const PlanStep& step) {
  const auto outlasts = spec_of(step).outlasts;
  return outlasts != nullptr && outlasts(step);
}

std::vector<TimedStep> timed_steps(const Scenario& scenario) {
  std::vector<TimedStep> steps;
  for (const PlanStep& step : scenario.plan)
    steps.push_back({step.name, step.kind, step.services, lasts(step)});
  return steps;
}

StepSpans::StepSpans(std::vector<TimedStep> steps, const std::vector<PlanEvent>& events)
    : steps_(std::move(steps)) {
  for (const TimedStep& step : steps_) by_id_.emplace(step_id(step.name), &step);
  for (const PlanEvent& event : events) take(event);
}

StepSpan* StepSpans::open(StepId step) {
  for (auto it = spans_.rbegin(); it != spans_.rend(); ++it)
    if (it->id == step && it->until == kNever) return &*it;
  return nullptr;
}

void StepSpans::end_routes(const TimedStep& next, Micros at) {
  if (!moves(next.kind)) return;
  for (StepSpan& span : spans_) {
    if (span.until != kNever || !span.step->lasts) continue;
    for (const ServiceId service : next.services)
      if (names(span, service)) span.until = at;
  }
}

void StepSpans::take(const PlanEvent& event) {
  const auto known = by_id_.find(event.step);
  if (known == by_id_.end()) return;
  const TimedStep& step = *known->second;
  StepSpan* span = open(event.step);
  if (event.kind == PlanEventKind::started && !span) {
    end_routes(step, event.at);
    spans_.push_back({event.step, &step, event.at, kNever, {}});
    first_step_ = std::min(first_step_, event.at);
  }
  if (!span) return;
  if (event.kind == PlanEventKind::phase) span->phases.emplace_back(event.at, event.phase);
  const bool ended = event.kind == PlanEventKind::finished || event.kind == PlanEventKind::aborted;
  if (ended && !step.lasts) span->until = event.at;
  if (event.kind == PlanEventKind::finished && step.kind == StepKind::retire) retired_ = event.at;
}

bool StepSpans::names(const StepSpan& span, ServiceId service) {
  const auto& services = span.step->services;
  return std::find(services.begin(), services.end(), service) != services.end();
}

int StepSpans::weight(const StepSpan& span, ServiceId service) {
  return 2 * spec_of(span.step->kind).precedence + (names(span, service) ? 1 : 0);
}

const StepSpan* StepSpans::under_way(Micros from, Micros until, ServiceId service) const {
  const StepSpan* best = nullptr;
  for (const StepSpan& span : spans_) {
    if (span.from > until || span.until < from) continue;
    if (!best || weight(span, service) >= weight(*best, service)) best = &span;
  }
  return best;
}

const StepSpan* StepSpans::moved_before(Micros instant) const {
  const StepSpan* last = nullptr;
  for (const StepSpan& span : spans_)
    if (spec_of(span.step->kind).looked_back_to && span.until <= instant) last = &span;
  return last;
}

bool StepSpans::names(const StepSpan& span, const std::vector<ServiceId>& services) {
  return std::any_of(services.begin(), services.end(),
                     [&](ServiceId service) { return names(span, service); });
}

const StepSpan* StepSpans::under_way(Micros from, Micros until,
                                     const std::vector<ServiceId>& services) const {
  const StepSpan* best = nullptr;
  const auto weight_of = [](const StepSpan& span) { return weight(span, -1); };
  for (const StepSpan& span : spans_) {
    if (span.from > until || span.until < from || !names(span, services)) continue;
    if (!best || weight_of(span) >= weight_of(*best)) best = &span;
  }
  return best;
}

const StepSpan* StepSpans::of_kind(StepKind kind, Micros from, Micros until,
                                   const std::vector<ServiceId>& services) const {
  const StepSpan* found = nullptr;
  for (const StepSpan& span : spans_) {
    const bool about = span.step->services.empty() || names(span, services);
    if (span.step->kind == kind && span.from <= until && span.until >= from && about) found = &span;
  }
  return found;
}

const StepSpan* StepSpans::moved_before(Micros instant,
                                        const std::vector<ServiceId>& services) const {
  const StepSpan* last = nullptr;
  for (const StepSpan& span : spans_)
    if (spec_of(span.step->kind).looked_back_to && span.until <= instant && names(span, services))
      last = &span;
  return last;
}

const StepSpan* StepSpans::retired_span(Micros instant, ServiceId service) const {
  const StepSpan* last = nullptr;
  for (const StepSpan& span : spans_)
    if (span.step->kind == StepKind::retire && span.from <= instant && names(span, service))
      last = &span;
  return last;
}

Phase StepSpans::phase(const StepSpan& span, Micros instant) {
  Phase phase = Phase::none;
  for (const auto& [at, begun] : span.phases)
    if (at <= instant || phase == Phase::none) phase = begun;
  return phase;
}

std::string StepSpans::text(const StepSpan& span, Phase phase) {
  return phase == Phase::none ? span.step->name
                              : fmt::format("{}: {}", span.step->name, word_of(phase));
}

std::vector<std::pair<Micros, Micros>> StepSpans::spans(StepId step) const {
  std::vector<std::pair<Micros, Micros>> found;
  for (const StepSpan& span : spans_)
    if (span.id == step) found.emplace_back(span.from, span.until);
  return found;
}

std::vector<std::pair<Micros, Micros>> StepSpans::fences(ServiceId service) const {
  std::vector<std::pair<Micros, Micros>> found;
  for (const StepSpan& span : spans_) {
    if (service >= 0 && !names(span, service)) continue;
    Micros closed = kNever;
    for (const auto& [at, phase] : span.phases) {
      if (phase == Phase::fence && closed == kNever) closed = at;
      if (phase == Phase::release && closed != kNever) {
        found.emplace_back(closed, at);
        closed = kNever;
      }
    }
    if (closed != kNever) found.emplace_back(closed, span.until);
  }
  return found;
}

}  // namespace pindah
