#include "scenario/step_id.h"

#include "scenario/scenario.h"

namespace pindah {
StepPlaces::StepPlaces(const Scenario& scenario) {
  for (std::size_t i = 0; i < scenario.plan.size(); ++i)
    places_.emplace(step_id(scenario.plan[i].name), static_cast<int>(i));
}

int place_of(const Scenario& scenario, SurpriseId id) {
  for (std::size_t i = 0; i < scenario.surprises.size(); ++i)
    if (surprise_id(scenario.surprises[i].name) == id) return static_cast<int>(i);
  return -1;
}

}  // namespace pindah
