// There and back: what is lost, made, or comes back otherwise.
#include <algorithm>

#include "audit/parts.h"

namespace pindah::audit {

namespace {

struct Way {
  Bench& bench;
  Side side{};
  std::size_t table = 0;
  std::string name;
  std::vector<Place> places;
};

std::string subject(const Way& way) {
  return "table " + way.name + " of " + way.bench.world().platforms[index(way.side)].name;
}

// What becomes of one row.
void tell(const Way& way, const Row& was, const Row& is) {
  const Table& table = way.bench.world().platforms[index(way.side)].tables[way.table];
  std::set<Value> people;
  way.bench.people.of(way.side, way.table, was.empty() ? is : was, people);
  Met met;
  met.key = key_of(table, was.empty() ? is : was);
  met.root = met.key.empty() ? Value{} : met.key.front();
  met.people = &people;
  if (was.empty() || is.empty()) {
    const FindingKind kind = was.empty() ? FindingKind::made : FindingKind::lost;
    way.bench.book.add(kind, subject(way), way.name, way.places, met);
    return;
  }
  for (std::size_t i = 0; i < was.size(); ++i) {
    if (was[i] == is[i]) continue;
    met.before = was[i];
    met.after = is[i];
    way.bench.book.add(FindingKind::changed, subject(way), way.name + "." + table.columns[i],
                       way.places, met);
  }
}

// Rows of which both are there, or which are lost or new.
struct Differing {
  std::vector<Row> lost, made;
  std::vector<std::pair<Row, Row>> both;  // under one key, and different in several columns
};

// Rows that are lost and rows that are new are the same ones under another key, where most of their
// columns are alike; and so may be two under one key, where keys are only counted.
void pair_and_tell(const Way& way, Differing rows) {
  constexpr std::size_t kMost = 1500;
  if (rows.both.size() + std::max(rows.lost.size(), rows.made.size()) > kMost) {
    for (const auto& [was, is] : rows.both) tell(way, was, is);
  } else {
    for (const auto& [was, is] : rows.both) {
      rows.lost.push_back(was);
      rows.made.push_back(is);
    }
    for (Row& row : rows.lost) {
      const auto best = most_alike(row, rows.made);
      if (best == rows.made.end() || alike(row, *best) * 2 < row.size()) continue;
      tell(way, row, *best);
      rows.made.erase(best);
      row.clear();
    }
  }
  for (const Row& row : rows.lost)
    if (!row.empty()) tell(way, row, {});
  for (const Row& row : rows.made) tell(way, {}, row);
}

void compare(Bench& bench, Side side, const Database& was, const Database& is) {
  const auto& tables = bench.world().platforms[index(side)].tables;
  for (std::size_t t = 0; t < tables.size(); ++t) {
    const std::string& name = tables[t].name;
    if (!bench.writes.moved_in(side, name)) continue;
    Way way{bench, side, t, name, bench.writes.out_of(side, name)};
    append(way.places, bench.writes.into(side, name));
    Differing differing;
    const std::int64_t rows = compare_table(was, is, tables[t], [&](const Row& a, const Row& b) {
      if (b.empty())
        differing.lost.push_back(a);
      else if (a.empty())
        differing.made.push_back(b);
      else if (alike(a, b) + 1 >= a.size())
        tell(way, a, b);
      else
        differing.both.emplace_back(a, b);
    });
    pair_and_tell(way, std::move(differing));
    for (Finding* finding : bench.book.of(subject(way))) finding->of = std::max(finding->of, rows);
  }
}

// The content of a side without what moves bring there.
void empty_out(Bench& bench, Side side, Database& db) {
  db.exec("PRAGMA foreign_keys = OFF");
  for (const Table& table : bench.world().platforms[index(side)].tables)
    if (bench.writes.moved_in(side, table.name)) db.exec("DELETE FROM " + quoted_name(table.name));
  db.exec("PRAGMA foreign_keys = ON");
}

}  // namespace

void round_trips(Bench& bench, Stage& stage) {
  const auto nothing = [](int, const migration::Batch&) {};
  Schema functions(bench.ground, Side::source);
  functions.database().copy_from(stage.at(Side::source).database());
  empty_out(bench, Side::source, functions.database());
  Stage back(bench.ground, functions.database(), stage.at(Side::target).database());
  back.now = stage.now;
  back.carry_all(Side::target, refusals(bench), nothing);
  compare(bench, Side::source, stage.at(Side::source).database(), back.at(Side::source).database());
  if (bench.stopped()) return;
  Stage again(bench.ground, back.at(Side::source).database(), *bench.origin[index(Side::target)]);
  again.now = stage.now;
  again.carry_all(Side::source, refusals(bench), nothing);
  compare(bench, Side::target, stage.at(Side::target).database(),
          again.at(Side::target).database());
}

}  // namespace pindah::audit
