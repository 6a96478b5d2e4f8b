// Sees everything first: folds it into the universe's digest, keeps the operators' minute, and
// passes it on.
#pragma once

#include <string>

#include "base/packed.h"
#include "metrics/recent.h"
#include "platform/observer.h"
#include "platform/sim_state.h"
#include "world/world.h"

namespace pindah {

class RunObserver : public Observer {
 public:
  // All outlive it.
  RunObserver(const World& world, SimState& sim, Observer& next);

  void page(const PageSeen& seen) override;
  void tried(const PageSeen& seen) override { next_.tried(seen); }
  void committed(const Commit& commit) override;
  void ledger(const LedgerEntry& entry, Micros now) override { next_.ledger(entry, now); }
  void reversal_refused(LedgerId ledger, std::int64_t witness, Micros now) override {
    next_.reversal_refused(ledger, witness, now);
  }
  void plan(const PlanEvent& event) override { next_.plan(event); }
  void outage(ServiceId service, Micros from, Micros until) override {
    next_.outage(service, from, until);
  }

  const Recent& recent() const { return recent_; }
  template <class A>
  void archive(A& a) {
    a(recent_, last_lsn_);
  }

 private:
  void put(std::int64_t number) { pack_number(buffer_, number); }
  const World& world_;
  SimState& sim_;
  Observer& next_;
  Recent recent_;
  PerSide<std::uint64_t> last_lsn_{};
  std::string buffer_;  // of what is folded next
};

}  // namespace pindah
