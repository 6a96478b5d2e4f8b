#include "oracle/shown_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "oracle/live_truth.h"

namespace pindah {
namespace {

using Json = nlohmann::json;

Value value_of(const Json& json) {
  if (json.is_number_integer()) return json.get<std::int64_t>();
  if (json.is_string()) return json.get<std::string>();
  if (json.is_null()) return {};
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// Takes a member out of a row.
std::optional<Value> take(Json& row, const World& world, SlotId slot) {
  if (slot < 0) return {};
  const auto it = row.find(world.slots[static_cast<std::size_t>(slot)]);
  if (it == row.end()) return {};
  Value value = value_of(*it);
  row.erase(it);
  return value;
}

ShownPromise read_row(const World& world, const Promise& promise, const std::string& owner,
                      Json row) {
  ShownPromise shown;
  const auto key = take(row, world, promise.keyed_by_idem ? world.slot_idem : promise.key);
  const std::string text = key ? to_text(*key) : std::string();
  shown.witness = promise.keyed_by_idem ? text : owner + "/" + text;
  shown.status = take(row, world, promise.status).value_or(Value{});
  for (const SlotId token : world.tokens) take(row, world, token);
  for (const SlotId slot : promise.fixed) {
    const auto it = row.find(world.slots[static_cast<std::size_t>(slot)]);
    if (it == row.end())
      shown.fixed.emplace_back();
    else
      shown.fixed.emplace_back(to_text(value_of(*it)));
  }
  if (const auto qty = row.find("qty"); qty != row.end() && qty->is_number_integer())
    shown.units = qty->get<std::int64_t>();
  shown.rest = row.dump(-1, ' ', false, Json::error_handler_t::replace);
  return shown;
}

}  // namespace

std::optional<std::vector<ShownPromise>> read_list(const World& world, PromiseId promise,
                                                   const std::string& owner, const Value& json) {
  const auto* text = std::get_if<std::string>(&json);
  if (!text) return {};
  const Json parsed = Json::parse(*text, nullptr, false);
  if (!parsed.is_array()) return {};
  std::vector<ShownPromise> rows;
  for (const Json& row : parsed) {
    if (!row.is_object()) return {};
    rows.push_back(read_row(world, world.promises[static_cast<std::size_t>(promise)], owner, row));
  }
  return rows;
}

std::string ShownChecks::name_of(HeldId id) const {
  const Held& held = known()[id];
  return fmt::format("{} {}", world_.promises[static_cast<std::size_t>(held.promise)].name,
                     held.witness);
}

bool ShownChecks::untrue(std::string why) {
  if (why_untrue_.empty()) why_untrue_ = std::move(why);
  return false;
}

void ShownChecks::add(AnomalyKind kind, HeldId id, const Glance& glance, std::string detail) {
  untrue(name_of(id) + ": " + detail);
  Found found;
  const Held& held = known()[id];
  found.what.intent = glance.intent;
  found.what.witness = held.idem;
  found.what.thing = held.witness;
  found.what.at = glance.replied;
  found.what.detail = name_of(id) + ": " + detail;
  found.held = id;
  found.looked = glance.replied;
  cases_.add({kind, held.promise, -1, false, false}, std::move(found));
}

void ShownChecks::ending(PromiseId promise, Side home, const std::string& owner, std::int64_t idem,
                         bool on) {
  auto& keys = ending_[{promise, home, owner}];
  if (on)
    keys.insert(idem);
  else
    keys.erase(idem);
}

bool ShownChecks::is_ending(PromiseId promise, Side home, const std::string& owner) const {
  const auto it = ending_.find({promise, home, owner});
  return it != ending_.end() && !it->second.empty();
}

void ShownChecks::making(PromiseId promise, Side home, const std::string& owner, Micros at) {
  last_made_[{promise, home, owner}] = at;
}

// Ended, and nothing was made since the page that ended it was asked for that could be it.
bool ShownChecks::came_back(const Held& held, const Glance& glance) const {
  if (held.ended_at == kNever || held.ended_at > glance.intended) return false;
  const auto it = last_made_.find({held.promise, held.home, std::string(held.owner)});
  return it == last_made_.end() || it->second < held.ending_from;
}

void ShownChecks::missing(HeldId id, const Glance& glance) {
  Held& held = promises_[id];
  held.look = {glance.intended, false, -1, glance.side, glance.intent, glance.page, glance.replied};
  add(AnomalyKind::stale, id, glance, "was told, is not shown");
}

bool ShownChecks::status_true(Held& held, int rank, const Glance& glance) {
  const Promise& promise = world_.promises[static_cast<std::size_t>(held.promise)];
  if (promise.status < 0) return true;
  if (rank < 0) return false;
  if (rank < held.rank_at(glance.intended) || rank > held.rank_at(glance.replied)) return false;
  return !paid_and_shown_unpaid(held, rank, glance);
}

// The rows behind the page say so as well: they have not heard of the money that was taken for it.
bool ShownChecks::paid_and_shown_unpaid(const Held& held, int rank, const Glance& glance) const {
  const Promise& promise = world_.promises[static_cast<std::size_t>(held.promise)];
  const bool unpaid = promise.paid_from >= 0 && rank < promise.paid_from && rank != promise.voided;
  return unpaid && captures_.known_paid(held.idem, glance.intended);
}

bool ShownChecks::fixed_true(HeldId id, const ShownPromise& shown, const Glance& glance) {
  const Held& held = known()[id];
  const Promise& promise = world_.promises[static_cast<std::size_t>(held.promise)];
  for (std::size_t i = 0; i < held.fixed.size() && i < shown.fixed.size(); ++i) {
    if (!held.fixed[i] || !shown.fixed[i] || *held.fixed[i] == *shown.fixed[i]) continue;
    add(AnomalyKind::stale, id, glance,
        fmt::format("told {} {}, shown {}",
                    world_.slots[static_cast<std::size_t>(promise.fixed[i])], *held.fixed[i],
                    *shown.fixed[i]));
    return false;
  }
  return true;
}

// Between two looks nobody wrote hers, and there are other than so many.
bool ShownChecks::units_true(HeldId id, const ShownPromise& shown, const Glance& glance) {
  Held& held = promises_[id];
  const Promise& promise = world_.promises[static_cast<std::size_t>(held.promise)];
  if (promise.keyed_by_idem) return true;
  const std::int64_t before = std::exchange(held.units, shown.units);
  const bool alike = before < 0 || shown.units < 0 || before == shown.units;
  const bool written = held.look.at == kNever || held.touched_at >= held.look.at;
  if (alike || written || is_ending(held.promise, held.home, std::string(held.owner))) return true;
  add(AnomalyKind::stale, id, glance, fmt::format("were {}, are shown {}", before, shown.units));
  return false;
}

bool ShownChecks::shown(HeldId id, const ShownPromise& shown, const Glance& glance) {
  Held& held = promises_[id];
  const Promise& promise = world_.promises[static_cast<std::size_t>(held.promise)];
  const int rank = rank_of(promise, shown.status);
  const bool units = units_true(id, shown, glance);
  held.look = {glance.intended, true,        rank,          glance.side,
               glance.intent,   glance.page, glance.replied};
  const bool fixed = fixed_true(id, shown, glance);
  const bool is_true = status_true(held, rank, glance);
  if (rank >= 0 && rank < held.rank_shown && held.rank_shown_at <= glance.intended)
    add(AnomalyKind::regressed, id, glance,
        fmt::format("was shown {}, is shown {}",
                    promise.ranks[static_cast<std::size_t>(held.rank_shown)],
                    promise.ranks[static_cast<std::size_t>(rank)]));
  else if (rank >= 0 && !is_true && rank < held.rank_at(glance.intended))
    add(AnomalyKind::stale, id, glance,
        fmt::format("is {}, is shown {}",
                    promise.ranks[static_cast<std::size_t>(held.rank_at(glance.intended))],
                    promise.ranks[static_cast<std::size_t>(rank)]));
  else if (rank >= 0 && !is_true && paid_and_shown_unpaid(held, rank, glance))
    add(AnomalyKind::stale, id, glance,
        fmt::format("was paid for, is shown {}", promise.ranks[static_cast<std::size_t>(rank)]));
  else if (!is_true)
    add(AnomalyKind::untrue, id, glance, "its status is not so: " + to_text(shown.status));
  if (rank > held.rank_shown) {
    held.rank_shown = rank;
    held.rank_shown_at = glance.replied;
  }
  return fixed && is_true && units;
}

bool ShownChecks::row(PromiseId promise, const std::string& owner, const ShownPromise& row,
                      const Glance& glance) {
  const bool by_idem = world_.promises[static_cast<std::size_t>(promise)].keyed_by_idem;
  HeldId id = promises_.find(promise, glance.home, row.witness);
  const HeldId abroad =
      id >= 0 || !by_idem ? -1 : promises_.find(promise, other(glance.home), row.witness);
  if (abroad >= 0) id = abroad;
  // A keyed row whose page never answered; a loan out of nowhere.
  if (id < 0) return !by_idem || untrue("nobody knows of " + row.witness + ", which is shown");
  if (abroad >= 0 || (!owner.empty() && known()[id].owner != owner)) {
    add(AnomalyKind::shown_to_another, id, glance,
        fmt::format("belongs to {} of {}, is shown to {}", known()[id].owner,
                    world_.platforms[index(known()[id].home)].name,
                    owner.empty() ? "somebody else" : owner));
    return false;
  }
  if (!by_idem && came_back(known()[id], glance))
    return untrue(name_of(id) + ": was ended, is shown");
  return shown(id, row, glance);
}

bool ShownChecks::list(PromiseId promise, const std::string& owner,
                       const std::vector<ShownPromise>& rows, const Glance& glance) {
  bool is_true = true;
  std::set<HeldId> present;
  for (const ShownPromise& r : rows) {
    is_true = row(promise, owner, r, glance) && is_true;
    present.insert(promises_.find(promise, glance.home, r.witness));
  }
  if (owner.empty() || is_ending(promise, glance.home, owner)) return is_true;
  for (const HeldId id : promises_.of(promise, glance.home, owner)) {
    const Held& held = known()[id];
    const bool owed = held.told() && held.told_at <= glance.intended && held.ended_at == kNever &&
                      !held.indeterminate;
    if (!owed || present.count(id)) continue;
    missing(id, glance);
    is_true = false;
  }
  return is_true;
}

bool ShownChecks::opened(PromiseId promise, const std::string& owner, const std::string& token,
                         const std::optional<ShownPromise>& shown_promise, const Glance& glance) {
  HeldId meant = -1;
  for (const HeldId id : promises_.of(promise, glance.home, owner))
    if (known()[id].told() && known()[id].token == token) meant = id;
  if (!shown_promise) {
    if (meant < 0 || known()[meant].told_at > glance.intended) return true;
    missing(meant, glance);
    return false;
  }
  const HeldId id = promises_.find(promise, glance.home, shown_promise->witness);
  if (meant >= 0 && id >= 0 && id != meant) {
    if (known()[id].owner == owner) missing(meant, glance);
  }
  const bool row_true = row(promise, owner, *shown_promise, glance);
  if (row_true && meant >= 0 && id != meant) untrue(name_of(meant) + ": asked for, not shown");
  return row_true && (meant < 0 || id == meant);
}

bool ShownChecks::made(HeldId id, const ShownPromise& shown_promise, const Glance& glance) {
  return shown(id, shown_promise, glance);
}

}  // namespace pindah
