// Where the steps and surprises of these ids stand (metrics/step_id.h).
#pragma once

#include <map>

#include "metrics/step_id.h"

namespace pindah {

struct Scenario;

// Where the steps stand in Scenario::plan, as the plan was when this was made.
class StepPlaces {
 public:
  explicit StepPlaces(const Scenario& scenario);
  // -1: the plan has no such step.
  int of(StepId id) const {
    const auto found = places_.find(id);
    return found == places_.end() ? -1 : found->second;
  }

 private:
  std::map<StepId, int> places_;
};

// Where a surprise stands in Scenario::surprises, or -1.
int place_of(const Scenario& scenario, SurpriseId id);

}  // namespace pindah
