#include "oracle/finish.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "oracle/agreement.h"
#include "oracle/culprit.h"
#include "oracle/recompute.h"

namespace pindah {
namespace {

void recompute(OracleState& state, const CopiedAt& copied_at, const Ending& ending) {
  const EndState end_state(state.world, state.inputs.constants, ending.databases, *ending.entries);
  hold_against_the_end(state.world, ending, end_state, state.promises.all(), copied_at, state.cases,
                       state.record.untrue);
  Cases standing(state.world);
  Recompute again(state.world, ending, end_state, state.promises.all(), standing);
  again.promises();
  again.ledgers();
  again.stock(state.stock.initial());
  check_lost(state.world, ending, end_state, state.promises.all(), copied_at, standing);
  // What was seen going back on the way and is back at the end is one case.
  std::set<std::pair<int, HeldId>> known;
  for (const Found& found : standing.all())
    if (found.held >= 0) known.emplace(found.what.anomaly, found.held);
  auto& all = state.cases.all();
  all.erase(
      std::remove_if(all.begin(), all.end(),
                     [&](const Found& found) {
                       return found.held >= 0 && known.count({found.what.anomaly, found.held});
                     }),
      all.end());
  all.insert(all.end(), standing.all().begin(), standing.all().end());
  const Culprits culprits(state.world, state.inputs.scenario, ending, end_state, state.record.plan);
  name_culprits(culprits, state.stock, state.world, ending, state.promises.all(), all);
}

void sort_cases(std::vector<AnomalyCase>& cases) {
  std::stable_sort(cases.begin(), cases.end(), [](const AnomalyCase& a, const AnomalyCase& b) {
    return std::tie(a.at, a.anomaly, a.intent, a.witness) <
           std::tie(b.at, b.anomaly, b.intent, b.witness);
  });
}

void take_cases(OracleState& state) {
  for (Found& found : state.cases.all()) state.record.cases.push_back(std::move(found.what));
  sort_cases(state.record.cases);
}

// What is known of it by now goes into what was written down of it.
void complete(const OracleState& state, Micros now, Record& part) {
  part.interrupted = true;
  state.stock.settle(part.visits, state.stock.known_until(now));
  part.anomaly_exposure = state.exposure.exposure();
  for (const Found& found : state.cases.all()) part.cases.push_back(found.what);
  sort_cases(part.cases);
}

}  // namespace

Record part_of(const OracleState& state, Micros now) {
  Record part = state.record;
  complete(state, now, part);
  return part;
}

Record glance_of(const OracleState& state, Micros now) {
  const Record& whole = state.record;
  Record part;
  part.visits = whole.visits;
  part.messages = whole.messages;
  part.sightings = whole.sightings;
  part.statuses = whole.statuses;
  part.writes = whole.writes;
  part.namings = whole.namings;
  part.holds = whole.holds;
  part.chosen = whole.chosen;
  part.plan = whole.plan;
  part.outages = whole.outages;
  part.untrue = whole.untrue;
  part.promise_writes = whole.promise_writes;
  part.rows_carried = whole.rows_carried;
  complete(state, now, part);
  return part;
}

// Whoever is called back must be the one that owns it.
void list_unheard(const OracleState& state, const Ending& ending, std::vector<Unheard>& unheard) {
  for (const LedgerEntry& entry : *ending.entries) {
    if (entry.told || entry.callbacks == 0) continue;
    const ServiceId service = state.world.ledgers[static_cast<std::size_t>(entry.ledger)].service;
    if (ending.owner(service, entry.home, entry.buckets) != entry.address)
      unheard.push_back({entry.witness, entry.ledger, entry.address, entry.entered});
  }
  std::stable_sort(unheard.begin(), unheard.end(),
                   [](const Unheard& a, const Unheard& b) { return a.idem < b.idem; });
}

Record finish_record(OracleState& state, const CopiedAt& copied_at, const Ending& ending) {
  state.stock.settle(state.record.visits);
  state.record.ended = ending.ended;
  state.record.digest = ending.digest;
  state.record.unfinished = ending.unfinished;
  state.record.met = ending.met;
  state.record.statements = ending.statements;
  state.record.interrupted = ending.interrupted;
  if (!ending.interrupted) {
    state.record.beyond_horizon = ending.open_work;
    recompute(state, copied_at, ending);
    list_unheard(state, ending, state.record.unheard);
  }
  state.record.anomaly_exposure = state.exposure.exposure();
  take_cases(state);
  return std::move(state.record);
}

}  // namespace pindah
