// The functions that a world's SQL may use (docs/world.md), and the ones taken away.
#pragma once

#include <cstdint>
#include <string>

#include "base/draws.h"
#include "sqlite/database.h"

namespace pindah {

enum class IdStyle : std::uint8_t { snowflake, integer };

// What the functions of one connection read. Its address is handed to SQLite: it does not move and
// outlives the Database.
struct SqlContext {
  Draws draws;
  IdStyle ids = IdStyle::integer;
  std::int64_t now_us = 0;  // virtual time, µs since 1970 UTC
  std::string refusal;      // set by refuse(); empty: no refusal
};

// Registers now, refuse, draw, pick, zipf, new_id, snowflake, minor; makes random, randomblob,
// date('now') and load_extension fail. Called before anything is prepared.
void add_functions(Database& db, SqlContext& context);

}  // namespace pindah
