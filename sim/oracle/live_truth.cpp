#include "oracle/live_truth.h"

#include <algorithm>
#include <charconv>

namespace pindah {
namespace {

int column(const Statement& statement, std::string_view name) {
  for (int i = 0; i < statement.columns(); ++i)
    if (sqlite3_column_name(statement.handle(), i) == name) return i;
  return -1;
}

Value value_at(const Statement& statement, int at) {
  return at < 0 ? Value{} : statement.column(at);
}

}  // namespace

int rank_of(const Promise& promise, const Value& status) {
  const auto* text = std::get_if<std::string>(&status);
  if (!text) return -1;
  const auto it = std::find(promise.ranks.begin(), promise.ranks.end(), *text);
  return it == promise.ranks.end() ? -1 : static_cast<int>(it - promise.ranks.begin());
}

SqlText as_subquery(const SqlText& text) {
  SqlText inner = text;
  const auto end = inner.sql.find_last_not_of(" \t\r\n;");
  inner.sql.resize(end == std::string::npos ? 0 : end + 1);
  inner.sql = "(\n" + inner.sql + "\n)";
  return inner;
}

LiveTruth::LiveTruth(const World& world, const Constants& constants,
                     const PerSide<Database*>& databases)
    : world_(world), constants_(constants), databases_(databases) {
  for (const Side side : {Side::source, Side::target})
    for (const Promise& promise : world.promises) {
      auto& list = by_witness_[index(side)];
      list.emplace_back();
      if (!promise.keyed_by_idem || promise.status < 0) continue;
      SqlText text = as_subquery(promise.truth[index(side)]);
      text.sql = "SELECT " + world.slots[static_cast<std::size_t>(promise.status)] + " FROM " +
                 text.sql + " WHERE witness = :_witness";
      list.back() = prepare(*databases[index(side)], text, world, constants);
    }
}

int LiveTruth::rank(Side side, PromiseId promise, std::int64_t idem) {
  BoundStatement& read = by_witness_[index(side)][static_cast<std::size_t>(promise)];
  if (!read.statement) return -1;
  read.statement.bind(read.parameter("_witness"), Value{idem});
  const bool found = read.statement.step();
  const int rank =
      found ? rank_of(world_.promises[static_cast<std::size_t>(promise)], read.statement.column(0))
            : -1;
  read.statement.reset();
  return rank;
}

SeenRow LiveTruth::row(Side side, PromiseId number, std::string_view witness) {
  const Promise& promise = world_.promises[static_cast<std::size_t>(number)];
  auto& all = rows_[index(side)];
  all.resize(world_.promises.size());
  BoundStatement& read = all[static_cast<std::size_t>(number)];
  if (!read.statement) {
    SqlText text = as_subquery(promise.truth[index(side)]);
    text.sql = "SELECT * FROM " + text.sql + " WHERE witness = :_witness";
    read = prepare(*databases_[index(side)], text, world_, constants_);
  }
  const auto name = [&](SlotId slot) {
    return slot < 0 ? std::string_view()
                    : std::string_view(world_.slots[static_cast<std::size_t>(slot)]);
  };
  std::int64_t idem = 0;
  std::from_chars(witness.data(), witness.data() + witness.size(), idem);
  read.statement.bind(read.parameter("_witness"),
                      promise.keyed_by_idem ? Value{idem} : Value{std::string(witness)});
  SeenRow row;
  row.looked = true;
  row.present = read.statement.step();
  if (row.present) {
    const Statement& rows = read.statement;
    row.rank = rank_of(promise, value_at(rows, column(rows, name(promise.status))));
    row.owner = to_text(value_at(rows, column(rows, name(promise.belongs_to))));
    row.root = value_at(rows, column(rows, "root"));
    for (const SlotId slot : promise.fixed)
      row.fixed.push_back(to_text(value_at(rows, column(rows, name(slot)))));
  }
  read.statement.reset();
  return row;
}

namespace {

WorldFault unknown_status(const Promise& promise, Side side, const Value& witness,
                          const Value& status) {
  std::string known;
  for (const std::string& rank : promise.ranks) known += (known.empty() ? "" : ", ") + rank;
  return WorldFault({promise.truth[index(side)].place,
                     "the truth of `" + promise.name + "` says of witness " + to_text(witness) +
                         " as populated that its status is `" + to_text(status) + "`",
                     "one of its ranks: " + known,
                     {},
                     {}});
}

WorldFault no_number(const SqlText& text, const Value& item, const Value& value) {
  return WorldFault({text.place,
                     "the truth of stock says of item " + to_text(item) + " as populated that `" +
                         to_text(value) + "` is available",
                     "a whole number",
                     {},
                     {}});
}

}  // namespace

void LiveTruth::read_promises(Side side, PromiseId number, Promises& promises) {
  const Promise& promise = world_.promises[static_cast<std::size_t>(number)];
  const auto name = [&](SlotId slot) {
    return slot < 0 ? std::string_view()
                    : std::string_view(world_.slots[static_cast<std::size_t>(slot)]);
  };
  BoundStatement read =
      prepare(*databases_[index(side)], promise.truth[index(side)], world_, constants_);
  Statement& rows = read.statement;
  const int witness = column(rows, "witness"), token = column(rows, "token");
  const int owner = column(rows, name(promise.belongs_to)),
            status = column(rows, name(promise.status));
  std::vector<int> fixed;
  for (const SlotId slot : promise.fixed) fixed.push_back(column(rows, name(slot)));
  std::vector<std::optional<std::string>> told(fixed.size());
  while (rows.step()) {
    const Value key = value_at(rows, witness);
    const HeldId id = promises.get(number, side, to_text(key), to_text(value_at(rows, owner)));
    Held& held = promises[id];
    held.idem = promise.keyed_by_idem ? integer_or(key, 0) : 0;
    held.told_at = kBeforeTheRun;
    if (token >= 0) held.token = promises.keep(to_text(value_at(rows, token)));
    held.rank_populated = held.rank_shown = rank_of(promise, value_at(rows, status));
    if (promise.status >= 0 && held.rank_populated < 0)
      throw unknown_status(promise, side, key, value_at(rows, status));
    held.rank_shown_at = kBeforeTheRun;
    for (std::size_t i = 0; i < fixed.size(); ++i) told[i] = to_text(value_at(rows, fixed[i]));
    held.fixed = promises.keep(told);
  }
}

void LiveTruth::read_stock(Side side, StockOracle& goods) {
  BoundStatement read =
      prepare(*databases_[index(side)], world_.stock->stock[index(side)], world_, constants_);
  const int item = column(read.statement, "item"), available = column(read.statement, "available");
  while (read.statement.step()) {
    const Value units = value_at(read.statement, available);
    if (!std::holds_alternative<std::int64_t>(units))
      throw no_number(world_.stock->stock[index(side)], value_at(read.statement, item), units);
    goods.start(side, to_text(value_at(read.statement, item)), integer_or(units, 0));
  }
}

void LiveTruth::read_opening(Promises& promises, StockOracle& goods) {
  for (const Side side : {Side::source, Side::target}) {
    for (std::size_t p = 0; p < world_.promises.size(); ++p)
      read_promises(side, static_cast<PromiseId>(p), promises);
    if (world_.stock) read_stock(side, goods);
  }
}

}  // namespace pindah
