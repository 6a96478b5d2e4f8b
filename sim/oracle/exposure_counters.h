// Counts the operations that could have gone wrong: the exposure of each anomaly.
#pragma once

#include <vector>

#include "oracle/affected.h"

namespace pindah {

// Counts from the plan's first step on, and only what has to do with a service for which a step has
// begun to change who answers: what was promised before that is carried over, so it counts as well;
// what was seen and written before could not have been broken. A plan that moves nothing: all,
// from the start.
class ExposureCounters {
 public:
  ExposureCounters(const World& world, const Scenario& scenario);
  void heard(const PlanEvent& event, const Scenario& scenario);
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
    a(began_, acted_, told_, viewed_, captured_, reversed_, written_, pages_);
  }

 private:
  std::int64_t of(const Anomaly& anomaly) const;
  bool acted(ServiceId service) const;
  const World& world_;
  Affected affected_;
  bool began_;
  std::vector<std::uint8_t> acted_;  // by service: others answer than before, or a fence was closed
  std::vector<std::int64_t> told_, viewed_, captured_, reversed_;
  std::int64_t written_ = 0, pages_ = 0;
};

}  // namespace pindah
