// What the plan and the surprises were doing at an instant, read from the plan's events.
#pragma once

#include <vector>

#include "oracle/record.h"
#include "scenario/scenario.h"
#include "verdict/step_spans.h"

namespace pindah {

struct SurpriseSpan {
  const Surprise* surprise = nullptr;
  Micros from;
  Micros until = kNever;
};

// The scenario outlives it.
class Timeline : public StepSpans {
 public:
  Timeline(const Scenario& scenario, const std::vector<PlanEvent>& events);

  // A surprise that was on between the two instants and that the control did not have.
  const Surprise* surprise(Micros from, Micros until) const;
  const Scenario& scenario() const { return scenario_; }

 private:
  void surprise(const PlanEvent& event);

  const Scenario& scenario_;
  std::vector<SurpriseSpan> surprises_;  // in order of their starts
};

}  // namespace pindah
