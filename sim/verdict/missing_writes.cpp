#include "verdict/missing_writes.h"

#include <algorithm>
#include <set>
#include <span>
#include <utility>

namespace pindah {
namespace {

bool by_idem(const OwnWrite& a, const OwnWrite& b) { return a.idem < b.idem; }

class WritesByKey {
 public:
  explicit WritesByKey(const Record& record) : all_(record.writes) {
    std::stable_sort(all_.begin(), all_.end(), by_idem);
  }
  // In order of time.
  std::span<const OwnWrite> of(std::int64_t idem) const {
    OwnWrite key;
    key.idem = idem;
    const auto [from, until] = std::equal_range(all_.begin(), all_.end(), key, by_idem);
    return {from, until};
  }

 private:
  std::vector<OwnWrite> all_;
};

// Before the control's write by the call that is blamed, where it has one. -1: none.
CallId missing(const WritesByKey& control, const WritesByKey& rehearsed, std::int64_t idem,
               CallId blamed) {
  std::set<CallId> wrote;
  for (const OwnWrite& write : rehearsed.of(idem)) wrote.insert(write.call);
  for (const OwnWrite& write : control.of(idem)) {
    if (write.call == blamed) return -1;
    if (wrote.count(write.call) == 0) return write.call;
  }
  return -1;
}

const Unheard* unheard_of(const Record& rehearsed, std::int64_t idem) {
  for (const Unheard& entry : rehearsed.unheard)
    if (entry.idem == idem) return &entry;
  return nullptr;
}

}  // namespace

void blame_missing_writes(const World& world, const Record& control, Record& rehearsed) {
  const auto concerned = [](const AnomalyCase& found) {
    return found.culprit.link == BrokenLink::wrote_wrongly && found.culprit.call >= 0 &&
           found.witness > 0;
  };
  if (std::none_of(rehearsed.cases.begin(), rehearsed.cases.end(), concerned)) return;
  const WritesByKey in_control(control), here(rehearsed);
  for (AnomalyCase& found : rehearsed.cases) {
    if (!concerned(found)) continue;
    const CallId call = missing(in_control, here, found.witness, found.culprit.call);
    if (call < 0) continue;
    if (const Unheard* entry = unheard_of(rehearsed, found.witness)) {
      found.culprit = {};
      found.culprit.link = BrokenLink::called_back_wrongly;
      found.culprit.service = world.ledgers[static_cast<std::size_t>(entry->ledger)].service;
      found.culprit.side = entry->address;
      continue;
    }
    found.culprit.call = call;
    found.culprit.service = world.calls[static_cast<std::size_t>(call)].service;
    found.how.evidence = "it wrote nothing, as it does without the migration";
  }
}

}  // namespace pindah
