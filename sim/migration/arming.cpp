#include "migration/arming.h"

#include <algorithm>

#include "scenario/steps/dual_write.h"
#include "scenario/steps/retire.h"
#include "scenario/steps/route.h"
#include "scenario/steps/shadow_read.h"
#include "scenario/vocabulary/steps.h"

namespace pindah::migration {
namespace {

bool on_target(const Shared& shared, ServiceId id) {
  return shared.gates.owner(id) == Side::target;
}
bool partly_on_target(const Shared& shared, ServiceId id) {
  return on_target(shared, id) || shared.gates.shared_out(id).ppm > 0;
}

// A condition that asks how far the copy is says itself how far it must be.
bool asks_of(const PlanStep& step, ChangedBy by) {
  return std::any_of(step.when.begin(), step.when.end(),
                     [by](const Expression& one) { return one.metric->changed_by == by; });
}

bool is_there(const Shared& shared, const PlanStep& step, ServiceId id, Need need) {
  switch (need) {
    case Need::captured:
      return shared.service(id).streams[index(Side::source)].log.on() || on_target(shared, id);
    case Need::copied:
      return shared.service(id).copy.finished || partly_on_target(shared, id) ||
             asks_of(step, ChangedBy::copies);
    case Need::moved_over:
      return partly_on_target(shared, id);
    case Need::not_all_moved:
      return !on_target(shared, id);
    case Need::way_there:
    case Need::way_back:
    case Need::not_retired:
      break;
  }
  return true;  // known before the run
}

// A route that leads nobody over is one that leads everybody back.
bool leads_back(const Route& route) {
  return route.reads_ppm.value_or(0) == 0 && route.writes_ppm.value_or(0) == 0;
}

// What it would end, or take back, has begun.
bool has_something_to_end(const Shared& shared, const PlanStep& step, ServiceId id) {
  const ServiceState& service = shared.service(id);
  if (const auto* route = step.as<Route>(); route != nullptr && leads_back(*route))
    return shared.gates.shared_out(id).ppm > 0 ||
           shared.gates.led_reads(id).value_or(Share{}).ppm > 0;
  if (const auto* twice = step.as<WriteTwice>()) {
    if (!twice->on) return service.dual.step != StepId::none;
    if (twice->authoritative == Side::source) return on_target(shared, id);
  }
  if (const auto* twice = step.as<ReadTwice>(); twice != nullptr && !twice->on)
    return service.shadow.step != StepId::none;
  if (step.as<Retire>() != nullptr) return on_target(shared, id);
  return true;
}

// What opens pages again comes after what closed them.
bool has_something_to_open(const PlanRunner& plan, const PlanStep& step) {
  if (step.kind != StepKind::open) return true;
  const auto closes = [&](const PlanStep& other) {
    return other.kind == StepKind::close && other.pages == step.pages;
  };
  const auto& all = plan.plan();
  if (std::none_of(all.begin(), all.end(), closes)) return true;
  return std::any_of(all.begin(), all.end(), [&](const PlanStep& other) {
    return closes(other) && plan.state_of(step_id(other.name)) == StepState::done;
  });
}

}  // namespace

bool makes_sense(const PlanRunner& plan, const PlanStep& step) {
  const Shared& shared = plan.shared();
  for (const ServiceId id : step.services) {
    if (!has_something_to_end(shared, step, id)) return false;
    for (const Requirement& one : spec_of(step).needs)
      if ((one.where == nullptr || one.where(step)) && !is_there(shared, step, id, one.need))
        return false;
  }
  return has_something_to_open(plan, step);
}

}  // namespace pindah::migration
