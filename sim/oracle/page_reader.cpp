#include "oracle/page_reader.h"

#include <algorithm>
#include <charconv>
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

// What tells one promise from the others of its kind.
std::int64_t witness_of(const Promise& promise, const ShownPromise& row) {
  if (!promise.keyed_by_idem) return static_cast<std::int64_t>(hash64(row.witness));
  std::int64_t idem = 0;
  std::from_chars(row.witness.data(), row.witness.data() + row.witness.size(), idem);
  return idem;
}

bool ran(const PageSeen& seen, int step) {
  return step >= 0 && step < 64 && (seen.ran >> step & 1) != 0;
}

Glance glance_of(const PageSeen& seen) {
  Glance glance{seen.intent, seen.home, seen.page, seen.intended, seen.replied, {}};
  if (seen.asked[0] != seen.asked[1]) glance.side = seen.asked[0] ? Side::source : Side::target;
  return glance;
}

}  // namespace

PageReader::PageReader(OracleState& state, PromiseBook& book)
    : state_(state), book_(book), world_(state.world), pages_(roles_of(world_)) {
  if (world_.stock) item_slot_ = world_.slot(world_.stock->item);
}

void PageReader::read(const PageSeen& seen) {
  if (seen.failed_call >= 0) sql_error(seen);
  switch (seen.actor) {
    case Actor::callback:
      if (seen.end == PageEnd::ok || seen.end == PageEnd::refused) ++callbacks_answered_;
      [[fallthrough]];
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

void PageReader::sql_error(const PageSeen& seen) {
  constexpr std::size_t kMostKinds = 50;  // a text may name the row
  std::vector<SqlError>& errors = state_.record.sql_errors;
  const auto same = std::find_if(errors.begin(), errors.end(), [&](const SqlError& error) {
    return error.call == seen.failed_call && error.side == seen.failed_on &&
           error.says == seen.reason;
  });
  if (same != errors.end())
    ++same->count;
  else if (errors.size() < kMostKinds)
    errors.push_back({seen.failed_call, seen.failed_on, std::string(seen.reason), 1});
}

void PageReader::message(const PageSeen& seen) {
  const std::int64_t idem = integer_or(slot_of(seen, world_.slot_idem), 0);
  if (seen.end != PageEnd::ok || idem <= 0 || seen.page < 0) return;
  if (intent_of(idem) >= state_.inputs.intents.size()) return;
  state_.record.messages.push_back(
      {intent_of(idem), static_cast<std::int16_t>(seen.page), seen.replied, idem});
}

void PageReader::keep_shown(const PageSeen& seen) {
  packed_.clear();
  if (seen.end == PageEnd::ok)
    for (const SlotId id : world_.pages[static_cast<std::size_t>(seen.page)].shown)
      pack(packed_, slot_of(seen, id));
  else
    packed_ = seen.reason;
  state_.record.shown.append(packed_);
}

// What the databases held as a page that showed what is not so ended.
void PageReader::trace(std::size_t from, int step, const PageSeen& seen) {
  // Of promises whose rows are not found by a key, which takes a look at all of them.
  constexpr std::size_t kMostRead = 500;
  auto& all = state_.cases.all();
  for (std::size_t i = from; i < all.size(); ++i) {
    Found& found = all[i];
    if (found.held < 0) continue;
    const Held& held = std::as_const(state_.promises)[found.held];
    const Page& page = world_.pages[static_cast<std::size_t>(seen.page)];
    found.intended = seen.intended;
    if (step >= 0) {
      found.call = page.steps[static_cast<std::size_t>(step)].call;
      found.side = (seen.on_target >> step & 1) != 0 ? Side::target : Side::source;
      found.strayed = (seen.strayed >> step & 1) != 0;
    }
    const bool keyed = world_.promises[static_cast<std::size_t>(held.promise)].keyed_by_idem;
    if (!state_.truth || (!keyed && i >= kMostRead)) continue;
    for (const Side side : {Side::source, Side::target})
      found.rows[index(side)] = state_.truth->row(side, held.promise, held.witness);
  }
}

void PageReader::visit(const PageSeen& seen) {
  const std::size_t number = state_.record.visits.size();
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
  visit.sightings_from = static_cast<std::uint32_t>(state_.record.sightings.size());
  visit.step = static_cast<std::int8_t>(seen.step);
  visit.at = seen.at;
  visit.target_steps = seen.on_target;
  visit.strayed = seen.strayed;
  visit.delays = seen.delays;
  state_.record.visits.push_back(visit);
  if (keeps_pages_) keep_shown(seen);
  state_.exposure.page(seen.page);
  remember_choices(seen);
  note_goods(seen);
  if (seen.end == PageEnd::ok) answered(seen, glance_of(seen), number);
  if (seen.end == PageEnd::refused) refused(seen, number);
  if (seen.end != PageEnd::ok) state_.record.cells.add(seen.reason);
  state_.record.cells.append();
  book_.end(seen);
}

void PageReader::answered(const PageSeen& seen, const Glance& glance, std::size_t number) {
  const PageRoles& roles = pages_[static_cast<std::size_t>(seen.page)];
  for (const Role& role : roles.shown) column(role, seen, glance, number);
  for (const PromiseStep& opens : roles.opens) {
    const std::size_t before = state_.cases.all().size();
    if (ran(seen, opens.step)) open(opens, seen, glance, state_.record.visits[number]);
    trace(before, opens.step, seen);
  }
  if (seen.actor != Actor::shopper) return;
  for (const PromiseStep& makes : roles.makes) {
    const std::size_t before = state_.cases.all().size();
    if (ran(seen, makes.step) && !book_.tell(makes, seen, glance))
      untrue(state_.record.visits[number], glance, makes.promise,
             call_at(world_, seen.page, makes.step));
    trace(before, makes.step, seen);
  }
  state_.shown_checks.take_why_untrue();
}

void PageReader::column(const Role& role, const PageSeen& seen, const Glance& glance,
                        std::size_t number) {
  Visit& visit = state_.record.visits[number];
  const Value& value = slot_of(seen, role.slot);
  if (role.kind == RoleKind::stock)
    state_.record.cells.add(std::uint64_t{1} + static_cast<std::uint64_t>(band_of(value)));
  else if (role.kind != RoleKind::list)
    state_.record.cells.add(is_null(value) ? std::string() : to_text(value));
  switch (role.kind) {
    case RoleKind::plain:
      visit.plain = hash_value(value, visit.plain);
      break;
    case RoleKind::status: {
      visit.facts = hash_value(value, visit.facts);
      const std::int64_t idem = integer_or(slot_of(seen, world_.slot_idem), 0);
      const Promise& promise = world_.promises[static_cast<std::size_t>(role.promise)];
      sighted(visit, {idem, 0, static_cast<std::int8_t>(role.promise),
                      static_cast<std::int8_t>(rank_of(promise, value))});
      break;
    }
    case RoleKind::witness:
      visit.facts = hash_value(value, visit.facts);
      break;
    case RoleKind::stock: {
      const StockBand band = band_of(value);
      visit.goods = hash_value(static_cast<std::int64_t>(band), visit.goods);
      state_.stock.saw(number, seen.home, to_text(slot_of(seen, item_slot_)), band, seen.intended,
                       seen.replied);
      break;
    }
    case RoleKind::list:
      list(role, seen, glance, visit);
  }
}

void PageReader::sighted(Visit& visit, const Sighting& sighting) {
  if (visit.sightings == UINT16_MAX) return;
  state_.record.sightings.push_back(sighting);
  ++visit.sightings;
}

// Rows are facts: other sessions of the same buyer may add some at another moment in the other
// life. What stands in a row that both lives show is compared as it is.
void PageReader::list(const Role& role, const PageSeen& seen, const Glance& glance, Visit& visit) {
  const std::string owner = state_.owner_of(role.promise, seen.intent);
  const Promise& promise = world_.promises[static_cast<std::size_t>(role.promise)];
  const Value& value = slot_of(seen, role.slot);
  auto rows = read_list(world_, role.promise, owner, value);
  std::uint64_t all = 0;
  if (!rows) {
    all = hash_value(value, 1);
    visit.plain = hash_value(value, visit.plain);
    rows.emplace();
  }
  for (const ShownPromise& row : *rows) {
    visit.facts = hash_value(row.witness, hash_value(row.status, visit.facts));
    visit.facts = hash64(row.rest, visit.facts);
    sighted(visit,
            {witness_of(promise, row), hash64(row.rest), static_cast<std::int8_t>(role.promise),
             static_cast<std::int8_t>(rank_of(promise, row.status))});
    all += hash64(row.rest, hash64(row.witness, hash_value(row.status, 1)));
  }
  state_.record.cells.add(all);
  state_.exposure.viewed(role.promise);
  const std::size_t before = state_.cases.all().size();
  if (!state_.shown_checks.list(role.promise, owner, *rows, glance))
    untrue(visit, glance, role.promise, answerer(world_, seen.page, role.slot));
  trace(before, filled_by(world_, world_.pages[static_cast<std::size_t>(seen.page)], role.slot),
        seen);
}

// Few are asked for; a plan that goes wrong makes thousands.
void PageReader::untrue(Visit& visit, const Glance& glance, PromiseId promise, CallId call) {
  constexpr std::size_t kMostUntrue = 1000;
  visit.truthful = false;
  std::string why = state_.shown_checks.take_why_untrue();
  if (state_.record.untrue.size() >= kMostUntrue) return;
  state_.record.untrue.push_back({visit.intent, visit.page, glance.side.value_or(Side::source),
                                  call, glance.replied, std::move(why), promise});
}

void PageReader::open(const PromiseStep& opens, const PageSeen& seen, const Glance& glance,
                      Visit& visit) {
  const Promise& promise = world_.promises[static_cast<std::size_t>(opens.promise)];
  std::optional<ShownPromise> shown;
  if (!is_null(slot_of(seen, world_.slot_idem))) shown = shown_on(world_, promise, seen);
  state_.exposure.viewed(opens.promise);
  const std::string token = to_text(slot_of(seen, promise.token));
  if (!state_.shown_checks.opened(opens.promise, state_.owner_of(opens.promise, seen.intent), token,
                                  shown, glance))
    untrue(visit, glance, opens.promise, call_at(world_, seen.page, opens.step));
}

void PageReader::refused(const PageSeen& seen, std::size_t number) {
  Visit& visit = state_.record.visits[number];
  visit.facts = hash64(seen.reason);
  // A refusal is true only if the facts say so, and of goods alone there are facts.
  visit.truthful = false;
  if (!world_.log_in_again.empty() && seen.reason == world_.log_in_again) {
    visit.logged_out = true;
    Found found;
    found.what.intent = seen.intent;
    found.what.at = seen.replied;
    found.what.detail = "asked to log in again";
    state_.cases.add({AnomalyKind::logged_out, -1, -1, false, false}, std::move(found));
    return;
  }
  const PageRoles& roles = pages_[static_cast<std::size_t>(seen.page)];
  const int step = refusing_step(seen);
  const bool at_the_goods = step < 64 && (roles.takes >> step & 1) != 0;
  if (!at_the_goods || !ran(seen, roles.lines_step)) return;
  state_.stock.refused(number, seen.home,
                       sold_lines(slot_of(seen, world_.stock->lines), world_.stock->item),
                       seen.intended, seen.replied);
}

// The first step after the last that ran which was not left out by its condition.
int PageReader::refusing_step(const PageSeen& seen) const {
  const auto& steps = world_.pages[static_cast<std::size_t>(seen.page)].steps;
  int step = seen.ran == 0 ? 0 : 64 - __builtin_clzll(seen.ran);
  for (; static_cast<std::size_t>(step) < steps.size(); ++step) {
    const PageStep& next = steps[static_cast<std::size_t>(step)];
    if (next.if_slot < 0 || to_text(slot_of(seen, next.if_slot)) == next.if_equals) break;
  }
  return step;
}

void PageReader::note_goods(const PageSeen& seen) {
  const bool sells = pages_[static_cast<std::size_t>(seen.page)].takes != 0;
  if (!sells) return;
  state_.stock.lines(idem_of(seen.intent, seen.visit), seen.home,
                     slot_of(seen, world_.stock->lines), world_.stock->item);
}

void PageReader::remember_choices(const PageSeen& seen) {
  for (std::size_t c = 0; c < world_.choices.size(); ++c) {
    std::int8_t& known = state_.record.chosen[c][seen.intent];
    const auto* text = std::get_if<std::string>(&slot_of(seen, world_.choices[c].slot));
    if (known >= 0 || !text) continue;
    const auto& options = world_.choices[c].options;
    for (std::size_t o = 0; o < options.size(); ++o)
      if (options[o].first == *text) known = static_cast<std::int8_t>(o);
  }
}

}  // namespace pindah
