// The end of a life: what had to wait is settled, what stands is recomputed, and both must agree.
#include <algorithm>
#include <set>
#include <tuple>

#include "oracle/agreement.h"
#include "oracle/culprit.h"
#include "oracle/oracle.h"
#include "oracle/recompute.h"

namespace pindah {

void Oracle::recompute(const Ending& ending) {
  const Finals finals(world_, premises_.constants, ending.databases, *ending.entries);
  agree(world_, ending, finals, promises_.all(), copied_at_);
  Cases standing(world_);
  Recompute again(world_, ending, finals, promises_.all(), standing);
  again.promises();
  again.ledgers();
  again.stock(goods_.initial());
  // What was seen going back on the way and is back at the end is one case.
  std::set<std::pair<int, HeldId>> known;
  for (const Found& found : standing.all())
    if (found.held >= 0) known.emplace(found.what.anomaly, found.held);
  auto& all = cases_.all();
  all.erase(
      std::remove_if(all.begin(), all.end(),
                     [&](const Found& found) {
                       return found.held >= 0 && known.count({found.what.anomaly, found.held});
                     }),
      all.end());
  all.insert(all.end(), standing.all().begin(), standing.all().end());
  const Culprits culprits(world_, premises_.scenario, ending, finals, record_.plan);
  name_culprits(culprits, ending, promises_.all(), all);
}

namespace {

void sort_cases(std::vector<AnomalyCase>& cases) {
  std::stable_sort(cases.begin(), cases.end(), [](const AnomalyCase& a, const AnomalyCase& b) {
    return std::tie(a.at, a.anomaly, a.intent, a.witness) <
           std::tie(b.at, b.anomaly, b.intent, b.witness);
  });
}

}  // namespace

void Oracle::take_cases() {
  for (Found& found : cases_.all()) record_.cases.push_back(std::move(found.what));
  sort_cases(record_.cases);
}

Record Oracle::part(Micros now) const {
  Record part = record_;
  part.interrupted = true;
  goods_.settle(part.visits, goods_.known_until(now));
  part.anomaly_exposure = tally_.exposure();
  for (const Found& found : cases_.all()) part.cases.push_back(found.what);
  sort_cases(part.cases);
  return part;
}

Record Oracle::finish(const Ending& ending) {
  goods_.settle(record_.visits);
  end_unknown();
  record_.ended = ending.ended;
  record_.digest = ending.digest;
  record_.unfinished = ending.unfinished;
  record_.statements = ending.statements;
  record_.interrupted = ending.interrupted;
  if (!ending.interrupted) {
    record_.beyond_horizon = ending.open_work;
    recompute(ending);
  }
  record_.anomaly_exposure = tally_.exposure();
  take_cases();
  return std::move(record_);
}

}  // namespace pindah
