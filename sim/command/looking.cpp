#include "command/looking.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "report/columns.h"
#include "report/report.h"

namespace pindah {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostRows = 500;
constexpr std::size_t kWidest = 60;   // columns of the terminal for one value
constexpr int kLookForStop = 10'000;  // instructions of SQLite's machine

int stopped(void* flag) { return static_cast<const std::atomic<bool>*>(flag)->load() ? 1 : 0; }

std::string bytes_text(const void* bytes, int size) {
  std::string text = "x'";
  for (int i = 0; i < size; ++i)
    text += fmt::format("{:02x}", static_cast<const unsigned char*>(bytes)[i]);
  return text + "'";
}

std::string value_text(sqlite3_stmt* row, int i) {
  if (sqlite3_column_type(row, i) == SQLITE_NULL) return "NULL";
  if (sqlite3_column_type(row, i) == SQLITE_BLOB)
    return bytes_text(sqlite3_column_blob(row, i), sqlite3_column_bytes(row, i));
  const void* text = sqlite3_column_text(row, i);
  return {static_cast<const char*>(text), static_cast<std::size_t>(sqlite3_column_bytes(row, i))};
}

Json value_json(sqlite3_stmt* row, int i) {
  switch (sqlite3_column_type(row, i)) {
    case SQLITE_NULL:
      return nullptr;
    case SQLITE_INTEGER:
      return sqlite3_column_int64(row, i);
    case SQLITE_FLOAT:
      return sqlite3_column_double(row, i);
    default:
      return value_text(row, i);
  }
}

std::string cell(std::string text) {
  text = plain_text(text);
  if (width_of(text) <= kWidest) return text;
  while (width_of(text) >= kWidest) {
    text.pop_back();
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80)
      text.pop_back();
  }
  return text + "…";
}

std::string line_of(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i)
    line += (i > 0 ? "  " : "") + (i + 1 < cells.size() ? padded(cells[i], widths[i]) : cells[i]);
  return line + "\n";
}

std::vector<std::string> names_of(sqlite3_stmt* statement) {
  std::vector<std::string> names;
  for (int i = 0; i < sqlite3_column_count(statement); ++i)
    names.emplace_back(plain_text(sqlite3_column_name(statement, i)));
  return names;
}

std::string table_of(Statement& statement) {
  std::vector<std::vector<std::string>> rows{names_of(statement.handle())};
  std::size_t more = 0;
  while (statement.step()) {
    if (rows.size() > kMostRows) {
      ++more;
      continue;
    }
    std::vector<std::string>& row = rows.emplace_back();
    for (int i = 0; i < statement.columns(); ++i)
      row.push_back(cell(value_text(statement.handle(), i)));
  }
  std::vector<std::size_t> widths(rows.front().size());
  for (const auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  std::string text;
  for (const auto& row : rows) text += line_of(row, widths);
  if (rows.size() == 1) text += "no rows\n";
  if (more > 0) text += fmt::format("and {} rows more\n", more);
  return text;
}

std::string lines_of(Statement& statement) {
  const std::vector<std::string> names = names_of(statement.handle());
  std::string text;
  while (statement.step()) {
    Json row = Json::object();
    for (int i = 0; i < statement.columns(); ++i)
      row[names[static_cast<std::size_t>(i)]] = value_json(statement.handle(), i);
    text += row.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  }
  return text;
}

// Of a byte in the text.
Place place_of(const std::string& sql, std::size_t at) {
  const auto begin = sql.begin(), end = sql.begin() + static_cast<std::ptrdiff_t>(at);
  const std::size_t line = sql.rfind('\n', at == 0 ? 0 : at - 1);
  const bool first = at == 0 || line == std::string::npos;
  return {"SQL", 1 + static_cast<int>(std::count(begin, end, '\n')),
          1 + static_cast<int>(first ? at : at - line - 1)};
}

}  // namespace

Looking::Looking(const Database& database, const std::atomic<bool>& stop)
    : database_(database), stop_(stop) {
  sqlite3_progress_handler(database_.handle(), kLookForStop, stopped,
                           const_cast<std::atomic<bool>*>(&stop_));
}

Looking::~Looking() { sqlite3_progress_handler(database_.handle(), 0, nullptr, nullptr); }

void Looking::run(const std::string& sql, bool json, std::string& out, Problems& problems) const {
  std::string_view rest = sql;
  while (!rest.empty()) {
    const std::size_t blank = std::min(rest.find_first_not_of(" \t\r\n"), rest.size());
    const std::size_t begun = static_cast<std::size_t>(rest.data() - sql.data()) + blank;
    rest.remove_prefix(blank);
    try {
      std::string_view tail;
      Statement statement(database_, rest, &tail);
      rest = tail;
      if (!statement) continue;
      if (sqlite3_stmt_readonly(statement.handle()) == 0) {
        problems.add(place_of(sql, begun), "the statement changes something",
                     "a SELECT: both lives are only looked at");
        return;
      }
      out += json ? lines_of(statement) : table_of(statement);
    } catch (const SqlFailure& failure) {
      if (stop_) return;
      const std::size_t at = begun + static_cast<std::size_t>(std::max(failure.offset, 0));
      problems.add(place_of(sql, std::min(at, sql.size())), failure.what());
      return;
    }
  }
}

}  // namespace pindah
