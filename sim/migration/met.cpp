// Who meets the steps that change who answers.
#include <algorithm>

#include "migration/plan_runner.h"
#include "scenario/steps/dual_write.h"
#include "scenario/steps/route.h"

namespace pindah::migration {
namespace {

Side answers_after(const PlanStep& step) {
  if (step.kind == StepKind::rollback) return Side::source;
  if (const auto* twice = step.as<WriteTwice>()) return twice->authoritative.value_or(Side::target);
  const auto* route = step.as<Route>();
  const bool back =
      route != nullptr && route->reads_ppm.value_or(0) == 0 && route->writes_ppm.value_or(0) == 0;
  return back ? Side::source : Side::target;
}

// Of all services of a step together.
Business business_of(const Shared& shared, const PlanStep& step) {
  Business all;
  for (const ServiceId id : step.services) {
    const Business& one = shared.gates.business(id);
    all.begun += one.begun;
    all.hindered += one.hindered;
    for (const Side side : {Side::source, Side::target})
      all.answered[index(side)] += one.answered[index(side)];
    if (one.last != kNever) all.last = all.last == kNever ? one.last : std::max(all.last, one.last);
  }
  return all;
}

}  // namespace

void PlanRunner::acts(StepId which) {
  const PlanStep& step = shared_.step(which);
  const Business by_now = business_of(shared_, step);
  Act act;
  act.at = shared_.now();
  act.last = by_now.last;
  for (const ServiceId id : step.services) act.before += shared_.gates.around(id, act.at);
  act.begun = by_now.begun;
  act.hindered = by_now.hindered;
  act.answered = by_now.answered;
  act.to = answers_after(step);
  run_of(which).act = act;
}

void PlanRunner::acted(StepId which) {
  std::optional<Act>& act = run_of(which).act;
  if (!act || act->during) return;
  const Business by_now = business_of(shared_, shared_.step(which));
  act->hindered_by_it = by_now.hindered - act->hindered;
  act->during = by_now.begun - act->begun;
}

std::vector<StepMet> PlanRunner::met() const {
  std::vector<StepMet> all;
  for (const PlanStep& step : plan()) {
    const auto run = runs_.find(step_id(step.name));
    if (run == runs_.end() || !run->second.act) continue;
    const Act& act = *run->second.act;
    const Business by_now = business_of(shared_, step);
    StepMet met;
    met.step = run->first;
    met.at = act.at;
    met.last = act.last;
    met.before = act.before;
    met.hindered = act.hindered_by_it.value_or(by_now.hindered - act.hindered);
    met.during = act.during.value_or(by_now.begun - act.begun);
    met.after = by_now.begun - act.begun;
    met.answered = by_now.answered[index(act.to)] - act.answered[index(act.to)];
    all.push_back(met);
  }
  return all;
}

}  // namespace pindah::migration
