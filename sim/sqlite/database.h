// A thin RAII face of SQLite. One Database belongs to one thread at a time.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "base/value.h"
#include "sqlite/memory.h"
#include "sqlite/page_cache.h"

namespace pindah {

// SQLite said no, for another reason than that it got no memory (sqlite/memory.h). `offset` is the
// byte in the SQL text, or -1.
struct SqlFailure : std::runtime_error {
  int code;
  int offset;
  SqlFailure(int c, int o, const std::string& message)
      : std::runtime_error(message), code(c), offset(o) {}
};

// Throws what the code means: SqlFailure, or OutOfMemory.
[[noreturn]] void sql_failed(int code, int offset, const std::string& message);

// Configures SQLite for two universes on two threads (multi-thread mode, no memory statistics, a
// dense page cache, memory that is counted) and takes the computer's time zone away: 'localtime' is
// an error. Done once, by the first Database at the latest; later calls do nothing. Throws Defect
// when SQLite has been used before it.
void configure_sqlite();

// An in-memory database, opened without a mutex, journal in memory, secure_delete off, foreign keys
// on, double-quoted strings off, limits set (nesting, attached 0, length), with a VFS clock that
// stands at the instant of `set_clock`.
class Database {
 public:
  Database();
  ~Database();
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;

  sqlite3* handle() const { return db_; }
  // Runs statements that return nothing. Throws SqlFailure.
  void exec(const std::string& sql);
  // A copy of the whole content (backup API). Nobody uses `other` meanwhile, not even for reading.
  void copy_from(const Database& other);
  std::string image() const;  // sqlite3_serialize
  // The image page by page, without a copy of it: valid until the next change. Of a database that
  // nobody has given another size of page.
  static constexpr std::size_t kPage = 4096;
  std::size_t page_count() const;
  std::string_view page(std::size_t number) const;  // from 0
  void load_image(std::string_view image);          // deserialize, then backup into this database
  // What SQLite's own clock says on this connection, µs since 1970; within one statement it stands.
  void set_clock(std::int64_t epoch_us);
  // From now on it says what `epoch_us` holds, which outlives this database.
  void follow_clock(const std::int64_t* epoch_us);

 private:
  struct Clock;
  std::unique_ptr<Clock> clock_;
  sqlite3* db_ = nullptr;
  MemoryPages pages_;
};

// A prepared statement. Outlived by its Database.
class Statement {
 public:
  Statement() = default;
  // Throws SqlFailure. Prepares the first statement of `sql`; `tail`, if given, gets the rest.
  Statement(const Database& db, std::string_view sql, std::string_view* tail = nullptr);
  ~Statement();
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&& other) noexcept;

  explicit operator bool() const { return stmt_ != nullptr; }  // false for a comment or blank text
  sqlite3_stmt* handle() const { return stmt_; }
  // Parameters count from 1; columns from 0. Text is bound without a copy: it outlives the next
  // reset.
  void bind(int parameter, const Value& value);
  void bind_null(int parameter);
  void bind_integer(int parameter, std::int64_t number);
  void bind_text(int parameter, std::string_view text);
  bool step();  // true: a row. Throws SqlFailure; the statement is then reset.
  void reset();
  // Throws SqlFailure for a REAL or a BLOB: values are integers and texts.
  Value column(int index) const;
  std::int64_t integer(int index) const { return sqlite3_column_int64(stmt_, index); }
  std::string_view text(int index) const;  // valid until the next step or reset
  int columns() const { return sqlite3_column_count(stmt_); }

 private:
  sqlite3_stmt* stmt_ = nullptr;
};

}  // namespace pindah
