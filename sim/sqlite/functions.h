// The functions that a world's SQL may use (docs/world.md), and the ones taken away.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/draws.h"
#include "base/fixed.h"
#include "sqlite/database.h"

namespace pindah {

enum class IdStyle : std::uint8_t { snowflake, integer };

// What the functions of one connection read. Its address is handed to SQLite: it does not move and
// outlives the Database.
struct SqlContext {
  Draws draws;
  IdStyle ids = IdStyle::integer;
  std::int64_t now_us = 0;  // virtual time, µs since 1970 UTC
  std::string refusal{};    // set by refuse(); empty: no refusal
  std::vector<Zipf>
      zipf_tables{};        // of the sizes asked for lately, last used first; the functions'
  std::int64_t east_s = 0;  // seconds by which the platform's clocks are ahead of UTC
};

// Registers now, refuse, draw, pick, zipf, new_id, snowflake, minor, time_text, time_seconds,
// local_text, local_seconds; makes random, randomblob, current_timestamp, current_date,
// current_time, total_changes and load_extension fail, and the connection's clock (date('now'))
// follow `context.now_us`. Called before anything is prepared.
void add_functions(Database& db, SqlContext& context);

// What new_id() gives in integer style for an integer key: 4,000,000,000 + the key in zigzag (0,
// -1, 1, -2, … are 0, 1, 2, 3, …), so that different keys give different ids, clear of the small
// ones that populate counts from 1. Throws std::out_of_range beyond 2^60 (from there on: keys of
// text).
std::int64_t integer_id(std::int64_t key);

// Milliseconds since 1970 << 22 | 22 bits made from the key. Within one millisecond, the keys of a
// block of 2^22 (those with the same key >> 22) have different ids. Throws std::out_of_range unless
// the id has 19 digits: from September 1977 to September 2039.
std::int64_t snowflake_id(std::int64_t key, std::int64_t at_us);

// Decimal text to minor units (hundredths), exact: "1150.10" is 115010. Digits after the second
// place must be zeros. Throws std::invalid_argument, or std::out_of_range beyond 64 bits.
std::int64_t minor_units(std::string_view text);

// Seconds since 1970 UTC as "2024-03-27T16:59:07Z", and back: what strftime('%Y-%m-%dT%H:%M:%SZ',
// …, 'unixepoch') and unixepoch() give, at a fraction of their cost. time_text() throws
// std::out_of_range outside the years 0000 to 9999; time_seconds() throws std::invalid_argument for
// any other form and for a date or time that does not exist.
std::string time_text(std::int64_t epoch_seconds);
std::int64_t time_seconds(std::string_view text);
// The same for clocks that are `east_s` seconds ahead of UTC: the instant 0 with 25200 is
// "1970-01-01T07:00:00Z", in the form of UTC and in local time, as such columns are found.
std::string local_text(std::int64_t epoch_seconds, std::int64_t east_s);
std::int64_t local_seconds(std::string_view text, std::int64_t east_s);

}  // namespace pindah
