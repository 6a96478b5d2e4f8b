// Injected conditions: a link is slow, a platform is down. They change conditions, never outcomes.
#pragma once

#include <set>

#include "surprise/mechanisms.h"

namespace pindah {

class Surprises {
 public:
  // In the control universe only those that are `also_in_control` happen.
  Surprises(SurpriseSite at, Observer& observer, bool control);
  // Those that are new in the scenario will happen.
  void start();
  // EventClass::surprise: entity = the SurpriseId. Work that a kill dropped is returned, so
  // that its makers learn of it.
  std::vector<Work> handle(const Event& event);

  enum Kind : std::uint16_t { on, off };  // of EventClass::surprise

  template <class A>
  void archive(A& a) {
    a(known_);
  }

 private:
  SurpriseSite site_;
  Observer& observer_;
  bool control_;
  std::set<SurpriseId> known_;  // those whose events are pushed
};

}  // namespace pindah
