// Empty databases, and what a statement of the world's writes.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "audit/stage.h"
#include "sqlite/authorizer.h"

namespace pindah::audit {

// One platform's schema with nothing in it.
class Schema {
 public:
  Schema(const Ground& ground, Side side);
  Database& database() { return db_; }
  // Tables that the statement inserts into, updates or deletes from, cascades included.
  std::set<std::string> written(const SqlText& text);

 private:
  SqlContext context_;
  Database db_;
};

// Which tables the moves write, and by which statement.
class Writes {
 public:
  explicit Writes(const Ground& ground);
  // The tables that moves from the other side write here.
  bool moved_in(Side side, const std::string& table) const;
  // The statements of moves' loads that write a table of this side, and of the extracts before.
  std::vector<Place> into(Side side, const std::string& table) const;
  // The extracts of moves that carry a table of this side, and their loads.
  std::vector<Place> out_of(Side side, const std::string& table) const;
  bool writes(int move, const std::string& table) const;

 private:
  const World& world_;
  std::vector<std::vector<std::set<std::string>>> by_statement_;  // by move, by statement of load
};

}  // namespace pindah::audit
