#include "oracle/oracle.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "base/digest.h"
#include "base/packed.h"

namespace pindah {
namespace {

std::uint64_t hash_value(const Value& value, std::uint64_t seed) {
  if (const auto* text = std::get_if<std::string>(&value)) return hash64(*text, seed + 2);
  const auto* number = std::get_if<std::int64_t>(&value);
  if (!number) return hash64({}, seed + 1);
  return hash64({reinterpret_cast<const char*>(number), sizeof *number}, seed);
}

bool ran(const PageSeen& seen, int step) {
  return step >= 0 && step < 64 && (seen.ran >> step & 1) != 0;
}

Glance glance_of(const PageSeen& seen) {
  Glance glance{seen.intent, seen.home, seen.intended, seen.replied, {}};
  if (seen.asked[0] != seen.asked[1]) glance.side = seen.asked[0] ? Side::source : Side::target;
  return glance;
}

}  // namespace

Oracle::Oracle(const Premises& premises)
    : premises_(premises),
      world_(premises.world),
      pages_(roles_of(world_)),
      calls_(call_roles_of(world_)),
      promises_(world_.promises.size()),
      captures_(world_),
      cases_(world_),
      sightings_(world_, promises_, captures_, cases_),
      tally_(world_, premises.scenario),
      copied_at_(world_.services.size(), {Micros{-1}, Micros{-1}}),
      promising_(world_.services.size()) {
  for (const Promise& promise : world_.promises)
    promising_[static_cast<std::size_t>(promise.service)] = true;
  for (const Ledger& ledger : world_.ledgers)
    if (ledger.truth) promising_[static_cast<std::size_t>(ledger.service)] = true;
  if (world_.stock) promising_[static_cast<std::size_t>(world_.stock->service)] = true;
  ensure(world_.promises.size() <= 8, "a record holds eight kinds of promise at most");
  if (world_.stock) item_slot_ = world_.slot(world_.stock->item);
  record_.holds.assign(premises.intents.size(), 0);
  record_.chosen.assign(world_.choices.size(),
                        std::vector<std::int8_t>(premises.intents.size(), -1));
}

Oracle::~Oracle() = default;

void Oracle::amended() {
  tally_.amended(premises_.scenario);
  const std::size_t people = premises_.intents.size();
  record_.holds.resize(people, 0);
  for (auto& chosen : record_.chosen) chosen.resize(people, -1);
}

void Oracle::watch(const PerSide<Database*>& databases) {
  facts_ = std::make_unique<Facts>(world_, premises_.constants, databases);
  facts_->read_opening(promises_, goods_);
}

void Oracle::watch_again(const PerSide<Database*>& databases, OraclePast past) {
  record_ = std::move(past.record);
  promises_ = std::move(past.promises);
  record_.cases.clear();
  facts_ = std::make_unique<Facts>(world_, premises_.constants, databases);
}

std::string Oracle::owner_of(PromiseId promise, std::uint32_t intent) const {
  if (intent >= premises_.intents.size()) return {};
  const Intent& who = premises_.intents[intent];
  const PoolId pool = world_.personas[who.persona].who;
  const SlotId known_by = world_.pools[static_cast<std::size_t>(pool)].slot;
  if (known_by != world_.promises[static_cast<std::size_t>(promise)].belongs_to) return {};
  return to_text(premises_.pools[static_cast<std::size_t>(pool)][index(who.home)][who.who]);
}

const Value& Oracle::slot(const PageSeen& seen, SlotId slot) const {
  static const Value null;
  if (slot < 0 || !seen.slots || static_cast<std::size_t>(slot) >= seen.slots->size()) return null;
  return (*seen.slots)[static_cast<std::size_t>(slot)];
}

void Oracle::page(const PageSeen& seen) {
  switch (seen.actor) {
    case Actor::callback:
    case Actor::job:
      message(seen);
      break;
    case Actor::undo:
      note_goods(seen);
      break;
    case Actor::shopper:
    case Actor::audit:
      visit(seen);
  }
}

void Oracle::message(const PageSeen& seen) {
  const std::int64_t idem = integer_or(slot(seen, world_.slot_idem), 0);
  if (seen.end != PageEnd::ok || idem <= 0 || seen.page < 0) return;
  if (intent_of(idem) >= premises_.intents.size()) return;
  record_.messages.push_back({intent_of(idem), static_cast<std::int16_t>(seen.page), seen.replied});
}

void Oracle::keep_shown(const PageSeen& seen) {
  packed_.clear();
  if (seen.end == PageEnd::ok)
    for (const SlotId id : world_.pages[static_cast<std::size_t>(seen.page)].shown)
      pack(packed_, slot(seen, id));
  else
    packed_ = seen.reason;
  record_.shown.append(packed_);
}

void Oracle::visit(const PageSeen& seen) {
  const std::size_t number = record_.visits.size();
  Visit visit;
  visit.intended_us = seen.intended.us;
  visit.latency_us = (seen.replied - seen.intended).us;
  visit.hindered_us = seen.hindered.us;
  visit.intent = seen.intent;
  visit.visit = static_cast<std::uint16_t>(seen.visit);
  visit.page = static_cast<std::int16_t>(seen.page);
  visit.end = seen.end;
  visit.obstacle = seen.obstacle;
  visit.service = static_cast<std::int8_t>(seen.service);
  visit.tries = static_cast<std::uint8_t>(std::min(seen.tries, 255));
  visit.audit = seen.actor == Actor::audit;
  visit.on_target = seen.asked[index(Side::target)];
  record_.visits.push_back(visit);
  if (keeps_pages_) keep_shown(seen);
  tally_.page(seen.page);
  remember_choices(seen);
  note_goods(seen);
  if (seen.end == PageEnd::ok) answered(seen, glance_of(seen), number);
  if (seen.end == PageEnd::refused) refused(seen, number);
  end(seen);
}

void Oracle::answered(const PageSeen& seen, const Glance& glance, std::size_t number) {
  const PageRoles& roles = pages_[static_cast<std::size_t>(seen.page)];
  for (const Role& role : roles.shown) column(role, seen, glance, number);
  for (const PromiseStep& opens : roles.opens)
    if (ran(seen, opens.step)) open(opens, seen, glance, record_.visits[number]);
  if (seen.actor != Actor::shopper) return;
  for (const PromiseStep& makes : roles.makes)
    if (ran(seen, makes.step)) tell(makes, seen, glance, record_.visits[number]);
}

void Oracle::column(const Role& role, const PageSeen& seen, const Glance& glance,
                    std::size_t number) {
  Visit& visit = record_.visits[number];
  const Value& value = slot(seen, role.slot);
  switch (role.kind) {
    case RoleKind::plain:
      visit.plain = hash_value(value, visit.plain);
      break;
    case RoleKind::status:
    case RoleKind::witness:
      visit.facts = hash_value(value, visit.facts);
      break;
    case RoleKind::stock: {
      const Band band = band_of(value);
      visit.facts = hash_value(static_cast<std::int64_t>(band), visit.facts);
      goods_.saw(number, seen.home, to_text(slot(seen, item_slot_)), band, seen.intended,
                 seen.replied);
      break;
    }
    case RoleKind::list:
      list(role, seen, glance, visit);
  }
}

// Other sessions of the same buyer may add rows at another moment in the other life: their rows are
// facts. What stands in rows of this session, or of populate, is compared as it is.
void Oracle::list(const Role& role, const PageSeen& seen, const Glance& glance, Visit& visit) {
  const std::string owner = owner_of(role.promise, seen.intent);
  const Value& value = slot(seen, role.slot);
  auto rows = read_list(world_, role.promise, owner, value);
  if (!rows) {
    visit.plain = hash_value(value, visit.plain);
    rows.emplace();
  }
  for (const ShownPromise& row : *rows) {
    visit.facts = hash_value(row.witness, hash_value(row.status, visit.facts));
    const HeldId id = promises_.find(role.promise, seen.home, row.witness);
    const Held* held = id < 0 ? nullptr : &std::as_const(promises_)[id];
    const bool mine =
        held != nullptr && (held->populated() || intent_or_nobody(held->idem) == seen.intent);
    std::uint64_t& hash = mine ? visit.plain : visit.facts;
    hash = hash64(row.rest, hash);
  }
  tally_.viewed(role.promise);
  if (!sightings_.list(role.promise, owner, *rows, glance)) visit.truthful = false;
}

ShownPromise Oracle::shown_on(const Promise& promise, const PageSeen& seen) const {
  ShownPromise shown;
  shown.witness = to_text(slot(seen, world_.slot_idem));
  shown.status = slot(seen, promise.status);
  for (const SlotId fixed : promise.fixed) {
    const Value& value = slot(seen, fixed);
    shown.fixed.emplace_back();
    if (!is_null(value)) shown.fixed.back() = to_text(value);
  }
  return shown;
}

void Oracle::open(const PromiseStep& opens, const PageSeen& seen, const Glance& glance,
                  Visit& visit) {
  const Promise& promise = world_.promises[static_cast<std::size_t>(opens.promise)];
  std::optional<ShownPromise> shown;
  if (!is_null(slot(seen, world_.slot_idem))) shown = shown_on(promise, seen);
  tally_.viewed(opens.promise);
  const std::string token = to_text(slot(seen, promise.token));
  if (!sightings_.opened(opens.promise, owner_of(opens.promise, seen.intent), token, shown, glance))
    visit.truthful = false;
}

void Oracle::tell(const PromiseStep& makes, const PageSeen& seen, const Glance& glance,
                  Visit& visit) {
  const Promise& promise = world_.promises[static_cast<std::size_t>(makes.promise)];
  const std::int64_t idem = idem_of(seen.intent, seen.visit);
  const std::string owner = owner_of(makes.promise, seen.intent);
  const std::string witness =
      promise.keyed_by_idem ? std::to_string(idem) : owner + "/" + to_text(slot(seen, promise.key));
  const HeldId id = promises_.get(makes.promise, seen.home, witness, owner);
  Held& held = promises_[id];
  const bool again = held.told() && held.ended_at == kNever;
  if (!again) held.told_at = seen.replied;
  held.idem = idem;
  held.indeterminate = false;
  held.token = promises_.keep(to_text(slot(seen, promise.token)));
  const ShownPromise shown = shown_on(promise, seen);
  held.fixed = promises_.keep(shown.fixed);
  const auto made = made_at_.find(idem);
  if (!promise.keyed_by_idem) held.made_at = made == made_at_.end() ? seen.intended : made->second;
  if (!promise.keyed_by_idem) reopen(id);
  if (made != made_at_.end()) made_at_.erase(made);
  record_.holds[seen.intent] |= static_cast<std::uint8_t>(1u << makes.promise);
  tally_.told(makes.promise);
  const bool has_goods = world_.stock && world_.stock->sold_in == makes.promise;
  if (has_goods) goods_.told(idem, seen.replied);
  if (promise.status >= 0 && !is_null(shown.status) && !sightings_.made(id, shown, glance))
    visit.truthful = false;
}

// It was made anew: what ended before does not end it. What ended between its commit and this reply
// does.
void Oracle::reopen(HeldId id) {
  Held& held = promises_[id];
  const auto all = all_ended_.find({held.promise, held.home, std::string(held.owner)});
  if (held.ended_at == kNever && all != all_ended_.end())
    held.ended_at = held.ending_from = all->second;
  if (held.ended_at != kNever && held.ended_at <= held.made_at)
    held.ended_at = held.ending_from = kNever;
}

void Oracle::refused(const PageSeen& seen, std::size_t number) {
  Visit& visit = record_.visits[number];
  visit.facts = hash64(seen.reason);
  // A refusal is true only if the facts say so, and of goods alone there are facts.
  visit.truthful = false;
  if (!world_.log_in_again.empty() && seen.reason == world_.log_in_again) {
    visit.logged_out = true;
    Found found;
    found.what.intent = seen.intent;
    found.what.at = seen.replied;
    found.what.detail = "asked to log in again";
    cases_.add({AnomalyKind::logged_out, -1, -1, false, false}, std::move(found));
    return;
  }
  const PageRoles& roles = pages_[static_cast<std::size_t>(seen.page)];
  const int step = refusing_step(seen);
  const bool at_the_goods = step < 64 && (roles.takes >> step & 1) != 0;
  if (!at_the_goods || !ran(seen, roles.lines_step)) return;
  goods_.refused(number, seen.home, sold_lines(slot(seen, world_.stock->lines), world_.stock->item),
                 seen.intended, seen.replied);
}

// The first step after the last that ran which was not left out by its condition.
int Oracle::refusing_step(const PageSeen& seen) const {
  const auto& steps = world_.pages[static_cast<std::size_t>(seen.page)].steps;
  int step = seen.ran == 0 ? 0 : 64 - __builtin_clzll(seen.ran);
  for (; static_cast<std::size_t>(step) < steps.size(); ++step) {
    const PageStep& next = steps[static_cast<std::size_t>(step)];
    if (next.if_slot < 0 || to_text(slot(seen, next.if_slot)) == next.if_equals) break;
  }
  return step;
}

void Oracle::note_goods(const PageSeen& seen) {
  const bool sells = pages_[static_cast<std::size_t>(seen.page)].takes != 0;
  if (!sells) return;
  goods_.lines(idem_of(seen.intent, seen.visit), seen.home, slot(seen, world_.stock->lines),
               world_.stock->item);
}

void Oracle::end(const PageSeen& seen) {
  const auto it = pending_ends_.find(idem_of(seen.intent, seen.visit));
  if (it == pending_ends_.end()) return;
  for (const PendingEnd& pending : it->second) end_some(pending, seen);
  pending_ends_.erase(it);
}

void Oracle::end_some(const PendingEnd& pending, const PageSeen& seen) {
  sightings_.ending(pending.promise, seen.home, pending.owner, idem_of(seen.intent, seen.visit),
                    false);
  const Promise& promise = world_.promises[static_cast<std::size_t>(pending.promise)];
  const EndScope scope = scope_of(world_, promise, pending.call);
  std::set<std::string> ended;
  if (scope.one && !is_null(slot(seen, promise.key)))
    ended.insert(pending.owner + "/" + to_text(slot(seen, promise.key)));
  for (const SlotId list : scope.lists)
    if (const auto rows = read_list(world_, pending.promise, pending.owner, slot(seen, list)))
      for (const ShownPromise& row : *rows) ended.insert(row.witness);
  for (const HeldId id : promises_.of(pending.promise, seen.home, pending.owner)) {
    Held& held = promises_[id];
    // Without a key on the page it may have been any of hers.
    if (ended.empty()) held.indeterminate = true;
    if (held.ended_at != kNever || !ended.count(std::string(held.witness))) continue;
    held.ended_at = pending.at;
    held.ending_from = seen.intended;
  }
}

// Calls that ended something after their page was given up: nobody knows what.
void Oracle::end_unknown() {
  for (const auto& [idem, pending_ends] : pending_ends_)
    for (const PendingEnd& pending : pending_ends)
      for (const HeldId id : promises_.of(pending.promise, pending.home, pending.owner))
        promises_[id].indeterminate = true;
  pending_ends_.clear();
}

void Oracle::remember_choices(const PageSeen& seen) {
  for (std::size_t c = 0; c < world_.choices.size(); ++c) {
    std::int8_t& known = record_.chosen[c][seen.intent];
    const auto* text = std::get_if<std::string>(&slot(seen, world_.choices[c].slot));
    if (known >= 0 || !text) continue;
    const auto& options = world_.choices[c].options;
    for (std::size_t o = 0; o < options.size(); ++o)
      if (options[o].first == *text) known = static_cast<std::int8_t>(o);
  }
}

void Oracle::committed(const Commit& commit) {
  if (commit.writer.kind == WriterKind::call) return own_write(commit);
  record_.rows_carried += static_cast<std::int64_t>(commit.changes->size());
  if (commit.service >= 0)
    copied_at_[static_cast<std::size_t>(commit.service)][index(commit.side)] = commit.at;
}

// Of the shoppers who move; the target's own never had another home.
void Oracle::note_return(const Commit& commit) {
  const bool moved = commit.side == Side::target && commit.owner == Side::target &&
                     commit.writer.home == Side::source;
  if (!moved || !promising_[static_cast<std::size_t>(commit.service)]) return;
  if (returned_.insert({commit.service, commit.writer.idem, commit.captured}).second)
    record_.promise_writes.push_back({commit.service, commit.at, commit.captured});
}

void Oracle::own_write(const Commit& commit) {
  if (commit.writer.home == Side::source) tally_.written(commit.service);
  if (commit.side != commit.owner) unowned(commit);
  if (commit.writer.idem == 0) return;
  note_return(commit);
  note_taken(commit);
  for (std::size_t p = 0; p < world_.promises.size(); ++p) {
    if (world_.promises[p].service != commit.service) continue;
    if (world_.promises[p].keyed_by_idem)
      note_idem(commit, static_cast<PromiseId>(p));
    else
      note_keyed(commit, static_cast<PromiseId>(p));
  }
}

void Oracle::unowned(const Commit& commit) {
  Found found;
  found.what.intent = intent_or_nobody(commit.writer.idem);
  found.what.witness = commit.writer.idem;
  found.what.at = commit.at;
  const std::string& name = world_.services[static_cast<std::size_t>(commit.service)].name;
  found.what.detail = fmt::format("a write of {} on {}, which {} owned", name,
                                  world_.platforms[index(commit.side)].name,
                                  world_.platforms[index(commit.owner)].name);
  found.what.culprit =
      fmt::format("committed on {} at {}", world_.platforms[index(commit.side)].name,
                  clock_text(commit.at, true));
  found.service = commit.service;
  cases_.add({AnomalyKind::unowned, -1, -1, false, false}, std::move(found));
}

void Oracle::note_taken(const Commit& commit) {
  if (!world_.stock || commit.service != world_.stock->service || commit.writer.call < 0) return;
  if (calls_[static_cast<std::size_t>(commit.writer.call)].takes)
    goods_.took(commit.writer.idem, commit.at);
  else
    goods_.gave_back(commit.writer.idem, commit.at);
}

void Oracle::note_idem(const Commit& commit, PromiseId number) {
  const Promise& promise = world_.promises[static_cast<std::size_t>(number)];
  const std::int64_t idem = commit.writer.idem;
  const std::string witness = std::to_string(idem);
  const HeldId id = idem > 0 ? promises_.get(number, commit.writer.home, witness,
                                             owner_of(number, intent_of(idem)))
                             : promises_.find(number, commit.writer.home, witness);
  if (id < 0) return;
  Held& held = promises_[id];
  held.idem = idem;
  held.touched_at = commit.at;
  if (commit.writer.call == promise.made_by && !held.made_on) {
    held.made_on = commit.side;
    held.made_at = commit.at;
  }
  if (commit.side != commit.owner || !facts_) return;
  const int rank = facts_->rank(commit.side, number, idem);
  if (rank > held.rank_at(commit.at)) held.reached.push_back({commit.at, rank});
  const bool has_goods = world_.stock && world_.stock->sold_in == number;
  if (has_goods && rank >= 0 && rank == promise.voided) goods_.voided(idem, commit.at);
}

void Oracle::note_keyed(const Commit& commit, PromiseId number) {
  const std::int64_t idem = commit.writer.idem;
  if (idem < 0 || commit.writer.call < 0) return;
  const Side home = commit.writer.home;
  const std::string owner = owner_of(number, intent_of(idem));
  for (const HeldId id : promises_.of(number, home, owner)) promises_[id].touched_at = commit.at;
  const CallRole& role = calls_[static_cast<std::size_t>(commit.writer.call)];
  const auto has = [&](const std::vector<PromiseId>& list) {
    return std::find(list.begin(), list.end(), number) != list.end();
  };
  if (has(role.makes)) {
    made_at_[idem] = commit.at;
    sightings_.making(number, home, owner, commit.at);
  }
  if (!has(role.ends)) return;
  const Promise& promise = world_.promises[static_cast<std::size_t>(number)];
  if (!scope_of(world_, promise, commit.writer.call).all()) {
    pending_ends_[idem].push_back({number, commit.writer.call, home, owner, commit.at});
    sightings_.ending(number, home, owner, idem, true);
    return;
  }
  all_ended_[{number, home, owner}] = commit.at;
  for (const HeldId id : promises_.of(number, home, owner)) {
    Held& held = promises_[id];
    if (held.ended_at == kNever) held.ended_at = held.ending_from = commit.at;
  }
}

void Oracle::ledger(const LedgerEntry& entry, Micros now) {
  if (entry.state == LedgerState::captured && entry.captured == now) tally_.captured(entry.ledger);
  if (entry.state == LedgerState::refunded && entry.refunded == now) tally_.reversed(entry.ledger);
  captures_.note(entry);
}

void Oracle::reversal_refused(LedgerId ledger, std::int64_t witness, Micros now) {
  tally_.reversed(ledger);
  Found found;
  found.what.intent = intent_or_nobody(witness);
  found.what.witness = witness;
  found.what.at = now;
  found.what.detail =
      fmt::format("{} was asked to give back what it had not taken under this reference",
                  world_.ledgers[static_cast<std::size_t>(ledger)].name);
  cases_.add({AnomalyKind::off_rail, -1, ledger, false, false}, std::move(found));
}

void Oracle::plan(const PlanEvent& event) {
  if (event.kind == PlanEventKind::started) tally_.plan_began();
  record_.plan.push_back(event);
}

void Oracle::outage(ServiceId service, Micros from, Micros until) {
  record_.outages.push_back({service, from, until});
}

}  // namespace pindah
