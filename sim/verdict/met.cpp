#include "verdict/met.h"

#include "scenario/vocabulary/steps.h"

namespace pindah {
namespace {

// A retirement is met by whoever comes after it; what goes over step by step, also by those who
// come meanwhile.
std::int64_t count_of(const PlanStep& step, const StepMet& of) {
  if (does(step, Effect::retires)) return of.after;
  const bool by_and_by = spec_of(step).moves == Moves::share;
  return of.before + (by_and_by ? of.during : of.hindered);
}

}  // namespace

std::vector<MetStep> met_of(const Scenario& scenario, const Record& rehearsed) {
  std::vector<MetStep> all;
  const StepPlaces places(scenario);
  for (const StepMet& of : rehearsed.met) {
    const int place = places.of(of.step);
    if (place < 0) continue;
    const PlanStep& step = scenario.plan[static_cast<std::size_t>(place)];
    MetStep met;
    met.of = of;
    met.quiet = step.quiet.value_or(false);
    met.count = met.quiet ? of.answered : count_of(step, of);
    met.needed = met.quiet ? scenario.min_exposure : step.met_at_least.value_or(kMetAtLeast);
    all.push_back(met);
  }
  return all;
}

}  // namespace pindah
