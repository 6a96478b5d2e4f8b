// Since when each of several conditions has held.
#pragma once

#include <algorithm>
#include <vector>

#include "metrics/expression.h"

namespace pindah::migration {

struct ConditionsHeld {
  std::vector<Micros> since;  // by condition; kNever: it does not hold

  // Looks at each by `holds`. True: each has held for as long as it says.
  template <class Holds>
  bool look(const Conditions& all, Micros now, const Holds& holds) {
    since.resize(all.size(), kNever);
    bool every = true;
    for (std::size_t i = 0; i < all.size(); ++i) {
      since[i] = holds(all[i]) ? std::min(since[i], now) : kNever;
      every = every && since[i] != kNever && now - since[i] >= all[i].hold;
    }
    return every;
  }
  template <class A>
  void archive(A& a) {
    a(since);
  }
};

}  // namespace pindah::migration
