#include "verdict/timeline.h"

#include <algorithm>

#include "scenario/vocabulary/steps.h"

namespace pindah {

Timeline::Timeline(const Scenario& scenario, const std::vector<PlanEvent>& events)
    : StepSpans(timed_steps(scenario), events), scenario_(scenario) {
  for (const PlanEvent& event : events)
    if (event.kind == PlanEventKind::surprise) surprise(event);
}

void Timeline::surprise(const PlanEvent& event) {
  const int place = place_of(scenario_, event.surprise);
  if (place < 0) return;
  const Surprise* which = &scenario_.surprises[static_cast<std::size_t>(place)];
  const auto open = std::find_if(
      surprises_.rbegin(), surprises_.rend(),
      [&](const SurpriseSpan& span) { return span.surprise == which && span.until == kNever; });
  const bool on = open != surprises_.rend();
  if (event.phase == Phase::on && !on)
    surprises_.push_back({which, event.at, kNever});
  else if (event.phase == Phase::off && on)
    open->until = event.at;
}

const Surprise* Timeline::surprise(Micros from, Micros until) const {
  const Surprise* found = nullptr;
  for (const SurpriseSpan& span : surprises_)
    if (!span.surprise->also_in_control && span.from <= until && span.until >= from)
      found = span.surprise;
  return found;
}

}  // namespace pindah
