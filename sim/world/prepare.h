// Prepares a world's statements on a database and says what fills each of their parameters.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sqlite/database.h"
#include "world/world.h"

namespace pindah {

// A parameter of a prepared statement. A name of the constants (settings and scale too) wins over a
// slot of the same name; the loader refuses worlds in which the two meet.
struct Parameter {
  int number = 0;             // as Statement::bind counts
  SlotId slot = -1;           // the slot of that name; -1: none has it
  std::int64_t constant = 0;  // bound already when `is_constant`
  bool is_constant = false;
  std::string name;  // without the colon: what moves and truth go by ("_key", "from", "total")
};

// A statement with its parameters in the order of their numbers. Constants are bound when it is
// prepared and stay bound (Statement::reset keeps bindings). Outlived by its Database.
struct BoundStatement {
  Statement statement;
  std::vector<Parameter> parameters;

  // Number of the parameter of that name, or 0.
  int parameter(std::string_view name) const;
};

// The world's constants, settings and scale, with a scenario's overrides where it has any.
Constants constants_of(const World& world, const Constants& scale_overrides = {},
                       const std::map<std::string, Micros>& settings_overrides = {});

// The place of a byte of a statement's text; offset -1: where the statement starts.
Place place_in(const SqlText& text, int offset);

// Throws WorldFault, with the exact place, when SQLite refuses the statement. The database has its
// functions and schema by now.
BoundStatement prepare(const Database& db, const SqlText& text, const World& world,
                       const Constants& constants);

}  // namespace pindah
