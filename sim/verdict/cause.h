// Why a shopper noticed: the cause in a few words, and whom to blame.
#pragma once

#include <map>
#include <vector>

#include "verdict/timeline.h"
#include "verdict/verdict.h"

namespace pindah {

class Causes {
 public:
  Causes(const World& world, const Scenario& scenario, const Record& rehearsed);

  // Fills step, phase, cause and culprit from the obstacle met, the anomalies shown to her on that
  // visit, the plan's phase and the surprises under way.
  void explain(Noticer& noticer) const;

 private:
  const AnomalyCase* shown_to(const Noticer& noticer) const;
  bool at_the_fence(const Noticer& noticer) const;
  std::string of_anomaly(const AnomalyCase& anomaly) const;
  std::string cause(const Noticer& noticer, const AnomalyCase* shown) const;

  const World& world_;
  Timeline timeline_;
  std::map<std::uint32_t, std::vector<const AnomalyCase*>> cases_;  // by intent
};

}  // namespace pindah
