// The value of a verdict metric in one life, in windows of time, with what could have broken it.
#pragma once

#include <optional>
#include <span>
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
  std::int64_t exposure = 0;  // what the plan's steps, as far as they came, could have broken
  std::optional<std::int64_t> samples;  // what the value is of; nothing: its exposure
  // What the value counts, in order of time (shares and anomalies), or where the longest began.
  std::vector<std::pair<Micros, std::int64_t>> instants;
};

enum class WhichLife : std::uint8_t { control, rehearsed };

// What everything is measured from. All of it outlives its user; only what was known by `cut` is
// seen.
struct Evidence {
  const World& world;
  const std::vector<Intent>& intents;
  const Comparison& comparison;
  const Record& control;
  const Record& rehearsed;
  const Timeline& timeline;
  Micros cut;
};

// A metric of a budget line, to be measured in one life: one result for each stretch. Stretches are
// in order and do not overlap.
struct Question {
  const Budget& budget;
  WhichLife life{};
  const Record& record;  // of that life
  const std::vector<Stretch>& stretches;
};

// How one metric is measured.
struct Measuring {
  VerdictMetric id{};
  std::vector<Measured> (*measure)(const Evidence&, const Question&) = nullptr;
};
// One for each metric, in the order of the enum.
std::span<const Measuring> measurings();

class Measures {
 public:
  // `how`: by metric.
  explicit Measures(const Evidence& evidence, std::span<const Measuring> how = measurings())
      : evidence_(evidence), how_(how) {}

  // One result for each stretch; stretches are in order and do not overlap. A visit belongs to the
  // stretch in which it was meant to start. Shares are in ppm, rounded up, so that one is not none.
  std::vector<Measured> measure(const Budget& budget, WhichLife life,
                                const std::vector<Stretch>& stretches) const;

 private:
  Evidence evidence_;
  std::span<const Measuring> how_;
};

// Index of the stretch that holds the instant, or -1.
int stretch_of(const std::vector<Stretch>& stretches, Micros instant);

}  // namespace pindah
