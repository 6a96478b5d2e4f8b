#include <fmt/format.h>

#include <utility>

#include "base/problem.h"
#include "sqlite/database.h"

namespace pindah {

Statement::Statement(const Database& db, std::string_view sql, std::string_view* tail) {
  const char* rest = nullptr;
  const int code = sqlite3_prepare_v3(db.handle(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &stmt_, &rest);
  if (code != SQLITE_OK) {
    sql_failed(code, sqlite3_error_offset(db.handle()), sqlite3_errmsg(db.handle()));
  }
  if (tail != nullptr) *tail = sql.substr(static_cast<std::size_t>(rest - sql.data()));
}

Statement::~Statement() { sqlite3_finalize(stmt_); }

Statement::Statement(Statement&& other) noexcept : stmt_(std::exchange(other.stmt_, nullptr)) {}

Statement& Statement::operator=(Statement&& other) noexcept {
  std::swap(stmt_, other.stmt_);
  return *this;
}

namespace {
void check(int code) {
  if (code != SQLITE_OK) sql_failed(code, -1, sqlite3_errstr(code));
}
}  // namespace

void Statement::bind(int parameter, const Value& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value))
    bind_integer(parameter, *integer);
  else if (const auto* text = std::get_if<std::string>(&value))
    bind_text(parameter, *text);
  else
    bind_null(parameter);
}

void Statement::bind_null(int parameter) { check(sqlite3_bind_null(stmt_, parameter)); }

void Statement::bind_integer(int parameter, std::int64_t number) {
  check(sqlite3_bind_int64(stmt_, parameter, number));
}

void Statement::bind_text(int parameter, std::string_view text) {
  check(sqlite3_bind_text(stmt_, parameter, text.data(), static_cast<int>(text.size()),
                          SQLITE_STATIC));
}

bool Statement::step() {
  const int code = sqlite3_step(stmt_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  const std::string message = sqlite3_errmsg(sqlite3_db_handle(stmt_));
  sqlite3_reset(stmt_);
  sql_failed(code, -1, message);
}

// An error of the last step is told by step() alone.
void Statement::reset() { sqlite3_reset(stmt_); }

Value Statement::column(int index) const {
  switch (sqlite3_column_type(stmt_, index)) {
    case SQLITE_NULL:
      return {};
    case SQLITE_INTEGER:
      return sqlite3_column_int64(stmt_, index);
    case SQLITE_TEXT:
      return std::string(text(index));
    default:
      throw SqlFailure(
          SQLITE_MISMATCH, -1,
          fmt::format("column `{}` is a {}: values are integers and texts",
                      sqlite3_column_name(stmt_, index),
                      sqlite3_column_type(stmt_, index) == SQLITE_FLOAT ? "REAL" : "BLOB"));
  }
}

std::string_view Statement::text(int index) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(stmt_, index));
  if (bytes == nullptr) {
    if (sqlite3_errcode(sqlite3_db_handle(stmt_)) == SQLITE_NOMEM) throw OutOfMemory();
    return {};
  }
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(stmt_, index))};
}

}  // namespace pindah
