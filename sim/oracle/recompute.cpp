#include "oracle/recompute.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "oracle/agreement.h"
#include "oracle/captures.h"
#include "selfcheck/invariants.h"

namespace pindah {
namespace {

bool is_money(const World& world, const LedgerEntry& entry) {
  return world.ledgers[static_cast<std::size_t>(entry.ledger)].amount >= 0;
}

const char* name_of(LedgerState state) {
  switch (state) {
    case LedgerState::pending:
      return "pending";
    case LedgerState::captured:
      return "captured";
    case LedgerState::refunded:
      return "refunded";
    case LedgerState::none:
      break;
  }
  return "none";
}

}  // namespace

bool is_changed(const Held& held, const FinalRow& row) {
  for (std::size_t i = 0; i < held.fixed.size() && i < row.fixed.size(); ++i)
    if (held.fixed[i] && *held.fixed[i] != row.fixed[i]) return true;
  return false;
}

bool Recompute::time_enough(Micros since) const { return since + kTimeToTell <= ending_.ended; }

void Recompute::add(const AnomalyOf& of, std::int64_t witness, Micros at, std::string detail,
                    HeldId held, int entry, std::int64_t count, std::string thing,
                    const std::string& item) {
  Found found;
  found.what.intent = intent_or_nobody(witness);
  found.what.witness = witness;
  if (held >= 0)
    found.what.thing = promised_[static_cast<std::size_t>(held)].witness;
  else
    found.what.thing = std::move(thing);
  found.what.at = std::clamp(at, Micros{}, ending_.ended);
  if (at.us < 0 || at == kNever) found.what.at = ending_.ended;
  found.what.count = count;
  found.what.detail = std::move(detail);
  found.held = held;
  found.entry = entry;
  found.item = item;
  cases_.add(of, std::move(found));
}

void Recompute::kept(HeldId id) {
  const Held& held = promised_[static_cast<std::size_t>(id)];
  const bool owed = held.told() && held.ended_at == kNever && !held.indeterminate;
  if (!owed) return;
  const Promise& promise = world_.promises[static_cast<std::size_t>(held.promise)];
  const Side owner = ending_.owner(promise.service, held.home);
  const FinalRow* row = end_state_.row(held.promise, owner, held.witness);
  const std::string name = fmt::format("{} {}", promise.name, held.witness);
  const std::string& platform = world_.platforms[index(owner)].name;
  const auto of = [&](AnomalyKind kind) { return AnomalyOf{kind, held.promise, -1, false, false}; };
  if (!row) {
    add(of(AnomalyKind::lost), held.idem, held.told_at,
        fmt::format("{}: told, not on {}", name, platform), id, -1);
    return;
  }
  const bool known_units = held.units >= 0 && row->units >= 0 && held.look.at != kNever &&
                           held.touched_at < held.look.at;
  if (known_units && held.units != row->units)
    add(of(AnomalyKind::lost), held.idem, held.told_at,
        fmt::format("{}: was shown {} of it, are {} on {}", name, held.units, row->units, platform),
        id, -1);
  if (is_changed(held, *row))
    add(of(AnomalyKind::lost), held.idem, held.told_at,
        fmt::format("{}: not what was told, on {}", name, platform), id, -1);
  if (row->count > 1)
    add(of(AnomalyKind::duplicated), held.idem, held.told_at,
        fmt::format("{}: {} times on {}", name, row->count, platform), id, -1, row->count - 1);
  if (promise.status >= 0 && row->rank < held.rank_shown)
    add(of(AnomalyKind::regressed), held.idem, held.told_at,
        fmt::format("{}: was shown {}, is {} on {}", name,
                    promise.ranks[static_cast<std::size_t>(held.rank_shown)],
                    row->rank < 0 ? "unknown" : promise.ranks[static_cast<std::size_t>(row->rank)],
                    platform),
        id, -1);
}

std::vector<int> Recompute::entries_of(std::int64_t witness) const {
  const auto it = by_witness_.find(witness);
  return it == by_witness_.end() ? std::vector<int>{} : it->second;
}

// What counts as paid for must have been taken, or need not be paid to a ledger at all.
void Recompute::paid_for(HeldId id) {
  const Held& held = promised_[static_cast<std::size_t>(id)];
  const Promise& promise = world_.promises[static_cast<std::size_t>(held.promise)];
  if (promise.paid_from < 0 || held.idem <= 0 || !promise.keyed_by_idem) return;
  const Side owner = ending_.owner(promise.service, held.home);
  const FinalRow* row = end_state_.row(held.promise, owner, held.witness);
  if (!row || row->rank < promise.paid_from || row->rank == promise.voided) return;
  for (const int number : entries_of(held.idem)) {
    const LedgerEntry& entry = (*ending_.entries)[static_cast<std::size_t>(number)];
    if (entry.state == LedgerState::captured || entry.state == LedgerState::none) return;
  }
  for (std::size_t l = 0; l < world_.ledgers.size(); ++l)
    if (world_.ledgers[l].amount >= 0)
      add({AnomalyKind::uncoupled, held.promise, static_cast<LedgerId>(l), false, false}, held.idem,
          held.told_at,
          fmt::format("{} {}: {}, but nothing was taken for it", promise.name, held.witness,
                      promise.ranks[static_cast<std::size_t>(row->rank)]),
          id, -1);
}

void Recompute::promises() {
  for (std::size_t i = 0; i < ending_.entries->size(); ++i) {
    const LedgerEntry& entry = (*ending_.entries)[i];
    if (is_money(world_, entry)) by_witness_[entry.witness].push_back(static_cast<int>(i));
  }
  for (std::size_t i = 0; i < promised_.size(); ++i) {
    kept(static_cast<HeldId>(i));
    paid_for(static_cast<HeldId>(i));
  }
}

// Money that was taken and not given back belongs to a promise that counts as paid.
void Recompute::coupled(const LedgerEntry& entry, int number) {
  if (entry.state != LedgerState::captured || !time_enough(entry.captured)) return;
  for (std::size_t p = 0; p < world_.promises.size(); ++p) {
    const Promise& promise = world_.promises[p];
    if (promise.paid_from < 0 || !promise.keyed_by_idem) continue;
    const Side owner = ending_.owner(promise.service, entry.home);
    const FinalRow* row =
        end_state_.row(static_cast<PromiseId>(p), owner, std::to_string(entry.witness));
    const bool paid = row && row->rank >= promise.paid_from && row->rank != promise.voided;
    if (paid) continue;
    const std::string is =
        row ? (row->rank < 0 ? "unknown" : promise.ranks[static_cast<std::size_t>(row->rank)])
            : "missing";
    add({AnomalyKind::uncoupled, static_cast<PromiseId>(p), entry.ledger, true, false},
        entry.witness, entry.captured,
        fmt::format("{} taken for {} {}, which is {}", entry.amount, promise.name, entry.witness,
                    is),
        -1, number);
  }
}

// What the ledger did and what the owner believes of it.
void Recompute::money_of(const LedgerEntry& entry, int number) {
  const Ledger& ledger = world_.ledgers[static_cast<std::size_t>(entry.ledger)];
  const bool moved = entry.state == LedgerState::captured || entry.state == LedgerState::refunded;
  if (!ledger.truth || !moved) return;
  const Micros since = entry.state == LedgerState::refunded ? entry.refunded : entry.captured;
  const Side owner = ending_.owner(ledger.service, entry.home);
  const auto* booked = end_state_.payments(entry.ledger, owner, entry.witness);
  const FinalMoney* mine = nullptr;
  if (booked)
    for (const FinalMoney& money : *booked)
      if (money.ref == entry.ref) mine = &money;
  const std::string& method = ledger.methods[static_cast<std::size_t>(entry.method)].name;
  std::string wrong;
  if (!mine)
    wrong = "not booked";
  else if (mine->amount != entry.amount)
    wrong = fmt::format("booked as {}", mine->amount);
  else if (!mine->by.empty() && mine->by != method)
    wrong = fmt::format("booked as {} by {}", mine->amount, mine->by);
  else if (mine->state != name_of(entry.state) && time_enough(since))
    wrong = fmt::format("booked as {}", mine->state);
  if (wrong.empty()) return;
  add({AnomalyKind::unconserved, -1, entry.ledger, false, false}, entry.witness, since,
      fmt::format("{} {} {}: {} on {}", ledger.name, entry.amount, name_of(entry.state), wrong,
                  world_.platforms[index(owner)].name),
      -1, number);
}

// More than one entry that stands for the same key.
void Recompute::charged_again(LedgerId ledger) {
  std::map<std::int64_t, std::vector<int>> taken;
  for (std::size_t i = 0; i < ending_.entries->size(); ++i) {
    const LedgerEntry& entry = (*ending_.entries)[i];
    if (entry.ledger == ledger && entry.state == LedgerState::captured)
      taken[entry.witness].push_back(static_cast<int>(i));
  }
  for (const auto& [witness, numbers] : taken) {
    if (numbers.size() < 2) continue;
    const LedgerEntry& last = (*ending_.entries)[static_cast<std::size_t>(numbers.back())];
    add({AnomalyKind::duplicated, -1, ledger, false, false}, witness, last.captured,
        fmt::format("{} took for {} {} times",
                    world_.ledgers[static_cast<std::size_t>(ledger)].name, witness, numbers.size()),
        -1, numbers.back(), static_cast<std::int64_t>(numbers.size()) - 1);
  }
}

// What the owner believes was taken in this run, and the ledger knows nothing of.
void Recompute::booked_without_entry(LedgerId ledger) {
  std::set<std::string> known;
  for (const LedgerEntry& entry : *ending_.entries)
    if (entry.ledger == ledger && entry.captured != kNever) known.insert(entry.ref);
  const ServiceId service = world_.ledgers[static_cast<std::size_t>(ledger)].service;
  const Side owner = ending_.owner(service, Side::source);
  for (const Side side : {owner, Side::target}) {
    for (const auto& [witness, booked] : end_state_.money(ledger, side))
      for (const FinalMoney& money : booked)
        if (witness > 0 && money.state == "captured" && !known.count(money.ref))
          add({AnomalyKind::unconserved, -1, ledger, false, false}, witness, kNever,
              fmt::format("{} booked as captured on {}, never taken", money.amount,
                          world_.platforms[index(side)].name),
              -1, -1);
    if (side == Side::target) break;
  }
}

void Recompute::ledgers() {
  for (std::size_t i = 0; i < ending_.entries->size(); ++i) {
    const LedgerEntry& entry = (*ending_.entries)[i];
    if (!is_money(world_, entry)) continue;
    coupled(entry, static_cast<int>(i));
    money_of(entry, static_cast<int>(i));
  }
  for (std::size_t l = 0; l < world_.ledgers.size(); ++l) {
    charged_again(static_cast<LedgerId>(l));
    if (world_.ledgers[l].truth) booked_without_entry(static_cast<LedgerId>(l));
  }
}

void Recompute::stock(const std::map<std::pair<Side, std::string>, std::int64_t>& initial) {
  if (!world_.stock) return;
  const ServiceId sold_in =
      world_.promises[static_cast<std::size_t>(world_.stock->sold_in)].service;
  for (const auto& [where, units] : initial) {
    const auto& [home, item] = where;
    const Side goods = ending_.owner(world_.stock->service, home);
    const std::int64_t available = end_state_.available(goods, item);
    const std::int64_t sold = end_state_.units(ending_.owner(sold_in, home), item);
    if (sold > units)
      add({AnomalyKind::oversold, -1, -1, false, true}, 0, kNever,
          fmt::format("item {}: {} sold of {}", item, sold, units), -1, -1, sold - units, item,
          item);
    const std::int64_t off = units - sold - available;
    if (off != 0)
      add({AnomalyKind::unconserved, -1, -1, false, true}, 0, kNever,
          fmt::format("item {}: {} at the start, {} sold, {} left on {}", item, units, sold,
                      available, world_.platforms[index(goods)].name),
          -1, -1, std::abs(off), item, item);
  }
}

void check_lost(const World& world, const Ending& ending, const EndState& end_state,
                const std::deque<Held>& promised, const std::vector<PerSide<Micros>>& copied_at,
                const Cases& standing) {
  std::set<HeldId> found;
  for (const Found& one : standing.all()) found.insert(one.held);
  for (std::size_t i = 0; i < promised.size(); ++i) {
    const Held& held = promised[i];
    const bool owed = held.told() && held.ended_at == kNever;
    if (!owed || held.look.at == kNever || held.look.present) continue;
    if (find_anomaly(world, {AnomalyKind::lost, held.promise, -1, false, false}) < 0) continue;
    const Promise& promise = world.promises[static_cast<std::size_t>(held.promise)];
    const auto service = static_cast<std::size_t>(promise.service);
    const Side owner = ending.owner(promise.service, held.home);
    if (!conclusive(held, owner, copied_at[service][index(owner)])) continue;
    if (end_state.row(held.promise, owner, held.witness) != nullptr) continue;
    must_hold(found.count(static_cast<HeldId>(i)) != 0, Invariant::derivations_agree,
              held.look.replied, [&] { return promise.name + " " + std::string(held.witness); });
  }
}

}  // namespace pindah
