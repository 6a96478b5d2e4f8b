#include "oracle/culprit.h"

#include <algorithm>

#include "platform/buckets.h"

namespace pindah {
namespace {

std::string rank_text(const Promise& promise, int rank) {
  return rank < 0 ? std::string("unknown") : promise.ranks[static_cast<std::size_t>(rank)];
}

RowContent content_of(const SeenRow& row) { return {row.present, row.rank, row.fixed, row.root}; }

RowContent content_of(const FinalRow* row) {
  RowContent content;
  if (!row) return content;
  content.present = true;
  content.rank = row->rank;
  for (const std::string_view text : row->fixed) content.fixed.emplace_back(text);
  content.root = row->root_value();
  return content;
}

// The first fixed column of which something else was told, or -1.
int unlike(const Held& held, const RowContent& row) {
  for (std::size_t i = 0; i < held.fixed.size() && i < row.fixed.size(); ++i)
    if (held.fixed[i] && *held.fixed[i] != row.fixed[i]) return static_cast<int>(i);
  return -1;
}

// The column of the moves and of truth that a status stands in.
const std::string& column_name(const World& world, SlotId slot) {
  static const std::string none;
  return slot < 0 ? none : world.slots[static_cast<std::size_t>(slot)];
}

Micros later(Micros a, Micros b) { return a == kNever ? b : std::max(a, b); }

}  // namespace

Culprits::Culprits(const World& world, const Scenario& scenario, const Ending& ending,
                   const EndState& end_state, const std::vector<PlanEvent>& events)
    : world_(world),
      scenario_(scenario),
      places_(scenario),
      ending_(ending),
      end_state_(end_state),
      events_(events) {
  if (!ending.custody) return;
  for (const auto& [root, history] : ending.custody->histories())
    for (const Handover& write : history) {
      if (write.writer.kind != WriterKind::call) continue;
      auto& roots = by_idem_[write.writer.idem];
      if (roots.empty() || roots.back() != root) roots.push_back(root);
    }
}

bool Culprits::names(const PlanEvent& event, ServiceId service) const {
  if (event.service == service) return true;
  const int place = places_.of(event.step);
  if (place < 0) return false;
  const auto& services = scenario_.plan[static_cast<std::size_t>(place)].services;
  return std::find(services.begin(), services.end(), service) != services.end();
}

std::optional<Micros> Culprits::phase_before(ServiceId service, Phase phase, Micros instant) const {
  std::optional<Micros> found;
  for (const PlanEvent& event : events_)
    if (event.kind == PlanEventKind::phase && event.phase == phase && event.at <= instant &&
        names(event, service))
      found = event.at;
  return found;
}

StepId Culprits::led_by(ServiceId service, Micros instant) const {
  StepId found{};
  for (const PlanEvent& event : events_) {
    if (event.at > instant || !event.step_kind || !names(event, service)) continue;
    const bool leads = event.kind == PlanEventKind::started && event.step_kind == StepKind::route;
    const bool switches = event.kind == PlanEventKind::phase && event.phase == Phase::switch_over;
    if (leads || switches) found = event.step;
  }
  return found;
}

bool Culprits::wrote_twice(ServiceId service, Micros at) const {
  bool on = false;
  for (const PlanEvent& event : events_)
    if (event.at <= at && event.step_kind == StepKind::dual_write && names(event, service))
      on = event.kind == PlanEventKind::started || (on && event.kind != PlanEventKind::finished);
  return on;
}

Side Culprits::owner_at_end(ServiceId service, const Held& held) const {
  const Promise& promise = world_.promises[static_cast<std::size_t>(held.promise)];
  Slots slots(world_.slots.size());
  if (promise.belongs_to >= 0 && !held.owner.empty())
    slots[static_cast<std::size_t>(promise.belongs_to)] = std::string(held.owner);
  Buckets buckets = kNoBuckets;
  note_buckets(world_, Draws(scenario_.seed), slots, buckets);
  return ending_.owner(service, held.home, buckets);
}

// There is such a root on the move's origin.
bool Culprits::holds(const RootKey& root) const {
  const Move& move = world_.moves[static_cast<std::size_t>(root.move)];
  const Database* db = ending_.databases[index(move.from)];
  if (!db) return true;
  Statement look(
      *db, "SELECT 1 FROM \"" + move.root_table + "\" WHERE \"" + move.root_column + "\" = ?1");
  look.bind(1, root.key);
  return look.step();
}

void Culprits::add_roots(std::vector<RootKey>& roots, ServiceId service, Side from,
                         const Value& key) const {
  if (is_null(key) || !ending_.custody) return;
  for (std::size_t m = 0; m < world_.moves.size(); ++m) {
    const Move& move = world_.moves[m];
    const auto number = static_cast<int>(m);
    if (move.service != service || move.from != from) continue;
    const RootKey root{number, key};
    if (!ending_.custody->history(root) && !holds(root)) continue;
    if (std::find(roots.begin(), roots.end(), root) == roots.end()) roots.push_back(root);
  }
}

std::vector<RootKey> Culprits::roots_of(const Held& held, ServiceId service,
                                        const PerSide<Value>& keys) const {
  const Promise& promise = world_.promises[static_cast<std::size_t>(held.promise)];
  std::vector<RootKey> roots;
  for (const Side side : {Side::source, Side::target})
    add_roots(roots, service, side, keys[index(side)]);
  if (!roots.empty() || !promise.keyed_by_idem) return roots;
  return written_by(held.idem, service);
}

// Of a page whose facts are nowhere: whatever its calls wrote.
std::vector<RootKey> Culprits::written_by(std::int64_t idem, ServiceId service) const {
  std::vector<RootKey> roots;
  const auto written = by_idem_.find(idem);
  if (written == by_idem_.end()) return roots;
  for (const RootKey& root : written->second)
    if (world_.moves[static_cast<std::size_t>(root.move)].service == service &&
        std::find(roots.begin(), roots.end(), root) == roots.end())
      roots.push_back(root);
  return roots;
}

Blame Culprits::elsewhere(ServiceId service, const Found& found) const {
  Blame blame;
  blame.culprit.link = BrokenLink::elsewhere;
  blame.culprit.service = service;
  blame.culprit.side = found.side;
  blame.culprit.step = led_by(service, found.looked);
  blame.how.owner = other(found.side.value_or(Side::source));
  blame.how.looked = found.looked;
  return blame;
}

// The rows were right, and the answer was not.
Blame Culprits::answered(ServiceId service, const Found& found) const {
  Blame blame;
  if (found.call < 0) return blame;
  blame.culprit.link = BrokenLink::answered_wrongly;
  blame.culprit.service = service;
  blame.culprit.call = found.call;
  blame.culprit.side = found.side;
  blame.how.looked = found.looked;
  return blame;
}

Blame Culprits::of_promise(const Held& held, const Found& found) const {
  Blame blame = found.looked == kNever ? standing(held, found) : sighting(held, found);
  if (found.looked == kNever) blame.how.broke = later(blame.how.broke, found.what.at);
  return blame;
}

Wrong Culprits::wrong_of(const Found& found) const {
  return world_.anomalies[static_cast<std::size_t>(found.what.anomaly)].kind->wrong;
}

// What she saw of a row that is there, and should have seen. Nothing differs: no column.
void Culprits::compare_shown(Question& asked, const Held& held, const Found& found,
                             const RowContent& here, const RowContent& there) const {
  const Promise& promise = world_.promises[static_cast<std::size_t>(held.promise)];
  const Wrong wrong = wrong_of(found);
  const SeenRow& seen = found.rows[index(asked.side)];
  const int owed = held.rank_at(found.intended);
  if (wrong == Wrong::owner && seen.looked && seen.owner != held.owner) {
    asked.column = column_name(world_, promise.belongs_to);
    asked.told = held.owner;
    asked.is = seen.owner;
  } else if (const int fixed = unlike(held, here); fixed >= 0) {
    note_fixed(asked, held, static_cast<std::size_t>(fixed), here, there);
  } else if (promise.status >= 0 && here.rank < owed) {
    asked.column = column_name(world_, promise.status);
    asked.told = rank_text(promise, owed);
    asked.is = rank_text(promise, here.rank);
    asked.told_elsewhere = there.present && there.rank >= owed;
  }
}

void Culprits::note_fixed(Question& asked, const Held& held, std::size_t fixed,
                          const RowContent& here, const RowContent& there) const {
  const Promise& promise = world_.promises[static_cast<std::size_t>(held.promise)];
  asked.column = column_name(world_, promise.fixed[fixed]);
  asked.told = *held.fixed[fixed];
  asked.is = here.fixed[fixed];
  asked.told_elsewhere = there.present && there.fixed[fixed] == asked.told;
}

Blame Culprits::sighting(const Held& held, const Found& found) const {
  const ServiceId service = world_.promises[static_cast<std::size_t>(held.promise)].service;
  if (found.strayed) return elsewhere(service, found);
  if (!ending_.custody) return {};
  PerSide<RowContent> rows;
  for (const Side side : {Side::source, Side::target})
    rows[index(side)] = found.rows[index(side)].looked
                            ? content_of(found.rows[index(side)])
                            : content_of(end_state_.row(held.promise, side, held.witness));
  Question asked;
  asked.service = service;
  asked.side = found.side.value_or(owner_at_end(service, held));
  asked.until = found.looked;
  asked.present = {rows[0].present, rows[1].present};
  const auto roots = roots_of(held, service, {rows[0].root, rows[1].root});
  const Story story(*ending_.custody, roots);
  // Of an instant at which nobody looked, the end knows nothing that the rows' history does not.
  const bool came_later = !found.rows[index(asked.side)].looked && !story.empty() &&
                          !story.last_on(asked.side, found.looked) &&
                          story.last_on(asked.side, ending_.ended);
  if (came_later || !rows[index(asked.side)].present) return gone(story, roots, asked);
  compare_shown(asked, held, found, rows[index(asked.side)], rows[index(other(asked.side))]);
  if (!asked.column.empty()) return changed(story, asked);
  const Deed* last = story.last_on(asked.side, found.looked);
  if (!last || !last->arrived() || last->write.at <= found.intended)
    return answered(service, found);
  Blame late = by_call(BrokenLink::not_yet_applied, *last, asked);
  late.how.arrived = last->write.at;
  return late;
}

void Culprits::compare_standing(Question& asked, const Held& held, const Found& found,
                                const FinalRow& row, const RowContent& there) const {
  const Promise& promise = world_.promises[static_cast<std::size_t>(held.promise)];
  const RowContent here = content_of(&row);
  const Wrong wrong = wrong_of(found);
  const int fixed = unlike(held, here);
  if (wrong == Wrong::number) {
    asked.is = std::to_string(row.count) + " times";
    asked.told = "once";
  } else if (fixed >= 0 && wrong == Wrong::content) {
    note_fixed(asked, held, static_cast<std::size_t>(fixed), here, there);
  } else {
    asked.column = column_name(world_, promise.status);
    if (here.rank < held.rank_shown) asked.told = rank_text(promise, held.rank_shown);
    asked.is = rank_text(promise, here.rank);
    asked.told_elsewhere = there.present && there.rank >= held.rank_shown;
  }
}

Blame Culprits::standing(const Held& held, const Found& found) const {
  if (!ending_.custody) return {};
  const ServiceId service = world_.promises[static_cast<std::size_t>(held.promise)].service;
  const Side owner = owner_at_end(service, held);
  const FinalRow* row = end_state_.row(held.promise, owner, held.witness);
  const RowContent here = content_of(row);
  const RowContent there = content_of(end_state_.row(held.promise, other(owner), held.witness));
  Question asked;
  asked.service = service;
  asked.side = owner;
  asked.until = ending_.ended;
  asked.present[index(owner)] = here.present;
  asked.present[index(other(owner))] = there.present;
  PerSide<Value> keys;
  keys[index(owner)] = here.root;
  keys[index(other(owner))] = there.root;
  const auto roots = roots_of(held, service, keys);
  const Story story(*ending_.custody, roots);
  if (row) {
    compare_standing(asked, held, found, *row, there);
    return changed(story, asked);
  }
  Blame blame = gone(story, roots, asked);
  if (blame.culprit.link == BrokenLink::nowhere && held.made_on) {
    blame.how.written_on = held.made_on;
    blame.how.written = held.made_at;
  }
  return blame;
}

// An entry was captured, and whoever was called back did not own it.
Blame Culprits::called_back(const LedgerEntry& entry, ServiceId service, Side owner) const {
  Blame blame;
  blame.culprit.link = BrokenLink::called_back_wrongly;
  blame.culprit.service = service;
  blame.culprit.side = entry.address;
  blame.how.broke = blame.how.written = entry.captured;
  blame.how.owner = owner;
  return blame;
}

// What is booked otherwise than the ledger has it; false: nothing.
bool Culprits::compare_booked(Question& asked, const LedgerEntry& entry,
                              const FinalMoney* mine) const {
  const Ledger& ledger = world_.ledgers[static_cast<std::size_t>(entry.ledger)];
  if (!mine) {
    asked.column = column_name(world_, ledger.ref);
    asked.told = entry.ref;
    asked.is = end_state_.payments(entry.ledger, asked.side, entry.witness)->front().ref;
  } else if (mine->amount != entry.amount) {
    asked.column = column_name(world_, ledger.amount);
    asked.told = std::to_string(entry.amount);
    asked.is = std::to_string(mine->amount);
  } else if (mine->state != ledger_state_text(entry.state)) {
    asked.column = column_name(world_, ledger.state);
    asked.told = ledger_state_text(entry.state);
    asked.is = mine->state;
  } else {
    return false;
  }
  return true;
}

Blame Culprits::of_entry(const LedgerEntry& entry, const Found& found) const {
  const ServiceId service = world_.ledgers[static_cast<std::size_t>(entry.ledger)].service;
  const bool twice = wrong_of(found) == Wrong::number;
  const Side owner = twice ? entry.address : ending_.owner(service, entry.home, entry.buckets);
  if (!entry.told && entry.captured != kNever && entry.address != owner)
    return called_back(entry, service, owner);
  if (!ending_.custody) return {};
  Question asked;
  asked.service = service;
  asked.side = owner;
  asked.until = twice ? entry.entered : ending_.ended;
  std::vector<RootKey> roots;
  const FinalMoney* mine = nullptr;
  for (const Side side : {Side::source, Side::target}) {
    const auto* booked = end_state_.payments(entry.ledger, side, entry.witness);
    if (!booked) continue;
    for (const FinalMoney& money : *booked) {
      add_roots(roots, service, side, money.root);
      asked.present[index(side)] = true;
      if (money.ref != entry.ref) continue;
      if (side == owner) mine = &money;
      asked.told_elsewhere |= side != owner && money.amount == entry.amount &&
                              money.state == ledger_state_text(entry.state);
    }
  }
  if (roots.empty()) roots = written_by(entry.witness, service);
  const Story story(*ending_.custody, roots);
  if (twice || !asked.present[index(owner)]) return gone(story, roots, asked);
  return compare_booked(asked, entry, mine) ? changed(story, asked) : Blame{};
}

Blame Culprits::of_unowned(ServiceId service, Side side, Micros at) const {
  Blame blame;
  blame.culprit.service = service;
  blame.culprit.side = side;
  blame.how.written_on = side;
  blame.how.written = at;
  const auto moved = phase_before(service, Phase::switch_over, at);
  blame.culprit.link = moved ? BrokenLink::written_after_switch : BrokenLink::written_wrongly;
  if (moved) blame.how.after_switch = at - *moved;
  return blame;
}

namespace {

// The promise that money was taken for, or not.
const Held* promise_of(const World& world, const std::deque<Held>& promised, const Found& found) {
  const auto& promises = world.anomalies[static_cast<std::size_t>(found.what.anomaly)].promises;
  if (promises.empty()) return nullptr;
  for (const Held& held : promised)
    if (held.promise == promises.front() && held.idem == found.what.witness) return &held;
  return nullptr;
}

}  // namespace

void name_culprits(const Culprits& culprits, const StockOracle& goods, const World& world,
                   const Ending& ending, const std::deque<Held>& promised,
                   std::vector<Found>& cases) {
  for (Found& found : cases) {
    if (found.what.anomaly < 0) continue;
    Blame blame;
    if (!found.item.empty()) continue;  // below, from what is known of the sales by then
    if (found.entry >= 0) {
      blame = culprits.of_entry((*ending.entries)[static_cast<std::size_t>(found.entry)], found);
      const Held* held = blame.culprit.known() ? nullptr : promise_of(world, promised, found);
      if (held) blame = culprits.of_promise(*held, found);
    } else if (found.held >= 0) {
      blame = culprits.of_promise(promised[static_cast<std::size_t>(found.held)], found);
    } else if (found.service >= 0) {
      blame = culprits.of_unowned(found.service, found.written_on, found.what.at);
    } else if (const Held* held = promise_of(world, promised, found)) {
      blame = culprits.of_promise(*held, found);
    }
    found.what.culprit = std::move(blame.culprit);
    found.what.how = std::move(blame.how);
  }
  const Blame of_goods = culprits.of_goods(goods, cases);
  for (Found& found : cases) {
    if (found.item.empty()) continue;
    found.what.culprit = of_goods.culprit;
    found.what.how = of_goods.how;
  }
}

}  // namespace pindah
