#include "oracle/affected.h"

#include <algorithm>

#include "scenario/vocabulary/steps.h"

namespace pindah {

ServiceId service_of(const World& world, const PageStep& step) {
  if (step.call >= 0) return world.calls[static_cast<std::size_t>(step.call)].service;
  if (step.ledger >= 0) return world.ledgers[static_cast<std::size_t>(step.ledger)].service;
  return -1;
}

Affected::Affected(const World& world, const Scenario& scenario)
    : services_(world.services.size(), false) {
  for (const PlanStep& step : scenario.plan) {
    if (!changes_who_answers(step)) continue;
    everything_ = false;
    for (const ServiceId s : step.services) services_[static_cast<std::size_t>(s)] = true;
  }
  for (const Page& page : world.pages)
    pages_.push_back(std::any_of(page.steps.begin(), page.steps.end(), [&](const PageStep& step) {
      return service(service_of(world, step));
    }));
}

bool Affected::anomaly(const World& world, const Anomaly& anomaly) const {
  return concerns_any(world, anomaly, [this](ServiceId one) { return service(one); });
}

bool Affected::service(ServiceId service) const {
  if (everything_) return true;
  return service >= 0 && services_[static_cast<std::size_t>(service)];
}

}  // namespace pindah
