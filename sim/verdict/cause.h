// Why a shopper noticed: the cause in a few words, and whom to blame.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "oracle/roles.h"
#include "verdict/timeline.h"
#include "verdict/verdict.h"

namespace pindah {

class Causes {
 public:
  // All outlive it.
  Causes(const World& world, const Scenario& scenario, const std::vector<Intent>& intents,
         const Record& control, const Record& rehearsed, Inquest* inquest);

  // Fills step, phase, cause and culprit from what the two visits met and showed, the anomalies
  // shown to her on that visit, the plan's phase and the surprises under way. Of a message there
  // are no visits.
  void explain(Noticer& noticer, const Visit* control, const Visit* rehearsed) const;

 private:
  // What is asked of: a noticer, and her visit in either life.
  struct Pair {
    const Noticer& noticer;
    const Visit* control = nullptr;
    const Visit* rehearsed = nullptr;
    std::vector<ServiceId> services;  // that her page asks
    Delay delay = Delay::count;       // slower: what differs most
    // It came noticeably later as well, and shows how things were by then; `delay_tells`: that is
    // all there is to say about it.
    bool late = false, delay_tells = false;
  };
  const AnomalyCase* shown_to(const Pair& pair) const;
  bool concerns(const AnomalyCase& anomaly, const Pair& pair) const;
  bool at_the_fence(const Pair& pair) const;
  std::string of_anomaly(const AnomalyCase& anomaly) const;
  std::string cause(const Pair& pair, const AnomalyCase* shown) const;
  void find_step(Noticer& noticer, const Pair& pair) const;
  Culprit blame(Pair& pair, const AnomalyCase* shown, Circumstances& how) const;
  Culprit of_obstacle(const Pair& pair) const;
  Culprit of_delay(const Pair& pair) const;
  int unequal_move(StepId step) const;
  Culprit of_route(const Pair& pair) const;
  Culprit of_silence(const Pair& pair, Circumstances& how) const;
  Culprit of_page(const Pair& pair, Circumstances& how) const;
  Culprit of_step(const Pair& pair, int step) const;
  void name_step(Culprit& culprit, StepKind kind, const Pair& pair) const;
  int differing_step(const Pair& pair, Circumstances& how) const;
  std::string said(const Visit& visit) const;

  const World& world_;
  const Record& control_;
  const Record& rehearsed_;
  Timeline timeline_;
  std::vector<PageRoles> pages_;
  std::map<std::uint32_t, std::vector<const AnomalyCase*>> cases_;  // by intent
  std::vector<std::uint32_t> buyer_;  // by intent: the first session of the same buyer
  std::map<std::uint32_t, std::vector<const AnomalyCase*>> cases_of_buyer_;
  Inquest* inquest_;
};

}  // namespace pindah
