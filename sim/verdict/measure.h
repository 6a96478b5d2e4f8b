// The value of a verdict metric in one life, in windows of time, with what could have broken it.
#pragma once

#include <utility>
#include <vector>

#include "verdict/timeline.h"
#include "verdict/verdict.h"

namespace pindah {

struct Stretch {
  Micros from;
  Micros until = kNever;  // not included
};

struct Measured {
  std::int64_t value = 0;
  std::int64_t exposure = 0;
  // What the value counts, in order of time (shares and anomalies), or where the longest began.
  std::vector<std::pair<Micros, std::int64_t>> instants;
};

enum class WhichLife : std::uint8_t { control, rehearsed };

class Measures {
 public:
  // Everything outlives it. Only what was known by `cut` is seen.
  Measures(const World& world, const std::vector<Intent>& intents, const Comparison& comparison,
           const Record& control, const Record& rehearsed, const Timeline& timeline, Micros cut);

  // One result for each stretch; stretches are in order and do not overlap. A visit belongs to the
  // stretch in which it was meant to start. Shares are in ppm, rounded up, so that one is not none.
  std::vector<Measured> measure(const Budget& budget, WhichLife life,
                                const std::vector<Stretch>& stretches) const;

 private:
  std::vector<Measured> shares(const Budget& budget, const std::vector<Stretch>& stretches) const;
  std::vector<Measured> masked(const Budget& budget, const std::vector<Stretch>& stretches) const;
  std::vector<Measured> failures(const Budget& budget, const Record& record,
                                 const std::vector<Stretch>& stretches) const;
  std::vector<Measured> percentiles(const Budget& budget, const Record& record,
                                    const std::vector<Stretch>& stretches) const;
  std::vector<Measured> spans(const Budget& budget, const Record& record, WhichLife life,
                              const std::vector<Stretch>& stretches) const;
  std::vector<Measured> anomalies(const Budget& budget, const Record& record,
                                  const std::vector<Stretch>& stretches) const;
  std::vector<Measured> compliance(const Record& record,
                                   const std::vector<Stretch>& stretches) const;
  // Of the migration as a whole: the same in every stretch.
  std::vector<Measured> whole(VerdictMetric metric, const std::vector<Stretch>& stretches) const;
  std::vector<Mark> marks(VerdictMetric metric) const;
  // Session (and, where she noticed, the page) is of one of the cohorts; no cohort: everybody is.
  bool in_cohort(const Budget& budget, std::uint32_t intent, PageId page) const;
  bool page_asked(const Budget& budget, PageId page) const;
  // Calls see(visit, stretch) for what `cut` lets through.
  template <class See>
  void each_visit(const Record& record, const std::vector<Stretch>& stretches, See see) const;

  const World& world_;
  const std::vector<Intent>& intents_;
  const Comparison& comparison_;
  const Record& control_;
  const Record& rehearsed_;
  const Timeline& timeline_;
  Micros cut_;
};

// Index of the stretch that holds the instant, or -1.
int stretch_of(const std::vector<Stretch>& stretches, Micros instant);

}  // namespace pindah
