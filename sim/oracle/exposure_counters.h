// Counts the operations that could have gone wrong: the exposure of each anomaly.
#pragma once

#include <vector>

#include "oracle/affected.h"

namespace pindah {

// Counts from the plan's first step on (from the start if the plan moves nothing), and only what
// has to do with a service that the plan moves.
class ExposureCounters {
 public:
  ExposureCounters(const World& world, const Scenario& scenario);
  void plan_began() { began_ = true; }
  // The plan has other steps from now on.
  void amended(const Scenario& scenario) { affected_ = Affected(world_, scenario); }
  void told(PromiseId promise);
  void viewed(PromiseId promise);
  void captured(LedgerId ledger);
  void reversed(LedgerId ledger);
  void written(ServiceId service);  // a call's commit for source-home people
  void page(PageId page);
  // By anomaly.
  std::vector<std::int64_t> exposure() const;
  template <class A>
  void archive(A& a) {
    a(began_, told_, viewed_, captured_, reversed_, written_, pages_);
  }

 private:
  std::int64_t of(const Anomaly& anomaly) const;
  const World& world_;
  Affected affected_;
  bool began_;
  std::vector<std::int64_t> told_, viewed_, captured_, reversed_;
  std::int64_t written_ = 0, pages_ = 0;
};

}  // namespace pindah
