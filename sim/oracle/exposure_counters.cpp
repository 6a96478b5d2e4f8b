#include "oracle/exposure_counters.h"

#include <algorithm>

#include "scenario/steps/fence.h"

namespace pindah {

ExposureCounters::ExposureCounters(const World& world, const Scenario& scenario)
    : world_(world),
      affected_(world, scenario),
      began_(affected_.everything()),
      acted_(world.services.size(), false),
      told_(world.promises.size(), 0),
      viewed_(world.promises.size(), 0),
      captured_(world.ledgers.size(), 0),
      reversed_(world.ledgers.size(), 0) {}

// A fence acts as it closes, before anything has changed hands; any other step as it begins.
void ExposureCounters::heard(const PlanEvent& event, const Scenario& scenario) {
  if (event.kind == PlanEventKind::started) began_ = true;
  const bool fence = event.kind == PlanEventKind::phase && event.phase == Phase::fence;
  if (!fence && event.kind != PlanEventKind::started) return;
  for (const PlanStep& step : scenario.plan) {
    if (step_id(step.name) != event.step || !changes_who_answers(step)) continue;
    if (fence == (fence_of(step) == nullptr)) continue;
    for (const ServiceId service : step.services) acted_[static_cast<std::size_t>(service)] = 1;
  }
}

bool ExposureCounters::acted(ServiceId service) const {
  if (affected_.everything()) return true;
  return service >= 0 && acted_[static_cast<std::size_t>(service)] != 0;
}

void ExposureCounters::told(PromiseId promise) {
  if (began_) ++told_[static_cast<std::size_t>(promise)];
}

void ExposureCounters::viewed(PromiseId promise) {
  const auto number = static_cast<std::size_t>(promise);
  if (began_ && acted(world_.promises[number].service)) ++viewed_[number];
}

void ExposureCounters::captured(LedgerId ledger) {
  if (began_) ++captured_[static_cast<std::size_t>(ledger)];
}

void ExposureCounters::reversed(LedgerId ledger) {
  if (began_) ++reversed_[static_cast<std::size_t>(ledger)];
}

void ExposureCounters::written(ServiceId service) {
  if (began_ && acted(service)) ++written_;
}

void ExposureCounters::page(PageId page) {
  if (!began_) return;
  const std::vector<PageStep>& steps = world_.pages[static_cast<std::size_t>(page)].steps;
  const bool any = affected_.everything() ||
                   std::any_of(steps.begin(), steps.end(), [this](const PageStep& step) {
                     return acted(service_of(world_, step));
                   });
  if (any) ++pages_;
}

std::int64_t ExposureCounters::of(const Anomaly& anomaly) const {
  const ExposedBy by = anomaly.kind->exposed_by;
  if (by == ExposedBy::writes) return written_;
  if (by == ExposedBy::pages) return pages_;
  if (!concerns_any(world_, anomaly, [this](ServiceId one) { return acted(one); })) return 0;
  if (anomaly.stock) return told_[static_cast<std::size_t>(world_.stock->sold_in)];
  const bool by_ledger =
      !anomaly.ledgers.empty() && (anomaly.promises.empty() || anomaly.ledger_first);
  if (by_ledger) {
    const auto ledger = static_cast<std::size_t>(anomaly.ledgers.front());
    return by == ExposedBy::reversals ? reversed_[ledger] : captured_[ledger];
  }
  const auto promise = static_cast<std::size_t>(anomaly.promises.front());
  return by == ExposedBy::sights ? viewed_[promise] : told_[promise];
}

std::vector<std::int64_t> ExposureCounters::exposure() const {
  std::vector<std::int64_t> all;
  for (const Anomaly& anomaly : world_.anomalies) all.push_back(of(anomaly));
  return all;
}

}  // namespace pindah
