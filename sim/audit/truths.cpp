// The canonical facts of both sides, compared for all that came from the source.
#include <algorithm>

#include "audit/parts.h"
#include "world/prepare.h"

namespace pindah::audit {

namespace {

struct Fact {
  std::string name;  // "order"
  PerSide<SqlText> sql;
  std::vector<std::string> key;  // columns that say which one it is
};

using Facts = std::map<Row, std::vector<Row>>;  // by key; rows without their `root`

struct Reading {
  std::vector<std::string> columns;
  Facts facts;
};

Reading read(Bench& bench, const Fact& fact, Side side, const Database& db) {
  Reading reading;
  BoundStatement bound = prepare(db, fact.sql[index(side)], bench.world(), bench.ground.constants);
  Statement& rows = bound.statement;
  std::vector<int> keys;
  std::vector<int> kept;
  for (int i = 0; i < rows.columns(); ++i) {
    const std::string name = sqlite3_column_name(rows.handle(), i);
    if (std::count(fact.key.begin(), fact.key.end(), name) != 0) keys.push_back(i);
    if (name == "root" || name == "token") continue;
    kept.push_back(i);
    reading.columns.push_back(name);
  }
  while (rows.step()) {
    Row key, row;
    for (const int i : keys) key.push_back(rows.column(i));
    for (const int i : kept) row.push_back(rows.column(i));
    reading.facts[key].push_back(row);
  }
  for (auto& [key, all] : reading.facts) std::sort(all.begin(), all.end());
  return reading;
}

void tell(Bench& bench, const Fact& fact, const std::string& column, const Row& key,
          const Value& was, const Value& is) {
  Met met{key, was, is, key.empty() ? Value{} : key.front(), nullptr};
  bench.book.add(FindingKind::truth, "truth of " + fact.name, column,
                 {fact.sql[1].place, fact.sql[0].place}, met);
}

// Facts that the target had of its own are none of the source's.
void compare(Bench& bench, Stage& stage, const Fact& fact) {
  const Reading ours = read(bench, fact, Side::source, stage.at(Side::source).database());
  const Reading theirs = read(bench, fact, Side::target, stage.at(Side::target).database());
  for (const auto& [key, rows] : ours.facts) {
    const auto found = theirs.facts.find(key);
    if (found == theirs.facts.end() || found->second.size() != rows.size()) {
      const auto there = found == theirs.facts.end() ? 0 : found->second.size();
      tell(bench, fact, {}, key, static_cast<std::int64_t>(rows.size()),
           static_cast<std::int64_t>(there));
      continue;
    }
    for (std::size_t r = 0; r < rows.size(); ++r)
      for (std::size_t i = 0; i < ours.columns.size(); ++i) {
        const auto at = std::find(theirs.columns.begin(), theirs.columns.end(), ours.columns[i]);
        if (at == theirs.columns.end()) continue;
        const Value& is = found->second[r][static_cast<std::size_t>(at - theirs.columns.begin())];
        if (is != rows[r][i]) tell(bench, fact, ours.columns[i], key, rows[r][i], is);
      }
  }
  const Reading own = read(bench, fact, Side::target, bench.untouched.at(Side::target).database());
  for (const auto& [key, rows] : theirs.facts)
    if (ours.facts.count(key) == 0 && own.facts.count(key) == 0)
      tell(bench, fact, {}, key, std::int64_t{0}, static_cast<std::int64_t>(rows.size()));
}

}  // namespace

void compare_truths(Bench& bench, Stage& stage) {
  const World& world = bench.world();
  std::vector<bool> moving(world.services.size());
  for (const Move& move : world.moves) moving[static_cast<std::size_t>(move.service)] = true;
  const auto moves = [&](ServiceId service) { return moving[static_cast<std::size_t>(service)]; };
  for (const Promise& promise : world.promises)
    if (moves(promise.service)) compare(bench, stage, {promise.name, promise.truth, {"witness"}});
  for (const Ledger& ledger : world.ledgers)
    if (moves(ledger.service) && ledger.truth)
      compare(bench, stage, {ledger.name, *ledger.truth, {"witness", "ref"}});
  if (!world.stock || !moves(world.stock->service)) return;
  compare(bench, stage, {"stock", world.stock->stock, {"item"}});
}

}  // namespace pindah::audit
