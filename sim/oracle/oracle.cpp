#include "oracle/oracle.h"

#include <fmt/format.h>

#include <utility>

#include "oracle/finish.h"

namespace pindah {

Oracle::Oracle(const LifeInputs& inputs)
    : state_(inputs), book_(state_), pages_(state_, book_), commits_(state_, book_) {}

Oracle::~Oracle() = default;

void Oracle::watch(const PerSide<Database*>& databases) {
  state_.truth = std::make_unique<LiveTruth>(state_.world, state_.inputs.constants, databases);
  state_.truth->read_opening(state_.promises, state_.stock);
}

void Oracle::watch_again(const PerSide<Database*>& databases, OraclePast past) {
  state_.record = std::move(past.record);
  state_.promises = std::move(past.promises);
  state_.record.cases.clear();
  state_.truth = std::make_unique<LiveTruth>(state_.world, state_.inputs.constants, databases);
}

Record Oracle::part(Micros now) const { return part_of(state_, now); }
Record Oracle::glance(Micros now) const { return glance_of(state_, now); }

Record Oracle::finish(const Ending& ending) {
  book_.end_unknown();
  return finish_record(state_, commits_.copied_at(), ending);
}

void Oracle::account(Accounts& accounts, const std::vector<ToldPromise>& told) const {
  for (const Visit& visit : state_.record.visits)
    ++(visit.audit ? accounts.audits_told : accounts.visits_told);
  accounts.callbacks_answered = pages_.callbacks_answered();
  accounts.commits_heard = commits_.heard();
  for (const ToldPromise& one : told)
    if (!knows(one)) ++accounts.promises_unknown;
}

bool Oracle::knows(const ToldPromise& told) const {
  const Promise& promise = state_.world.promises[static_cast<std::size_t>(told.promise)];
  if ((state_.record.holds[told.intent] >> told.promise & 1) == 0) return false;
  if (!promise.keyed_by_idem) return true;
  const Side home = state_.inputs.intents[told.intent].home;
  const HeldId id =
      state_.promises.find(told.promise, home, std::to_string(idem_of(told.intent, told.visit)));
  return id >= 0 && std::as_const(state_.promises)[id].told();
}

void Oracle::check_outages(const std::vector<ClosedFor>& still_closed) const {
  std::vector<ClosedFor> told = still_closed;
  for (const OutageSpan& outage : state_.record.outages)
    told.push_back({outage.service, outage.from, outage.until});
  std::vector<Hindered> hindered;
  for (const Visit& v : state_.record.visits) {
    const bool refused = v.obstacle == Obstacle::fence_refused;
    if (v.hindered_us > 0 || refused)
      hindered.push_back({{v.intended_us},
                          {v.intended_us + v.latency_us},
                          {v.hindered_us},
                          refused ? v.service : -1});
  }
  compare_outages(told, hindered);
}

void Oracle::ledger(const LedgerEntry& entry, Micros now) {
  if (entry.state == LedgerState::captured && entry.captured == now)
    state_.exposure.captured(entry.ledger);
  if (entry.state == LedgerState::refunded && entry.refunded == now)
    state_.exposure.reversed(entry.ledger);
  state_.captures.note(entry);
}

void Oracle::reversal_refused(LedgerId ledger, std::int64_t witness, Micros now) {
  state_.exposure.reversed(ledger);
  Found found;
  found.what.intent = intent_or_nobody(witness);
  found.what.witness = witness;
  found.what.at = now;
  found.what.detail =
      fmt::format("{} was asked to give back what it had not taken under this reference",
                  state_.world.ledgers[static_cast<std::size_t>(ledger)].name);
  state_.cases.add({AnomalyKind::off_rail, -1, ledger, false, false}, std::move(found));
}

void Oracle::plan(const PlanEvent& event) {
  state_.exposure.heard(event, state_.inputs.scenario);
  state_.record.plan.push_back(event);
}

void Oracle::outage(ServiceId service, Micros from, Micros until) {
  state_.record.outages.push_back({service, from, until});
}

}  // namespace pindah
