#include "traffic/shoppers.h"

#include <algorithm>
#include <set>

#include "base/fixed.h"
#include "base/problem.h"

namespace pindah {

namespace {

// How long a page feels. Below the noticing threshold all are alike; above it she counts coarsely,
// in steps of a quarter, so that twins whose latencies hardly differ go on at the same instant.
Micros felt(Micros latency, const Notice& notice) {
  Micros step = notice.over;
  while (step < latency) step = step + step / 4 + Micros{1};
  return step;
}

// Where a row of a page graph leads, its exit left out; `below` draws a number below its argument.
// -1: only the exit is there.
template <class Below>
PageId pick_transition(const std::vector<Transition>& row, Below&& below) {
  std::int64_t total = 0;
  for (const Transition& t : row) total += t.to >= 0 ? t.ppm : 0;
  if (total == 0) return -1;
  auto left = static_cast<std::int64_t>(below(static_cast<std::uint64_t>(total)));
  for (const Transition& t : row) {
    if (t.to < 0) continue;
    if (left < t.ppm) return t.to;
    left -= t.ppm;
  }
  return -1;
}

// To what the time of a try that failed, and the wait before the next one, went.
Delay delay_of(const Saga& saga) {
  switch (saga.obstacle) {
    case Obstacle::fence_held:
    case Obstacle::fence_refused:
      return Delay::fence;
    case Obstacle::lost:
      return Delay::link;
    case Obstacle::queue_full:
    case Obstacle::queue_wait:
      return queue_of(saga.call.side);
    case Obstacle::ledger:
      return Delay::ledger;
    case Obstacle::second_write:
      return Delay::second_write;
    case Obstacle::row_lock:
      return Delay::row_lock;
    case Obstacle::not_owner:
      return Delay::sent_on;
    case Obstacle::none:
    case Obstacle::retired:
    case Obstacle::platform_down:
    case Obstacle::sql_error:
    case Obstacle::closed:
      break;
  }
  return Delay::other;
}

}  // namespace

PageSeen seen(const Saga& saga, PageEnd end, int tries, Micros now) {
  PageSeen page;
  page.actor = saga.actor;
  page.intent = static_cast<std::uint32_t>(saga.who);
  page.home = saga.home;
  page.edge = saga.edge;
  page.page = saga.page;
  page.visit = saga.visit;
  page.tries = tries;
  page.intended = saga.intended;
  page.replied = now;
  page.end = end;
  page.reason = saga.reason;
  page.failed_call = saga.failed_call;
  page.failed_on = saga.failed_on;
  page.ran = saga.ran;
  page.obstacle = saga.obstacle;
  page.hindered = saga.hindered;
  page.service = saga.service;
  page.asked = saga.asked;
  page.on_target = saga.on_target;
  page.strayed = saga.strayed;
  page.step = saga.step;
  page.at = saga.call.side;
  page.delays = saga.delays;
  page.slots = &saga.slots;
  return page;
}

Shoppers::Shoppers(const Site& site, const std::vector<Intent>& intents, const Pools& pools,
                   SagaRunner& runner, Observer& observer)
    : site_(site),
      intents_(intents),
      pools_(pools),
      runner_(runner),
      observer_(observer),
      front_(site.world.platforms[index(Side::source)].name) {
  for (const auto& pool : pools_)
    zipf_.push_back({Zipf(std::max<std::size_t>(1, pool[0].size())),
                     Zipf(std::max<std::size_t>(1, pool[1].size()))});
}

void Shoppers::start() { expect(); }

void Shoppers::amended() {
  const bool same =
      next_arrival_ < intents_.size() && intents_[next_arrival_].arrives == next_arrives_;
  if (!same) expect();
}

void Shoppers::expect() {
  next_arrives_ = next_arrival_ < intents_.size() ? intents_[next_arrival_].arrives : kNever;
  if (next_arrives_ != kNever)
    site_.sim.events.push({next_arrives_, EventClass::shopper, next_arrival_, 0, arrival, 0, 0});
}

void Shoppers::handle(const Event& event) {
  const auto intent = static_cast<std::uint32_t>(event.entity);
  if (event.cls == EventClass::audit) return audit(static_cast<std::size_t>(event.a));
  if (event.kind == arrival) return arrive(intent);
  const auto found = sessions_.find(intent);
  if (found == sessions_.end()) return;
  Session& session = found->second;
  if (event.a != session.visit || event.b != session.attempt) return;
  if (event.kind == visit || event.kind == again) return try_page(intent, session);
  if (event.kind == timed_out && session.waiting) {
    runner_.note_hold(session.saga);
    const Saga saga = runner_.saga(session.saga);
    try_ended(intent, session, saga, PageEnd::timed_out);
  }
}

void Shoppers::arrive(std::uint32_t intent) {
  // Events of before an amendment are void.
  if (intent != next_arrival_ || site_.sim.now != next_arrives_) return;
  ++next_arrival_;
  expect();
  Session& session = sessions_[intent];
  session.page = pick_transition(persona_of(intent).entry, [&](std::uint64_t n) {
    return below(n, intent, 0, purpose("entry"));
  });
  session.intended = site_.sim.now;
  try_page(intent, session);
}

void Shoppers::try_page(std::uint32_t intent, Session& session) {
  if (session.attempt == 0) ++visits_begun_;
  PageRun run;
  run.key = saga_key(Actor::shopper, static_cast<std::uint64_t>(idem_of(intent, session.visit)),
                     session.attempt);
  run.actor = Actor::shopper;
  run.who = intent;
  run.visit = session.visit;
  run.attempt = session.attempt;
  run.home = intents_[intent].home;
  run.edge = intents_[intent].edge;
  run.page = session.page;
  run.intended = session.intended;
  run.slots = page_slots(intent, session);
  session.waiting = true;
  session.saga = runner_.start(std::move(run));
  push(intent, session, timed_out, site_.sim.now + site_.world.client.timeout);
}

void Shoppers::finished(std::uint32_t index) {
  const Saga& saga = runner_.saga(index);
  const auto intent = static_cast<std::uint32_t>(saga.who);
  if (saga.actor == Actor::audit) return tell(saga, saga.end, 1, {});
  const auto found = sessions_.find(intent);
  if (found == sessions_.end()) return;
  Session& session = found->second;
  if (!session.waiting || session.saga != index || session.visit != saga.visit ||
      session.attempt != saga.attempt)
    return;
  try_ended(intent, session, saga, saga.end);
}

// `saga` may be a run that still goes on, when her patience ended first.
void Shoppers::try_ended(std::uint32_t intent, Session& session, const Saga& saga, PageEnd end) {
  session.waiting = false;
  if (end == PageEnd::ok || end == PageEnd::refused) {
    tell(saga, end, session.attempt + 1, session.delays);
    remember(intent, session, saga);
    return go_on(intent, session);
  }
  const auto& retries = site_.world.client.retries;
  if (session.attempt >= retries.size()) return give_up(intent, session, saga, end);
  observer_.tried(seen(saga, end, session.attempt + 1, site_.sim.now));
  const Micros after = retries[session.attempt];
  session.delays.add(delay_of(saga), site_.sim.now - saga.started + after);
  ++session.attempt;
  push(intent, session, again, site_.sim.now + after);
}

void Shoppers::give_up(std::uint32_t intent, const Session& session, const Saga& saga,
                       PageEnd end) {
  tell(saga, end, session.attempt + 1, session.delays);
  const Saga last = saga;
  sessions_.erase(intent);
  runner_.undo(last, ~std::uint64_t{0});
}

void Shoppers::remember(std::uint32_t intent, Session& session, const Saga& saga) {
  const Page& page = site_.world.pages[static_cast<std::size_t>(saga.page)];
  for (const SlotId slot : page.keep) {
    const Value& value = saga.slots[static_cast<std::size_t>(slot)];
    const auto known = std::find_if(session.kept.begin(), session.kept.end(),
                                    [slot](const auto& k) { return k.first == slot; });
    if (known != session.kept.end())
      known->second = value;
    else
      session.kept.emplace_back(slot, value);
  }
  if (saga.end != PageEnd::ok) return;
  for (std::size_t p = 0; p < site_.world.promises.size(); ++p) {
    const Promise& promise = site_.world.promises[p];
    for (std::size_t i = 0; i < page.steps.size(); ++i) {
      if (page.steps[i].call != promise.made_by || promise.made_by < 0 || (saga.ran >> i & 1) == 0)
        continue;
      const Value token =
          promise.token < 0 ? Value{} : saga.slots[static_cast<std::size_t>(promise.token)];
      holdings_.push_back({intent, session.visit, static_cast<PromiseId>(p), token});
    }
  }
}

void Shoppers::go_on(std::uint32_t intent, Session& session) {
  const Micros latency = site_.sim.now - session.intended;
  const PageId next = next_page(intent, session, latency);
  if (next < 0 || static_cast<int>(session.visit) + 1 >= site_.world.longest_session) {
    sessions_.erase(intent);
    return;
  }
  const ThinkTime& think = persona_of(intent).think;
  const Micros thought = think.least + exponential(bits(intent, session.visit, purpose("think")),
                                                   think.mean - think.least);
  session.intended =
      session.intended + felt(latency, site_.world.notice) + std::min(thought, think.cap);
  session.intended = std::max(session.intended, site_.sim.now);
  session.page = next;
  ++session.visit;
  session.attempt = 0;
  session.delays = {};
  push(intent, session, visit, session.intended);
}

// Leaving is likelier after a slow page; where she goes otherwise does not depend on it.
PageId Shoppers::next_page(std::uint32_t intent, const Session& session, Micros latency) const {
  const std::vector<Transition>& row =
      persona_of(intent).rows[static_cast<std::size_t>(session.page)];
  std::int64_t leave_ppm = 0;
  for (const Transition& t : row)
    if (t.to < 0) leave_ppm += t.ppm;
  std::int64_t times_ppm = kWhole;
  for (const Leaving& leaving : site_.world.leaving)
    if (felt(latency, site_.world.notice) >= leaving.at && latency > site_.world.notice.over)
      times_ppm = leaving.times_ppm;
  const auto limit = static_cast<std::uint64_t>(leave_ppm * times_ppm / kWhole);
  const auto drawn =
      site_.draws.below(kWhole, Domain::shopper, intent, session.visit, purpose("leave"));
  if (drawn < limit) return -1;
  return pick_transition(
      row, [&](std::uint64_t n) { return below(n, intent, session.visit, purpose("next")); });
}

void Shoppers::begin_audit(Micros over) {
  audit_began_ = true;
  std::set<std::pair<std::uint32_t, PageId>> lists;
  auto add = [&](const Holding& holding, std::uint32_t number, PageId page, SlotId slot,
                 Value token) {
    const Micros offset{static_cast<std::int64_t>(
        site_.draws.below(static_cast<std::uint64_t>(over.us), Domain::audit, holding.intent,
                          number, purpose("offset")))};
    const Micros at = site_.sim.now + offset;
    site_.sim.events.push(
        {at, EventClass::audit, holding.intent, number, audit_visit, audits_.size(), 0});
    audits_.push_back({holding.intent, kAuditVisit + number, page, slot, std::move(token), at});
  };
  constexpr std::uint32_t kOfVisit = limit::kPromises.most;
  constexpr std::uint32_t kLists = 4096;  // numbers of list pages; promises stay below
  static_assert(limit::kSession.most * kOfVisit <= kLists);
  static_assert(kAuditVisit + kLists + limit::kPages.most <= kVisits);
  for (const Holding& holding : holdings_) {
    const Promise& promise = site_.world.promises[static_cast<std::size_t>(holding.promise)];
    if (promise.opened_by >= 0)
      add(holding, holding.visit * kOfVisit + static_cast<std::uint32_t>(holding.promise),
          promise.opened_by, promise.token, holding.token);
    for (const auto& [page, column] : promise.must_show)
      if (lists.emplace(holding.intent, page).second)
        add(holding, kLists + static_cast<std::uint32_t>(page), page, -1, {});
  }
}

void Shoppers::audit(std::size_t number) {
  const Audit& audit = audits_[number];
  ++audits_begun_;
  PageRun run;
  run.key = saga_key(Actor::audit, std::uint64_t{audit.intent} * kVisits + audit.visit, 0);
  run.actor = Actor::audit;
  run.who = audit.intent;
  run.visit = audit.visit;
  run.home = intents_[audit.intent].home;
  run.edge = intents_[audit.intent].edge;
  run.page = audit.page;
  run.intended = audit.intended;
  run.slots = shopper_slots(audit.intent);
  if (audit.token_slot >= 0) run.slots[static_cast<std::size_t>(audit.token_slot)] = audit.token;
  runner_.start(std::move(run));
}

void Shoppers::account(Accounts& accounts) const {
  accounts.visits_begun = visits_begun_;
  accounts.audits_begun = audits_begun_;
  accounts.audits_due = static_cast<std::int64_t>(audits_.size());
  accounts.audit_began = audit_began_;
  for (const auto& [intent, session] : sessions_)
    if (session.waiting || session.attempt > 0) ++accounts.visits_open;
  runner_.each([&](std::uint32_t, const Saga& saga) {
    if (saga.actor == Actor::audit) ++accounts.audits_open;
  });
  for (const Holding& holding : holdings_) {
    const Promise& promise = site_.world.promises[static_cast<std::size_t>(holding.promise)];
    if (promise.opened_by >= 0 || !promise.must_show.empty()) ++accounts.promises_open_again;
  }
}

std::vector<ToldPromise> Shoppers::told() const {
  std::vector<ToldPromise> all;
  for (const Holding& holding : holdings_)
    all.push_back({holding.intent, holding.visit, holding.promise});
  return all;
}

Slots Shoppers::blank_slots(Side home) const {
  Slots slots(site_.world.slots.size());
  slots[static_cast<std::size_t>(site_.world.slot_home)] =
      std::string(home == Side::source ? "source" : "target");
  slots[static_cast<std::size_t>(site_.world.slot_front)] =
      home == Side::source ? front_ : site_.world.platforms[1].name;
  return slots;
}

Slots Shoppers::shopper_slots(std::uint32_t intent) const {
  const Intent& who = intents_[intent];
  Slots slots = blank_slots(who.home);
  const PoolId pool = persona_of(intent).who;
  const SlotId name = site_.world.pools[static_cast<std::size_t>(pool)].slot;
  slots[static_cast<std::size_t>(name)] =
      pools_[static_cast<std::size_t>(pool)][index(who.home)][who.who];
  return slots;
}

Slots Shoppers::page_slots(std::uint32_t intent, const Session& session) const {
  Slots slots = shopper_slots(intent);
  for (const auto& [slot, value] : session.kept) slots[static_cast<std::size_t>(slot)] = value;
  slots[static_cast<std::size_t>(site_.world.slot_idem)] = idem_of(intent, session.visit);
  slots[static_cast<std::size_t>(site_.world.slot_at)] = session.intended.us;
  for (const PageDraw& draw : site_.world.pages[static_cast<std::size_t>(session.page)].draws)
    slots[static_cast<std::size_t>(draw.slot)] = drawn(intent, session.visit, draw);
  return slots;
}

Value Shoppers::drawn(std::uint32_t intent, std::uint32_t ordinal, const PageDraw& draw) const {
  const std::uint32_t what = purpose(site_.world.slots[static_cast<std::size_t>(draw.slot)]);
  if (draw.kind == DrawKind::choice) {
    // Drawn once a session: what she pays with does not change from page to page.
    auto left = static_cast<std::int64_t>(below(kWhole, intent, 0, what));
    const auto& options = site_.world.choices[static_cast<std::size_t>(draw.choice)].options;
    for (const auto& [name, ppm] : options) {
      if (left < ppm) return name;
      left -= ppm;
    }
    return options.back().first;
  }
  if (draw.kind == DrawKind::below)
    return static_cast<std::int64_t>(
        below(static_cast<std::uint64_t>(draw.below), intent, ordinal, what));
  const auto pool = static_cast<std::size_t>(draw.pool);
  const std::size_t side = index(intents_[intent].home);
  const std::vector<Value>& ids = pools_[pool][side];
  if (ids.empty()) return {};
  if (draw.kind == DrawKind::zipf) return ids[zipf_[pool][side].rank(bits(intent, ordinal, what))];
  return ids[below(ids.size(), intent, ordinal, what)];
}

const Persona& Shoppers::persona_of(std::uint32_t intent) const {
  return site_.world.personas[intents_[intent].persona];
}

std::uint64_t Shoppers::bits(std::uint32_t intent, std::uint32_t ordinal,
                             std::uint32_t what) const {
  return site_.draws.bits(Domain::shopper, intent, ordinal, what);
}

std::uint64_t Shoppers::below(std::uint64_t n, std::uint32_t intent, std::uint32_t ordinal,
                              std::uint32_t what) const {
  return site_.draws.below(n, Domain::shopper, intent, ordinal, what);
}

void Shoppers::push(std::uint32_t intent, Session& session, Kind kind, Micros at) {
  site_.sim.events.push(
      {at, EventClass::shopper, intent, ++session.seq, kind, session.visit, session.attempt});
}

void Shoppers::tell(const Saga& saga, PageEnd end, int tries, const Delays& before) {
  PageSeen page = seen(saga, end, tries, site_.sim.now);
  page.delays.add(before);
  observer_.page(page);
}

}  // namespace pindah
