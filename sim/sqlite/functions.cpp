#include "sqlite/functions.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "base/digest.h"
#include "base/problem.h"

namespace pindah {
namespace {

constexpr std::size_t kMostZipfTables = 8;
constexpr std::uint64_t kMostZipfRanks = 4'000'000;  // 32 MB a table

using Call = sqlite3_context*;
using Arguments = sqlite3_value**;

SqlContext& context(Call call) { return *static_cast<SqlContext*>(sqlite3_user_data(call)); }

std::string_view text_of(sqlite3_value* value) {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(value));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

std::int64_t integer_of(sqlite3_value* value, const char* what) {
  const bool is_integer = sqlite3_value_type(value) == SQLITE_INTEGER;
  if (!is_integer) throw std::invalid_argument(fmt::format("{} must be an INTEGER", what));
  return sqlite3_value_int64(value);
}

// What a row's key is worth to a draw. An integer and the text of its digits are different keys.
struct Key {
  std::uint64_t entity = 0;
  std::uint64_t is_text = 0;
};
Key key_of(sqlite3_value* value) {
  const int type = sqlite3_value_type(value);
  if (type == SQLITE_INTEGER) return {static_cast<std::uint64_t>(sqlite3_value_int64(value)), 0};
  if (type == SQLITE_TEXT) return {hash64(text_of(value)), 1};
  throw std::invalid_argument("the key must be an INTEGER or TEXT");
}

std::uint32_t purpose_of(sqlite3_value* value) {
  const bool is_text = sqlite3_value_type(value) == SQLITE_TEXT;
  if (!is_text) throw std::invalid_argument("the purpose must be TEXT");
  return purpose(text_of(value));
}

// The integer that stands for a key in a snowflake.
std::int64_t snowflake_key(sqlite3_value* value) {
  return static_cast<std::int64_t>(key_of(value).entity);
}

void give_text(Call call, std::int64_t number) {
  const fmt::format_int text(number);
  sqlite3_result_text(call, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
}

void now(Call call, Arguments) { sqlite3_result_int64(call, context(call).now_us); }

void refuse(Call call, Arguments arguments) {
  const std::string_view reason = text_of(arguments[0]);
  if (reason.empty()) throw std::invalid_argument("a refusal needs a reason");
  context(call).refusal = reason;
  sqlite3_result_error(call, fmt::format("refused: {}", reason).c_str(), -1);
}

std::uint64_t below(Call call, Arguments arguments, std::uint64_t n) {
  const Key key = key_of(arguments[1]);
  return context(call).draws.below(n, Domain::sql, key.entity, key.is_text,
                                   purpose_of(arguments[0]));
}

void draw(Call call, Arguments arguments) {
  sqlite3_result_int64(call, static_cast<std::int64_t>(below(call, arguments, 1'000'000)));
}

void pick(Call call, Arguments arguments) {
  const std::int64_t n = integer_of(arguments[2], "n");
  if (n < 1) throw std::out_of_range(fmt::format("n must be at least 1, not {}", n));
  const std::uint64_t picked = below(call, arguments, static_cast<std::uint64_t>(n));
  sqlite3_result_int64(call, static_cast<std::int64_t>(picked));
}

const Zipf& zipf_table(SqlContext& context, std::uint64_t n) {
  std::vector<Zipf>& tables = context.zipf_tables;
  auto found = std::find_if(tables.begin(), tables.end(),
                            [&](const Zipf& table) { return table.size() == n; });
  if (found == tables.begin() && !tables.empty()) return *found;
  if (found == tables.end()) {
    if (tables.size() == kMostZipfTables) tables.pop_back();
    tables.emplace_back(n);
    found = tables.end() - 1;
  }
  std::rotate(tables.begin(), found, found + 1);
  return tables.front();
}

void zipf(Call call, Arguments arguments) {
  const std::int64_t n = integer_of(arguments[2], "n");
  if (n < 1 || static_cast<std::uint64_t>(n) > kMostZipfRanks) {
    throw std::out_of_range(fmt::format("n must be from 1 to {}, not {}", kMostZipfRanks, n));
  }
  const Key key = key_of(arguments[1]);
  const std::uint64_t u =
      context(call).draws.bits(Domain::sql, key.entity, key.is_text, purpose_of(arguments[0]));
  const Zipf& table = zipf_table(context(call), static_cast<std::uint64_t>(n));
  sqlite3_result_int64(call, static_cast<std::int64_t>(table.rank(u)));
}

// A key of text has no small number: its hash, above every id made from a number.
void new_id(Call call, Arguments arguments) {
  if (context(call).ids == IdStyle::snowflake) {
    give_text(call, snowflake_id(snowflake_key(arguments[0]), context(call).now_us));
    return;
  }
  const Key key = key_of(arguments[0]);
  const std::int64_t id = key.is_text == 1 ? static_cast<std::int64_t>(1ull << 60 | key.entity >> 4)
                                           : integer_id(static_cast<std::int64_t>(key.entity));
  sqlite3_result_int64(call, id);
}

void snowflake(Call call, Arguments arguments) {
  const std::int64_t at_us = integer_of(arguments[1], "the instant");
  give_text(call, snowflake_id(snowflake_key(arguments[0]), at_us));
}

void minor(Call call, Arguments arguments) {
  const int type = sqlite3_value_type(arguments[0]);
  if (type == SQLITE_NULL) return;
  if (type != SQLITE_TEXT) throw std::invalid_argument("the amount must be TEXT");
  const std::string_view text = text_of(arguments[0]);
  try {
    sqlite3_result_int64(call, minor_units(text));
  } catch (const std::logic_error& e) {
    throw std::invalid_argument(fmt::format("{}: '{}'", e.what(), printable(text.substr(0, 40))));
  }
}

void clock_text(Call call, sqlite3_value* seconds, std::int64_t east_s) {
  if (sqlite3_value_type(seconds) == SQLITE_NULL) return;
  const std::string text = local_text(integer_of(seconds, "the seconds since 1970"), east_s);
  sqlite3_result_text(call, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
}

void clock_seconds(Call call, sqlite3_value* value, std::int64_t east_s) {
  if (sqlite3_value_type(value) == SQLITE_NULL) return;
  const std::string_view text = text_of(value);
  try {
    sqlite3_result_int64(call, local_seconds(text, east_s));
  } catch (const std::invalid_argument& e) {
    throw std::invalid_argument(fmt::format("{}: '{}'", e.what(), printable(text.substr(0, 40))));
  }
}

void time_text_of(Call call, Arguments arguments) { clock_text(call, arguments[0], 0); }
void time_seconds_of(Call call, Arguments arguments) { clock_seconds(call, arguments[0], 0); }
void local_text_of(Call call, Arguments arguments) {
  clock_text(call, arguments[0], context(call).east_s);
}
void local_seconds_of(Call call, Arguments arguments) {
  clock_seconds(call, arguments[0], context(call).east_s);
}

struct Function {
  const char* name;
  int arguments;
  void (*run)(Call, Arguments);
  bool pure;  // of its arguments and the seed alone: SQLite may call it once for many rows
};

constexpr Function kNow{"now", 0, now, false};
// Not pure for SQLite's purposes: it must not be called before the WHERE has decided.
constexpr Function kRefuse{"refuse", 1, refuse, false};
constexpr Function kDraw{"draw", 2, draw, true};
constexpr Function kPick{"pick", 3, pick, true};
constexpr Function kZipf{"zipf", 3, zipf, true};
constexpr Function kNewId{"new_id", 1, new_id, false};
constexpr Function kSnowflake{"snowflake", 2, snowflake, true};
constexpr Function kMinor{"minor", 1, minor, true};
constexpr Function kTimeText{"time_text", 1, time_text_of, true};
constexpr Function kTimeSeconds{"time_seconds", 1, time_seconds_of, true};
constexpr Function kLocalText{"local_text", 1, local_text_of, true};
constexpr Function kLocalSeconds{"local_seconds", 1, local_seconds_of, true};

// No exception may pass through SQLite: each becomes an error of the statement.
template <const Function& function>
void entry(Call call, int, Arguments arguments) {
  try {
    function.run(call, arguments);
  } catch (const std::bad_alloc&) {
    sqlite3_result_error_nomem(call);
  } catch (const std::exception& e) {
    sqlite3_result_error(call, fmt::format("{}(): {}", function.name, e.what()).c_str(), -1);
  }
}

void check(Database& db, int code) {
  if (code != SQLITE_OK) sql_failed(code, -1, sqlite3_errmsg(db.handle()));
}

template <const Function& function>
void add(Database& db, SqlContext& context) {
  const int flags = SQLITE_UTF8 | (function.pure ? SQLITE_DETERMINISTIC : 0);
  check(db, sqlite3_create_function(db.handle(), function.name, function.arguments, flags, &context,
                                    entry<function>, nullptr, nullptr));
}

// Also covers what the authorizer does not see: DEFAULT (random()), DEFAULT CURRENT_TIMESTAMP.
void take_away(Database& db, const char* name, int arguments) {
  const auto raise = [](Call call, int, Arguments) {
    const auto* taken = static_cast<const char*>(sqlite3_user_data(call));
    const bool loads = std::string_view(taken) == "load_extension";
    const std::string text =
        fmt::format("{} is not available{}", taken, loads ? "" : ": use now() or draw()");
    sqlite3_result_error(call, text.c_str(), -1);
  };
  check(db, sqlite3_create_function(db.handle(), name, arguments, SQLITE_UTF8,
                                    const_cast<char*>(name), raise, nullptr, nullptr));
}

}  // namespace

void add_functions(Database& db, SqlContext& context) {
  add<kNow>(db, context);
  add<kRefuse>(db, context);
  add<kDraw>(db, context);
  add<kPick>(db, context);
  add<kZipf>(db, context);
  add<kNewId>(db, context);
  add<kSnowflake>(db, context);
  add<kMinor>(db, context);
  add<kTimeText>(db, context);
  add<kTimeSeconds>(db, context);
  add<kLocalText>(db, context);
  add<kLocalSeconds>(db, context);
  take_away(db, "random", 0);
  take_away(db, "randomblob", 1);
  take_away(db, "current_timestamp", 0);
  take_away(db, "current_date", 0);
  take_away(db, "current_time", 0);
  take_away(db, "total_changes", 0);
  take_away(db, "load_extension", 1);
  take_away(db, "load_extension", 2);
  db.follow_clock(&context.now_us);
}

}  // namespace pindah
