#include "oracle/finals.h"

#include <algorithm>

namespace pindah {
namespace {

// A query's rows, by column name.
class Rows {
 public:
  Rows(const Database& db, const SqlText& text, const World& world, const Constants& constants)
      : bound_(prepare(db, text, world, constants)) {
    for (int i = 0; i < bound_.statement.columns(); ++i)
      names_.emplace_back(sqlite3_column_name(bound_.statement.handle(), i));
  }
  bool next() { return bound_.statement.step(); }
  Value get(std::string_view name) const {
    const auto it = std::find(names_.begin(), names_.end(), name);
    if (it == names_.end()) return {};
    return bound_.statement.column(static_cast<int>(it - names_.begin()));
  }

 private:
  BoundStatement bound_;
  std::vector<std::string> names_;
};

using RowMap = std::map<std::string, FinalRow>;

RowMap read_rows(const Promise& promise, Rows rows, const World& world) {
  const auto name = [&](SlotId slot) { return world.slots[static_cast<std::size_t>(slot)]; };
  RowMap all;
  while (rows.next()) {
    FinalRow& row = all[to_text(rows.get("witness"))];
    ++row.count;
    if (promise.status >= 0) {
      const auto at = std::find(promise.ranks.begin(), promise.ranks.end(),
                                to_text(rows.get(name(promise.status))));
      row.rank = at == promise.ranks.end() ? -1 : static_cast<int>(at - promise.ranks.begin());
    }
    row.fixed.clear();
    for (const SlotId slot : promise.fixed) row.fixed.push_back(to_text(rows.get(name(slot))));
    row.root = rows.get("root");
  }
  return all;
}

std::map<std::int64_t, std::vector<FinalMoney>> read_money(Rows rows) {
  std::map<std::int64_t, std::vector<FinalMoney>> all;
  while (rows.next())
    all[integer_or(rows.get("witness"), 0)].push_back(
        {to_text(rows.get("ref")), integer_or(rows.get("amount"), 0), to_text(rows.get("state")),
         rows.get("root")});
  return all;
}

std::map<std::string, std::int64_t> read_units(Rows rows, std::string_view column) {
  std::map<std::string, std::int64_t> all;
  while (rows.next()) all[to_text(rows.get("item"))] += integer_or(rows.get(column), 0);
  return all;
}

}  // namespace

const FinalRow* Finals::row(PromiseId promise, Side side, const std::string& witness) const {
  const auto& all = rows[static_cast<std::size_t>(promise)][index(side)];
  const auto it = all.find(witness);
  return it == all.end() ? nullptr : &it->second;
}

const std::vector<FinalMoney>* Finals::payments(LedgerId ledger, Side side,
                                                std::int64_t witness) const {
  const auto& all = money[static_cast<std::size_t>(ledger)][index(side)];
  const auto it = all.find(witness);
  return it == all.end() ? nullptr : &it->second;
}

Finals read_finals(const World& world, const Constants& constants,
                   const PerSide<Database*>& databases) {
  Finals finals;
  finals.rows.resize(world.promises.size());
  finals.money.resize(world.ledgers.size());
  for (const Side side : {Side::source, Side::target}) {
    const std::size_t s = index(side);
    const auto rows = [&](const SqlText& text) {
      return Rows(*databases[s], text, world, constants);
    };
    for (std::size_t p = 0; p < world.promises.size(); ++p)
      finals.rows[p][s] = read_rows(world.promises[p], rows(world.promises[p].truth[s]), world);
    for (std::size_t l = 0; l < world.ledgers.size(); ++l)
      if (world.ledgers[l].truth)
        finals.money[l][s] = read_money(rows((*world.ledgers[l].truth)[s]));
    if (!world.stock) continue;
    finals.available[s] = read_units(rows(world.stock->stock[s]), "available");
    finals.units[s] = read_units(rows(world.stock->units[s]), "units");
  }
  return finals;
}

}  // namespace pindah
