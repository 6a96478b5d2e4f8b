// Who a step of a plan or a surprise is: a number that follows from its name alone. Events and run
// states hold it in place of a position, so that a step that joins or leaves a plan disturbs none
// of the others, and a state that was put away goes on under an edited plan.
#pragma once

#include <cstdint>
#include <map>
#include <string_view>

namespace pindah {

struct Scenario;

// XXH3 of the name, the same on every machine and in every version: snapshots hold it. Two names of
// one plan with one id are refused by the scenario's reader.
enum class StepId : std::uint64_t { none };
enum class SurpriseId : std::uint64_t { none };
StepId step_id(std::string_view name);
SurpriseId surprise_id(std::string_view name);

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
