#include "flight/running.h"

namespace pindah {

void Running::take(const Comparison& comparison, Micros now) {
  at_ = now;
  ++version_;
  noticers_.clear();
  harms_.clear();
  for (const Noticer& noticer : comparison.noticers) noticers_[noticer.intent] = noticer;
  for (const Mark& mark : comparison.harms) harms_[mark.intent] = mark.at;
  counts_ = {static_cast<std::int64_t>(comparison.noticers.size()), comparison.exposed,
             comparison.annoyed, comparison.empty_handed, comparison.harmed};
}

}  // namespace pindah
