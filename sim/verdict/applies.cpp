#include "verdict/applies.h"

#include <fmt/format.h>

#include <set>

#include "oracle/affected.h"

namespace pindah {
namespace {

// The services that would have to move; none: the line does not speak of services.
std::set<ServiceId> services_of(const World& world, const Budget& budget) {
  std::set<ServiceId> all;
  if (budget.metric->id == VerdictMetric::longest_outage ||
      budget.metric->id == VerdictMetric::freeze)
    all.insert(budget.arguments.services.begin(), budget.arguments.services.end());
  if (budget.metric->id != VerdictMetric::anomaly || budget.anomaly < 0) return all;
  // Asked of each service whether it is concerned; never answered yes, so that all are asked.
  const bool any = concerns_any(world, world.anomalies[static_cast<std::size_t>(budget.anomaly)],
                                [&](ServiceId service) {
                                  if (service >= 0) all.insert(service);
                                  return false;
                                });
  if (any) all.clear();
  return all;
}

}  // namespace

std::string never_exposed(const World& world, const Scenario& scenario, const Budget& budget) {
  const Affected affected(world, scenario);
  if (affected.everything()) return {};
  std::vector<std::string> names;
  for (const ServiceId service : services_of(world, budget)) {
    if (affected.service(service)) return {};
    names.push_back(world.services[static_cast<std::size_t>(service)].name);
  }
  if (names.empty()) return {};
  return fmt::format("nothing in the plan changes who answers for {}", fmt::join(names, " or "));
}

std::vector<std::string> never_exposed(const World& world, const Scenario& scenario) {
  std::vector<std::string> lines;
  for (const BudgetLine& line : scenario.budget) {
    const std::string why = never_exposed(world, scenario, line.budget);
    if (why.empty()) continue;
    lines.push_back(fmt::format("{}:{}: {}: not applicable: {}", line.place.file, line.place.line,
                                line.name, why));
  }
  return lines;
}

}  // namespace pindah
