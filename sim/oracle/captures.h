// What the ledgers have told so far: which promises money was taken for.
#pragma once

#include <map>
#include <optional>

#include "platform/observer.h"
#include "world/world.h"

namespace pindah {

// By then the platforms should have heard of a capture: far more than an answer or a first callback
// takes, and as much as the first retry of one.
constexpr Micros kTimeToTell = seconds(30);

class Captures {
 public:
  explicit Captures(const World& world) : world_(world) {}
  void note(const LedgerEntry& entry);
  // Money was taken for the promise of this key, is not given back, and the platforms should have
  // known it by `instant`.
  bool known_paid(std::int64_t witness, Micros instant) const;
  template <class A>
  void archive(A& a) {
    a(money_);
  }

 private:
  struct Money {
    Micros told_by = kNever;
    bool refunded = false;
    template <class A>
    void archive(A& a) {
      a(told_by, refunded);
    }
  };
  const World& world_;
  std::map<std::int64_t, Money> money_;
};

}  // namespace pindah
