#include "oracle/exposure_counters.h"

namespace pindah {

ExposureCounters::ExposureCounters(const World& world, const Scenario& scenario)
    : world_(world),
      affected_(world, scenario),
      began_(affected_.everything()),
      told_(world.promises.size(), 0),
      viewed_(world.promises.size(), 0),
      captured_(world.ledgers.size(), 0),
      reversed_(world.ledgers.size(), 0) {}

void ExposureCounters::told(PromiseId promise) {
  if (began_) ++told_[static_cast<std::size_t>(promise)];
}

void ExposureCounters::viewed(PromiseId promise) {
  if (began_) ++viewed_[static_cast<std::size_t>(promise)];
}

void ExposureCounters::captured(LedgerId ledger) {
  if (began_) ++captured_[static_cast<std::size_t>(ledger)];
}

void ExposureCounters::reversed(LedgerId ledger) {
  if (began_) ++reversed_[static_cast<std::size_t>(ledger)];
}

void ExposureCounters::written(ServiceId service) {
  if (began_ && affected_.service(service)) ++written_;
}

void ExposureCounters::page(PageId page) {
  if (began_ && (affected_.everything() || affected_.page(page))) ++pages_;
}

// An anomaly that couples two facts can come from either of their services.
std::int64_t ExposureCounters::of(const Anomaly& anomaly) const {
  const ExposedBy by = anomaly.kind->exposed_by;
  if (by == ExposedBy::writes) return written_;
  if (by == ExposedBy::pages) return pages_;
  bool reach = false;
  for (const PromiseId p : anomaly.promises)
    reach |= affected_.service(world_.promises[static_cast<std::size_t>(p)].service);
  for (const LedgerId l : anomaly.ledgers)
    reach |= affected_.service(world_.ledgers[static_cast<std::size_t>(l)].service);
  if (anomaly.stock) {
    const Promise& sold = world_.promises[static_cast<std::size_t>(world_.stock->sold_in)];
    reach |= affected_.service(world_.stock->service) || affected_.service(sold.service);
    return reach ? told_[static_cast<std::size_t>(world_.stock->sold_in)] : 0;
  }
  if (!reach) return 0;
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
