#include "scenario/dangers.h"

#include <fmt/format.h>

#include "scenario/vocabulary/steps.h"

namespace pindah {

std::vector<std::string> dangers_of(const PlanStep& step) {
  std::vector<std::string> all;
  const StepSpec& spec = spec_of(step);
  for (const Field& field : spec.fields)
    for (std::string& why : dangers_of(field, spec.in(step))) all.push_back(std::move(why));
  return all;
}

std::vector<std::string> dangers(const Scenario& scenario) {
  std::vector<std::string> lines;
  for (const PlanStep& step : scenario.plan) {
    std::vector<std::string> found = dangers_of(step);
    for (const PlanDanger& danger : spec_of(step).dangers)
      if (danger.holds(step, scenario)) found.push_back(danger.why);
    if (found.empty()) continue;
    lines.push_back(fmt::format("{}:{}: {}: {}", step.place.file, step.place.line, step.name,
                                fmt::join(found, "; ")));
  }
  return lines;
}

}  // namespace pindah
