// Callbacks of ledgers: money that came later calls the platform that had asked for it.
#pragma once

#include "platform/saga_runner.h"

namespace pindah {

class Callbacks {
 public:
  Callbacks(const Site& site, SagaRunner& runner, Observer& observer)
      : site_(site), runner_(runner), observer_(observer) {}
  // EventClass::ledger: captures, callbacks that leave the ledger, callbacks that arrive. `blank`:
  // Shoppers::blank_slots.
  template <class Blank>
  void handle(const Event& event, Blank&& blank) {
    if (event.kind == Ledgers::capture) return site_.ledgers.handle_capture(event, site_.sim);
    if (event.kind == Ledgers::call_back) return leave(event);
    arrive(static_cast<std::size_t>(event.a), blank(site_.ledgers.entries()[event.a].home));
  }
  // A run by Actor::callback has ended.
  void finished(std::uint32_t saga);

 private:
  enum Kind : std::uint16_t { arrived = 10 };
  void leave(const Event& event);
  void arrive(std::size_t entry, Slots slots);
  bool taken(const LedgerEntry& entry) const;

  Site site_;
  SagaRunner& runner_;
  Observer& observer_;
};

}  // namespace pindah
