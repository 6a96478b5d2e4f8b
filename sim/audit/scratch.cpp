#include "audit/scratch.h"

#include <algorithm>

#include "world/sql_file.h"

namespace pindah::audit {

Schema::Schema(const Ground& ground, Side side)
    : context_{Draws(ground.seed), ground.world.platforms[index(side)].ids, ground.start_us, {}} {
  context_.east_s = ground.world.platforms[index(side)].east_s;
  add_functions(db_, context_);
  for (const SqlText& text : split_statements(ground.world.platforms[index(side)].schema))
    db_.exec(text.sql);
}

std::set<std::string> Schema::written(const SqlText& text) {
  Audit watch(db_);
  watch.begin();
  const Statement statement(db_, text.sql);
  return watch.end(&statement).written;
}

Writes::Writes(const Ground& ground) : world_(ground.world) {
  PerSide<std::unique_ptr<Schema>> schemas;
  for (const Side side : {Side::source, Side::target})
    schemas[index(side)] = std::make_unique<Schema>(ground, side);
  for (const Move& move : world_.moves) {
    by_statement_.emplace_back();
    for (const SqlText& text : move.load)
      by_statement_.back().push_back(schemas[index(other(move.from))]->written(text));
  }
}

bool Writes::writes(int move, const std::string& table) const {
  const auto& statements = by_statement_[static_cast<std::size_t>(move)];
  return std::any_of(statements.begin(), statements.end(),
                     [&](const auto& tables) { return tables.count(table) != 0; });
}

bool Writes::moved_in(Side side, const std::string& table) const {
  for (std::size_t m = 0; m < world_.moves.size(); ++m)
    if (world_.moves[m].from != side && writes(static_cast<int>(m), table)) return true;
  return false;
}

std::vector<Place> Writes::into(Side side, const std::string& table) const {
  std::vector<Place> places;
  for (std::size_t m = 0; m < world_.moves.size(); ++m) {
    const Move& move = world_.moves[m];
    if (move.from == side || !writes(static_cast<int>(m), table)) continue;
    for (std::size_t i = 0; i < move.load.size(); ++i)
      if (by_statement_[m][i].count(table) != 0) places.push_back(move.load[i].place);
    places.push_back(move.extract.place);
  }
  return places;
}

std::vector<Place> Writes::out_of(Side side, const std::string& table) const {
  std::vector<Place> places;
  const auto& tables = world_.platforms[index(side)].tables;
  for (const Move& move : world_.moves) {
    if (move.from != side) continue;
    const bool carries = std::any_of(move.tables.begin(), move.tables.end(), [&](const auto& part) {
      return tables[static_cast<std::size_t>(part.table)].name == table;
    });
    if (!carries) continue;
    places.push_back(move.extract.place);
    for (const SqlText& text : move.load) places.push_back(text.place);
  }
  return places;
}

}  // namespace pindah::audit
