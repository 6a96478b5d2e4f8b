#include "sqlite/authorizer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace pindah {
namespace {

constexpr std::array<std::string_view, 8> kFunctions = {
    "random",         "randomblob",        "current_date",  "current_time",
    "load_extension", "current_timestamp", "total_changes", "fts3_tokenizer"};

bool is_forbidden_function(std::string_view name) {
  return name.starts_with("sqlite_") ||
         std::find(kFunctions.begin(), kFunctions.end(), name) != kFunctions.end();
}

// Whether one thing that SQLite asks for is to be called by a name that a person would use.
std::string_view action_name(int action) {
  switch (action) {
    case SQLITE_ATTACH:
      return "ATTACH";
    case SQLITE_DETACH:
      return "DETACH";
    case SQLITE_PRAGMA:
      return "PRAGMA";
    case SQLITE_TRANSACTION:
      return "BEGIN, COMMIT or ROLLBACK";
    case SQLITE_SAVEPOINT:
      return "SAVEPOINT";
    case SQLITE_ANALYZE:
      return "ANALYZE";
    case SQLITE_REINDEX:
      return "REINDEX";
    default:
      return "a change of the schema";
  }
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

}  // namespace

struct Audit::Watch {
  Database& db;
  std::set<std::string> tables;  // of the schema, as written there
  std::set<std::string> views;
  std::set<std::string> allowed;
  bool on = false;
  bool is_data_statement = false;
  Report report;

  explicit Watch(Database& database) : db(database) {}

  int deny(std::string sentence) {
    if (report.forbidden.empty()) report.forbidden = std::move(sentence);
    return SQLITE_DENY;
  }

  // A name that only stands for rows of the statement itself: a view (its tables are told as well),
  // or a subquery or CTE of which no column is used.
  bool is_transparent(const std::string& name, std::string_view column) const {
    if (views.contains(name)) return true;
    return column.empty() && !tables.contains(name) && !lower(name).starts_with("sqlite_") &&
           !lower(name).starts_with("pragma_");
  }

  int table(std::set<std::string>& list, const char* name, const char* column, const char* schema) {
    const std::string table_name = name ? name : "";
    const bool json = table_name == "json_each" || table_name == "json_tree";
    if (json || is_transparent(table_name, column ? column : "")) return SQLITE_OK;
    if (schema != nullptr && std::string_view(schema) == "temp") {
      return deny("temporary tables are not available");
    }
    if (!tables.contains(table_name)) return deny(fmt::format("no table `{}`", table_name));
    if (!allowed.empty() && !allowed.contains(table_name)) {
      return deny(fmt::format("table `{}` is not one of this service", table_name));
    }
    list.insert(table_name);
    return SQLITE_OK;
  }

  int function(const char* name) {
    const std::string function_name = lower(name ? name : "");
    if (function_name == "changes" || function_name == "last_insert_rowid") {
      report.uses_changes = true;
    }
    if (!is_forbidden_function(function_name)) return SQLITE_OK;
    return deny(fmt::format("`{}` is not available: use now() or draw()", function_name));
  }

  int write(const char* name, const char* column, const char* schema) {
    is_data_statement = report.writes_itself = true;
    return table(report.written, name, column, schema);
  }

  int ask(int action, const char* first, const char* second, const char* schema) {
    switch (action) {
      case SQLITE_SELECT:
        is_data_statement = true;
        return SQLITE_OK;
      case SQLITE_RECURSIVE:
        return SQLITE_OK;
      case SQLITE_READ:
        return table(report.read, first, second, schema);
      case SQLITE_INSERT:
      case SQLITE_DELETE:
        return write(first, "*", schema);
      case SQLITE_UPDATE:
        return write(first, second, schema);
      case SQLITE_FUNCTION:
        return function(second);
      default:
        return deny(fmt::format("{} is not allowed", action_name(action)));
    }
  }
};

Audit::Audit(Database& db) : watch_(std::make_unique<Watch>(db)) {
  // The first use of these reads sqlite_master; it is not to be held against a statement.
  Statement(db, "SELECT 1 FROM json_each('[]'), json_tree('[]')");
  const auto hook = [](void* self, int action, const char* first, const char* second,
                       const char* schema, const char*) noexcept {
    auto& watch = *static_cast<Watch*>(self);
    return watch.on ? watch.ask(action, first, second, schema) : SQLITE_OK;
  };
  sqlite3_set_authorizer(db.handle(), hook, watch_.get());
}

Audit::~Audit() { sqlite3_set_authorizer(watch_->db.handle(), nullptr, nullptr); }

void Audit::begin(std::set<std::string> allowed_tables) {
  watch_->on = false;
  watch_->tables.clear();
  watch_->views.clear();
  Statement names(watch_->db,
                  "SELECT name, type FROM sqlite_schema WHERE type IN ('table', 'view')");
  while (names.step()) {
    const bool is_own = !names.text(0).starts_with("sqlite_");
    if (!is_own) continue;
    (names.text(1) == "view" ? watch_->views : watch_->tables).insert(std::string(names.text(0)));
  }
  watch_->allowed = std::move(allowed_tables);
  watch_->report = {};
  watch_->is_data_statement = false;
  watch_->on = true;
}

Audit::Report Audit::end(const Statement* prepared) {
  watch_->on = false;
  if (prepared != nullptr && *prepared) {
    const bool explains = sqlite3_stmt_isexplain(prepared->handle()) != 0;
    if (explains || !watch_->is_data_statement) {
      watch_->deny("only SELECT, INSERT, UPDATE and DELETE are allowed");
    }
  }
  return std::move(watch_->report);
}

}  // namespace pindah
