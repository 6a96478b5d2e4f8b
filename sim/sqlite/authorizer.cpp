#include "sqlite/authorizer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
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

// What SQLite asks leave for, by the name that a person would use.
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
  std::map<std::string, std::string> tables;  // of the schema: lower case, as written there
  std::set<std::string> views;                // lower case
  std::set<std::string> modules;              // names of virtual tables that need no CREATE
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
  // or a subquery or CTE of which no column is used. `name` is in lower case.
  bool is_transparent(const std::string& name, std::string_view column) const {
    if (views.contains(name)) return true;
    return column.empty() && !tables.contains(name) && !modules.contains(name) &&
           !name.starts_with("sqlite_") && !name.starts_with("pragma_");
  }

  // Where no column is used, SQLite tells the name as the statement spells it.
  int table(std::set<std::string>& list, const char* name, const char* column, const char* schema) {
    const std::string key = lower(name ? name : "");
    if (key == "json_each" || key == "json_tree") return SQLITE_OK;
    if (views.contains(key)) report.views.insert(key);
    if (is_transparent(key, column ? column : "")) return SQLITE_OK;
    if (schema != nullptr && std::string_view(schema) == "temp") {
      return deny("temporary tables are not available");
    }
    if (key == "sqlite_master" || key == "sqlite_schema")
      return deny("the schema is for schema.sql alone: no CREATE, DROP or ALTER here");
    const auto found = tables.find(key);
    if (found == tables.end()) return deny(fmt::format("no table `{}`", name ? name : ""));
    if (!allowed.empty() && !allowed.contains(found->second)) {
      return deny(fmt::format("table `{}` is not one of this service", found->second));
    }
    list.insert(found->second);
    return SQLITE_OK;
  }

  int function(const char* name) {
    const std::string_view function_name = name ? name : "";
    if (function_name == "changes" || function_name == "last_insert_rowid") {
      report.uses_changes = true;
    }
    if (!is_forbidden_function(function_name)) return SQLITE_OK;
    const bool draws = function_name != "load_extension" && function_name != "fts3_tokenizer" &&
                       !function_name.starts_with("sqlite_");
    return deny(fmt::format("`{}` is not available{}", function_name,
                            draws ? ": use now() or draw()" : ""));
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
    try {
      return watch.on ? watch.ask(action, first, second, schema) : SQLITE_OK;
    } catch (const std::bad_alloc&) {
      return SQLITE_DENY;
    }
  };
  sqlite3_set_authorizer(db.handle(), hook, watch_.get());
}

Audit::~Audit() { sqlite3_set_authorizer(watch_->db.handle(), nullptr, nullptr); }

void Audit::begin(std::set<std::string> allowed_tables) {
  watch_->on = false;
  watch_->tables.clear();
  watch_->views.clear();
  Statement names(watch_->db,
                  "SELECT name, type = 'view' FROM sqlite_schema"
                  " WHERE type IN ('table', 'view') AND name NOT GLOB 'sqlite_*'");
  while (names.step()) {
    const std::string name(names.text(0));
    if (names.integer(1) == 1) watch_->views.insert(lower(name));
    if (names.integer(1) == 0) watch_->tables[lower(name)] = name;
  }
  Statement modules(watch_->db, "SELECT lower(name) FROM pragma_module_list");
  while (modules.step()) watch_->modules.emplace(modules.text(0));
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
