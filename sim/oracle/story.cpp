#include "oracle/story.h"

#include <algorithm>

namespace pindah {

Story::Story(const Custody& custody, const std::vector<RootKey>& roots) {
  for (const RootKey& root : roots)
    if (const auto* history = custody.history(root))
      for (const Handover& write : *history) deeds_.push_back({write, root.move});
  std::stable_sort(deeds_.begin(), deeds_.end(),
                   [](const Deed& a, const Deed& b) { return a.write.at < b.write.at; });
}

const Deed* Story::last_on(Side side, Micros until) const {
  const Deed* last = nullptr;
  for (const Deed& deed : deeds_)
    if (deed.write.side == side && deed.write.at <= until) last = &deed;
  return last;
}

const Deed* Story::newest_call(Micros until) const {
  const Deed *owned = nullptr, *any = nullptr;
  for (const Deed& deed : deeds_) {
    if (deed.arrived() || deed.write.at > until) continue;
    any = &deed;
    if (deed.write.side == deed.write.owner) owned = &deed;
  }
  return owned ? owned : any;
}

const Deed* Story::carrier(const Deed& write) const {
  for (const Deed& deed : deeds_)
    if (deed.arrived() && deed.write.side != write.write.side &&
        deed.write.writer.lsn >= write.write.lsn)
      return &deed;
  return nullptr;
}

bool Story::has_seen(const Deed& arrival, const Deed& write) const {
  for (const Deed& deed : deeds_)
    if (deed.arrived() && deed.write.side != arrival.write.side &&
        deed.write.writer.lsn >= write.write.lsn && deed.write.lsn <= arrival.write.writer.lsn)
      return true;
  return false;
}

const Deed* Story::read_from(const Deed& arrival) const {
  const Deed* last = nullptr;
  for (const Deed& deed : deeds_)
    if (deed.write.side != arrival.write.side && deed.write.lsn <= arrival.write.writer.lsn)
      last = &deed;
  return last;
}

}  // namespace pindah
