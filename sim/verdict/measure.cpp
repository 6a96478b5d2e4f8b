#include "verdict/measure.h"

#include <algorithm>

namespace pindah {

int stretch_of(const std::vector<Stretch>& stretches, Micros instant) {
  const auto after = std::upper_bound(stretches.begin(), stretches.end(), instant,
                                      [](Micros t, const Stretch& s) { return t < s.from; });
  if (after == stretches.begin()) return -1;
  const auto it = after - 1;
  return instant < it->until ? static_cast<int>(it - stretches.begin()) : -1;
}

std::vector<Measured> Measures::measure(const Budget& budget, WhichLife life,
                                        const std::vector<Stretch>& stretches) const {
  const auto number = static_cast<std::size_t>(budget.metric->id);
  ensure(number < how_.size(), "a metric that nobody measures");
  const Record& record = life == WhichLife::control ? evidence_.control : evidence_.rehearsed;
  const auto ask = [&](const std::vector<Stretch>& asked) {
    return how_[number].measure(evidence_, {budget, life, record, asked});
  };
  if (!budget.metric->of_whole_run) return ask(stretches);
  return std::vector<Measured>(stretches.size(), ask({Stretch{}}).front());
}

}  // namespace pindah
