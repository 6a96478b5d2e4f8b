#include "oracle/cases.h"

#include <algorithm>

namespace pindah {

int find_anomaly(const World& world, const AnomalyOf& of) {
  const auto has = [](const std::vector<int>& list, int id) {
    return id < 0 || std::find(list.begin(), list.end(), id) != list.end();
  };
  const auto fits = [&](const Anomaly& a) {
    if (a.kind->id != of.kind || a.stock != of.stock) return false;
    if (of.promise < 0 && of.ledger < 0 && !of.stock) return true;
    if (of.promise >= 0 && of.ledger >= 0 && a.ledger_first != of.ledger_first) return false;
    return has(a.promises, of.promise) && has(a.ledgers, of.ledger);
  };
  const auto it = std::find_if(world.anomalies.begin(), world.anomalies.end(), fits);
  return it == world.anomalies.end() ? -1 : static_cast<int>(it - world.anomalies.begin());
}

std::uint32_t intent_or_nobody(std::int64_t idem) { return idem > 0 ? intent_of(idem) : kNobody; }

void Cases::add(const AnomalyOf& of, Found found) {
  found.what.anomaly = find_anomaly(world_, of);
  if (found.what.anomaly >= 0) all_.push_back(std::move(found));
}

}  // namespace pindah
