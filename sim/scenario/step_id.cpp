#include "scenario/step_id.h"

#include "base/digest.h"
#include "scenario/scenario.h"

namespace pindah {
namespace {

// 0 is nobody's.
std::uint64_t id_of_name(std::string_view name) {
  const std::uint64_t hash = hash64(name);
  return hash == 0 ? 1 : hash;
}

}  // namespace

StepId step_id(std::string_view name) { return StepId{id_of_name(name)}; }
SurpriseId surprise_id(std::string_view name) { return SurpriseId{id_of_name(name)}; }

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
