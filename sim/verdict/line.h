// One line of the budget held against the lives.
#pragma once

#include "verdict/measure.h"

namespace pindah {

class Lines {
 public:
  // Everything outlives it. `cut`: only what was known by then counts; windows that it cuts short
  // are left out.
  Lines(const World& world, const Scenario& scenario, const Measures& measures,
        const Timeline& timeline, Micros cut, Micros ended);
  LineResult judge(const BudgetLine& line) const;

 private:
  struct Judged;
  std::vector<Stretch> stretches(const Budget& budget) const;
  Judged window(const Budget& budget, const Measured& measured, std::int64_t limit) const;
  void conclude(const Budget& budget, const std::vector<Measured>& measured,
                const std::vector<std::int64_t>& limits, LineResult& result) const;
  // The exposure that a window needs to be judged.
  std::int64_t needed(const VerdictRow& metric) const;
  std::string where(Micros instant) const;

  const World& world_;
  const Scenario& scenario_;
  const Measures& measures_;
  const Timeline& timeline_;
  Micros cut_, ended_;
};

}  // namespace pindah
