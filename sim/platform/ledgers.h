// The ledgers (a payment gateway, a courier): ground truth outside both platforms.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/draws.h"
#include "platform/observer.h"
#include "platform/sim_state.h"
#include "world/world.h"

namespace pindah {

class Ledgers {
 public:
  Ledgers(const World& world, const Draws& draws, Observer& observer);

  struct Entered {
    LedgerState state{};  // pending, captured or none
    Micros answer_after;  // how long the ledger takes to say so
  };
  // What a platform asks for, and for whom.
  struct Request {
    const Slots& slots;
    Side home{};
    Buckets buckets = kNoBuckets;
    Side asked_by{};
  };
  // A second one with the same ref is the same entry and gets its state.
  Entered enter(LedgerId ledger, const Request& request, SimState& sim);
  // True: refunded (or already was). False: no such ref here, or nothing captured.
  bool reverse(LedgerId ledger, const Slots& slots, SimState& sim);

  // EventClass::ledger, entity = ledger, a = entry.
  enum Kind : std::uint16_t { capture, call_back };
  // Money came: pushes the first callback. `capture` events only.
  void handle_capture(const Event& event, SimState& sim);
  // A callback was answered (well or not): marks it told, or pushes the next try; gives up after
  // the last.
  void called_back(std::size_t entry, bool ok, SimState& sim);

  const std::vector<LedgerEntry>& entries() const { return entries_; }
  std::size_t references() const { return by_ref_.size(); }
  // Entries that a callback has told.
  std::int64_t told_by_callback() const;
  // Entries of this service's ledgers that are pending, or captured and not told, with callbacks to
  // `side`.
  std::int64_t outstanding(ServiceId service, Side side) const;
  void slow(LedgerId ledger, Micros by) { slow_[static_cast<std::size_t>(ledger)] += by; }

  template <class A>
  void archive(A& a) {
    a(entries_, by_ref_, slow_, outstanding_);
  }

 private:
  static bool open(const LedgerEntry& entry);
  template <class Change>
  void change(LedgerEntry& entry, SimState& sim, Change&& how);
  void push_callback(std::size_t number, Micros after, SimState& sim);
  const World& world_;
  Draws draws_;
  Observer& observer_;
  std::vector<LedgerEntry> entries_;
  std::map<std::pair<LedgerId, std::string>, std::size_t> by_ref_;
  std::vector<Micros> slow_;
  std::vector<PerSide<std::int64_t>> outstanding_;  // by service
};

}  // namespace pindah
