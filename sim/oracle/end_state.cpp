#include "oracle/end_state.h"

#include <algorithm>
#include <set>

namespace pindah {
namespace {

// A query's rows, by column name.
class Query {
 public:
  Query(const Database& db, const SqlText& text, const World& world, const Constants& constants)
      : bound_(prepare(db, text, world, constants)) {
    for (int i = 0; i < bound_.statement.columns(); ++i)
      names_.emplace_back(sqlite3_column_name(bound_.statement.handle(), i));
  }
  bool next() { return bound_.statement.step(); }
  // -1: there is none of that name.
  int column(std::string_view name) const {
    const auto it = std::find(names_.begin(), names_.end(), name);
    return it == names_.end() ? -1 : static_cast<int>(it - names_.begin());
  }
  Value get(int column) const { return column < 0 ? Value{} : bound_.statement.column(column); }

 private:
  BoundStatement bound_;
  std::vector<std::string> names_;
};

const std::string& slot_name(const World& world, SlotId slot) {
  return world.slots[static_cast<std::size_t>(slot)];
}

int rank_in(const Promise& promise, const std::string& status) {
  const auto at = std::find(promise.ranks.begin(), promise.ranks.end(), status);
  return at == promise.ranks.end() ? -1 : static_cast<int>(at - promise.ranks.begin());
}

std::set<std::int64_t> witnesses_of(LedgerId ledger, const std::vector<LedgerEntry>& entries) {
  std::set<std::int64_t> all;
  for (const LedgerEntry& entry : entries)
    if (entry.ledger == ledger) all.insert(entry.witness);
  return all;
}

// Of populate's charges, those that no entry speaks of stay out: they are many.
EndState::Money read_money(Query query, const std::set<std::int64_t>& spoken_of) {
  const int witness = query.column("witness"), ref = query.column("ref"),
            amount = query.column("amount"), state = query.column("state"), by = query.column("by"),
            root = query.column("root");
  EndState::Money all;
  while (query.next()) {
    const std::int64_t key = integer_or(query.get(witness), 0);
    if (key <= 0 && !spoken_of.count(key)) continue;
    all[key].push_back({to_text(query.get(ref)), integer_or(query.get(amount), 0),
                        to_text(query.get(state)), to_text(query.get(by)), query.get(root)});
  }
  return all;
}

std::map<std::string, std::int64_t> read_units(Query query, std::string_view name) {
  const int item = query.column("item"), units = query.column(name);
  std::map<std::string, std::int64_t> all;
  while (query.next()) all[to_text(query.get(item))] += integer_or(query.get(units), 0);
  return all;
}

std::int64_t units_of(const std::map<std::string, std::int64_t>& units, const std::string& item) {
  const auto it = units.find(item);
  return it == units.end() ? 0 : it->second;
}

}  // namespace

Value FinalRow::root_value() const {
  if (const auto* text = std::get_if<std::string_view>(&root)) return std::string(*text);
  if (const auto* number = std::get_if<std::int64_t>(&root)) return *number;
  return {};
}

EndState::EndState(const World& world, const Constants& constants,
                   const PerSide<Database*>& databases, const std::vector<LedgerEntry>& entries)
    : rows_(world.promises.size()), money_(world.ledgers.size()) {
  for (const Side side : {Side::source, Side::target}) {
    const std::size_t s = index(side);
    const auto query = [&](const SqlText& text) {
      return Query(*databases[s], text, world, constants);
    };
    for (std::size_t p = 0; p < world.promises.size(); ++p)
      read_rows(world, static_cast<PromiseId>(p), side, constants, *databases[s]);
    for (std::size_t l = 0; l < world.ledgers.size(); ++l)
      if (world.ledgers[l].truth)
        money_[l][s] = read_money(query((*world.ledgers[l].truth)[s]),
                                  witnesses_of(static_cast<LedgerId>(l), entries));
    if (!world.stock) continue;
    available_[s] = read_units(query(world.stock->stock[s]), "available");
    units_[s] = read_units(query(world.stock->units[s]), "units");
  }
}

void EndState::read_rows(const World& world, PromiseId number, Side side,
                         const Constants& constants, const Database& db) {
  const Promise& promise = world.promises[static_cast<std::size_t>(number)];
  Query query(db, promise.truth[index(side)], world, constants);
  const int witness = query.column("witness"), root = query.column("root"),
            units = query.column("qty");
  const int status = promise.status < 0 ? -1 : query.column(slot_name(world, promise.status));
  std::vector<int> fixed;
  for (const SlotId slot : promise.fixed) fixed.push_back(query.column(slot_name(world, slot)));
  Rows& all = rows_[static_cast<std::size_t>(number)][index(side)];
  while (query.next()) {
    const std::string key = to_text(query.get(witness));
    auto known = all.find(key);
    if (known == all.end()) known = all.try_emplace(texts_.keep(key)).first;
    FinalRow& row = known->second;
    ++row.count;
    row.units = integer_or(query.get(units), -1);
    if (promise.status >= 0) row.rank = rank_in(promise, to_text(query.get(status)));
    const auto texts = texts_.row<std::string_view>(fixed.size());
    for (std::size_t i = 0; i < fixed.size(); ++i)
      texts[i] = texts_.keep(to_text(query.get(fixed[i])));
    row.fixed = texts;
    const Value value = query.get(root);
    if (const auto* text = std::get_if<std::string>(&value)) row.root = texts_.keep(*text);
    if (const auto* integer = std::get_if<std::int64_t>(&value)) row.root = *integer;
  }
}

const FinalRow* EndState::row(PromiseId promise, Side side, std::string_view witness) const {
  const Rows& all = rows_[static_cast<std::size_t>(promise)][index(side)];
  const auto it = all.find(witness);
  return it == all.end() ? nullptr : &it->second;
}

const std::vector<FinalMoney>* EndState::payments(LedgerId ledger, Side side,
                                                  std::int64_t witness) const {
  const Money& all = money(ledger, side);
  const auto it = all.find(witness);
  return it == all.end() ? nullptr : &it->second;
}

const EndState::Money& EndState::money(LedgerId ledger, Side side) const {
  return money_[static_cast<std::size_t>(ledger)][index(side)];
}

std::int64_t EndState::available(Side side, const std::string& item) const {
  return units_of(available_[index(side)], item);
}

std::int64_t EndState::units(Side side, const std::string& item) const {
  return units_of(units_[index(side)], item);
}

}  // namespace pindah
