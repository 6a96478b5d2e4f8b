// Whom to blame: the first broken link of committed, captured, copied or applied, survived, routed
// to, read off custody and the plan's events, never off the plan's options.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "oracle/cases.h"
#include "oracle/end_state.h"
#include "oracle/ending.h"
#include "oracle/promises.h"
#include "scenario/scenario.h"

namespace pindah {

struct Culprit {
  std::string
      sentence;  // "committed on Pustaka at 01:03:00.412, 35ms after the switch; not captured"
  BrokenLink link{};
};

class Culprits {
 public:
  // Everything outlives it.
  Culprits(const World& world, const Scenario& scenario, const Ending& ending,
           const EndState& end_state, const std::vector<PlanEvent>& events);

  // Of a promise that is missing, changed or behind; `seen`: when it was looked at.
  Culprit of_promise(const Held& held, Micros seen) const;
  // Of an entry of a ledger that is not booked, booked otherwise, or not coupled.
  Culprit of_entry(const LedgerEntry& entry) const;
  // Of a write on `side` that the other platform owned by then.
  Culprit of_unowned(ServiceId service, Side side, Micros at) const;

 private:
  using History = std::vector<Handover>;
  // A root as the platform that it was first written on knows it.
  const History* history(ServiceId service, Side from, const Value& root) const;
  Culprit missing(const Held& held, ServiceId service, Side owner, const FinalRow* elsewhere) const;
  Culprit behind(ServiceId service, Side owner, const History& history, Micros seen) const;
  std::optional<Culprit> not_carried(ServiceId service, Side from, const History& history) const;
  Culprit not_survived(Side owner, const History& history) const;
  std::string committed(ServiceId service, const Handover& write) const;
  // The last such phase of a step that names the service, up to the instant.
  std::optional<Micros> phase_before(ServiceId service, Phase phase, Micros instant) const;
  const std::string& name(Side side) const { return world_.platforms[index(side)].name; }

  const World& world_;
  const Scenario& scenario_;
  StepPlaces places_;
  const Ending& ending_;
  const EndState& end_state_;
  const std::vector<PlanEvent>& events_;
};

// Gives every case that can have one its culprit.
void name_culprits(const Culprits& culprits, const Ending& ending, const std::deque<Held>& promised,
                   std::vector<Found>& cases);

}  // namespace pindah
