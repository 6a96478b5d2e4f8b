#include "oracle/promise_book.h"

#include <set>

namespace pindah {

ShownPromise shown_on(const World& world, const Promise& promise, const PageSeen& seen) {
  ShownPromise shown;
  shown.witness = to_text(slot_of(seen, world.slot_idem));
  shown.status = slot_of(seen, promise.status);
  for (const SlotId fixed : promise.fixed) {
    const Value& value = slot_of(seen, fixed);
    shown.fixed.emplace_back();
    if (!is_null(value)) shown.fixed.back() = to_text(value);
  }
  return shown;
}

void PromiseBook::made(PromiseId promise, Side home, const std::string& owner, std::int64_t idem,
                       Micros at) {
  made_at_[idem] = at;
  state_.shown_checks.making(promise, home, owner, at);
}

void PromiseBook::ended(PromiseId number, const std::string& owner, const Commit& commit) {
  const Promise& promise = world_.promises[static_cast<std::size_t>(number)];
  const Side home = commit.writer.home;
  const std::int64_t idem = commit.writer.idem;
  if (!scope_of(world_, promise, commit.writer.call).all()) {
    pending_ends_[idem].push_back({number, commit.writer.call, home, owner, commit.at});
    state_.shown_checks.ending(number, home, owner, idem, true);
    return;
  }
  all_ended_[{number, home, owner}] = commit.at;
  for (const HeldId id : state_.promises.of(number, home, owner)) {
    Held& held = state_.promises[id];
    if (held.ended_at == kNever) held.ended_at = held.ending_from = commit.at;
  }
}

// When a promise of this witness was last ended, by a call that ends all of hers or by one that
// named it, perhaps before its own page had told of it.
PromiseBook::Ended PromiseBook::last_ended(const Held& held) const {
  Ended last{held.ended_at, held.ending_from};
  const auto later = [&](Micros at, Micros from) {
    if (last.at == kNever || last.at < at) last = {at, from};
  };
  const std::string owner(held.owner);
  if (const auto all = all_ended_.find({held.promise, held.home, owner}); all != all_ended_.end())
    later(all->second, all->second);
  const auto named = ended_.find({held.promise, held.home, std::string(held.witness)});
  if (named != ended_.end()) later(named->second.at, named->second.from);
  return last;
}

bool PromiseBook::tell(const PromiseStep& makes, const PageSeen& seen, const Glance& glance) {
  const Promise& promise = world_.promises[static_cast<std::size_t>(makes.promise)];
  const std::int64_t idem = idem_of(seen.intent, seen.visit);
  const std::string owner = state_.owner_of(makes.promise, seen.intent);
  const std::string witness = promise.keyed_by_idem
                                  ? std::to_string(idem)
                                  : owner + "/" + to_text(slot_of(seen, promise.key));
  const HeldId id = state_.promises.get(makes.promise, seen.home, witness, owner);
  Held& held = state_.promises[id];
  const bool again = held.told() && held.ended_at == kNever;
  if (!again) held.told_at = seen.replied;
  held.idem = idem;
  held.indeterminate = false;
  held.token = state_.promises.keep(to_text(slot_of(seen, promise.token)));
  const ShownPromise shown = shown_on(world_, promise, seen);
  held.fixed = state_.promises.keep(shown.fixed);
  const auto made = made_at_.find(idem);
  if (!promise.keyed_by_idem) held.made_at = made == made_at_.end() ? seen.intended : made->second;
  if (!promise.keyed_by_idem) reopen(id);
  if (made != made_at_.end()) made_at_.erase(made);
  state_.record.holds[seen.intent] |= static_cast<std::uint8_t>(1u << makes.promise);
  state_.exposure.told(makes.promise);
  const bool has_goods = world_.stock && world_.stock->sold_in == makes.promise;
  if (has_goods) state_.stock.told(idem, seen.replied);
  return promise.status < 0 || is_null(shown.status) || state_.shown_checks.made(id, shown, glance);
}

// It was made anew: what ended before does not end it. What ended between its commit and this reply
// does.
void PromiseBook::reopen(HeldId id) {
  Held& held = state_.promises[id];
  const Ended last = last_ended(held);
  const bool ended_since = last.at != kNever && last.at > held.made_at;
  held.ended_at = ended_since ? last.at : kNever;
  held.ending_from = ended_since ? last.from : kNever;
}

void PromiseBook::end(const PageSeen& seen) {
  const auto it = pending_ends_.find(idem_of(seen.intent, seen.visit));
  if (it == pending_ends_.end()) return;
  for (const PendingEnd& pending : it->second) end_some(pending, seen);
  pending_ends_.erase(it);
}

void PromiseBook::end_some(const PendingEnd& pending, const PageSeen& seen) {
  state_.shown_checks.ending(pending.promise, seen.home, pending.owner,
                             idem_of(seen.intent, seen.visit), false);
  const Promise& promise = world_.promises[static_cast<std::size_t>(pending.promise)];
  const EndScope scope = scope_of(world_, promise, pending.call);
  std::set<std::string> ended;
  if (scope.one && !is_null(slot_of(seen, promise.key)))
    ended.insert(pending.owner + "/" + to_text(slot_of(seen, promise.key)));
  for (const SlotId list : scope.lists)
    if (const auto rows = read_list(world_, pending.promise, pending.owner, slot_of(seen, list)))
      for (const ShownPromise& row : *rows) ended.insert(row.witness);
  for (const std::string& witness : ended)
    ended_[{pending.promise, seen.home, witness}] = {pending.at, seen.intended};
  for (const HeldId id : state_.promises.of(pending.promise, seen.home, pending.owner)) {
    Held& held = state_.promises[id];
    // Without a key on the page it may have been any of hers.
    if (ended.empty()) held.indeterminate = true;
    if (held.ended_at != kNever || !ended.count(std::string(held.witness))) continue;
    held.ended_at = pending.at;
    held.ending_from = seen.intended;
  }
}

// Calls that ended something after their page was given up: nobody knows what.
void PromiseBook::end_unknown() {
  for (const auto& [idem, pending_ends] : pending_ends_)
    for (const PendingEnd& pending : pending_ends)
      for (const HeldId id : state_.promises.of(pending.promise, pending.home, pending.owner))
        state_.promises[id].indeterminate = true;
  pending_ends_.clear();
}

}  // namespace pindah
