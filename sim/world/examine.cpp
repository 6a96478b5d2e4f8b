// Statements on the scratch databases: what they touch, give and need.
#include <algorithm>
#include <cctype>

#include "world/loading.h"
#include "world/prepare.h"

namespace pindah {
namespace {

bool word_char(char c) { return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0; }

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

// The name that a message of SQLite's is about ("no such table: ordres"), and where it was looked
// for.
struct Unknown {
  std::string name;
  bool table = false;
};

std::optional<Unknown> unknown_name(const std::string& message) {
  static constexpr std::array<std::pair<std::string_view, bool>, 3> kHeads{
      {{"no such table: ", true}, {"no such column: ", false}, {" has no column named ", false}}};
  for (const auto& [head, table] : kHeads) {
    const std::size_t at = message.find(head);
    if (at == std::string::npos) continue;
    std::string name = message.substr(at + head.size());
    if (const std::size_t dot = name.rfind('.'); dot != std::string::npos) name.erase(0, dot + 1);
    return Unknown{name, table};
  }
  return {};
}

void report_failure(Loading& loading, Side side, const SqlText& text, const SqlFailure& failure) {
  const auto unknown = unknown_name(failure.what());
  if (!unknown) return loading.problems.add(place_in(text, failure.offset), failure.what());
  const auto& tables = loading.world.platforms[index(side)].tables;
  std::set<std::string> names;
  for (const Table& table : tables) {
    if (unknown->table) names.insert(table.name);
    if (!unknown->table) names.insert(table.columns.begin(), table.columns.end());
  }
  // SQLite tells the place of some unknown names only.
  const std::size_t at = find_word(text.sql, unknown->name);
  const int offset =
      failure.offset < 0 && at != std::string::npos ? static_cast<int>(at) : failure.offset;
  loading.problems.add(place_in(text, offset), failure.what(), {},
                       did_you_mean(unknown->name, {names.begin(), names.end()}));
}

void check_refuse(Loading& loading, const SqlText& text) {
  const std::string sql = lower(text.sql);
  for (std::size_t at = find_word(sql, "refuse"); at != std::string::npos;
       at = find_word(sql, "refuse", at + 1)) {
    std::size_t end = at;
    while (end > 0 && std::isspace(static_cast<unsigned char>(sql[end - 1])) != 0) --end;
    std::size_t start = end;
    while (start > 0 && word_char(sql[start - 1])) --start;
    const std::string before = sql.substr(start, end - start);
    static constexpr std::array kConditions{"where", "and", "or", "on", "having", "not", "by"};
    if (std::find(kConditions.begin(), kConditions.end(), before) == kConditions.end()) continue;
    loading.problems.add(place_in(text, static_cast<int>(at)), "refuse() stands in a condition",
                         "SELECT refuse('…') WHERE …: in a SELECT list it fires last");
  }
}

void check_service(Loading& loading, const SqlText& text, const StatementRules& rules,
                   const Audit::Report& report) {
  if (rules.service < 0) return;
  std::set<std::string> touched = report.read;
  touched.insert(report.written.begin(), report.written.end());
  const World& world = loading.world;
  for (const std::string& name : touched) {
    const TableId table = world.table(rules.side, name);
    if (table < 0) continue;
    const auto owner = world.platforms[index(rules.side)].tables[static_cast<std::size_t>(table)];
    if (owner.service == rules.service || owner.service < 0) continue;
    const std::size_t at = find_word(lower(text.sql), lower(name));
    loading.problems.add(place_in(text, at == std::string::npos ? -1 : static_cast<int>(at)),
                         "`" + name + "` belongs to service " +
                             world.services[static_cast<std::size_t>(owner.service)].name,
                         "tables of service " +
                             world.services[static_cast<std::size_t>(rules.service)].name +
                             " only: the two may live on different platforms");
  }
}

void check_report(Loading& loading, const SqlText& text, const StatementRules& rules,
                  const Audit::Report& report) {
  if (!rules.writes && report.writes_itself) {
    loading.problems.add(text.place, "the statement writes", "a SELECT");
  }
  if (report.uses_changes) {
    loading.problems.add(text.place, "changes() and last_insert_rowid() remember other calls",
                         "a value read from the call's own tables");
  }
  check_service(loading, text, rules, report);
  check_refuse(loading, text);
}

StatementFacts facts_of(const Statement& statement, Audit::Report report) {
  StatementFacts facts;
  facts.report = std::move(report);
  sqlite3_stmt* stmt = statement.handle();
  for (int i = 0; i < statement.columns(); ++i) {
    facts.columns.emplace_back(sqlite3_column_name(stmt, i));
  }
  for (int i = 1; i <= sqlite3_bind_parameter_count(stmt); ++i) {
    const char* name = sqlite3_bind_parameter_name(stmt, i);
    facts.parameters.insert(name != nullptr && name[0] == ':' ? name + 1 : "");
  }
  return facts;
}

}  // namespace

std::size_t find_word(const std::string& text, const std::string& word, std::size_t from) {
  for (std::size_t at = text.find(word, from); at != std::string::npos;
       at = text.find(word, at + 1)) {
    const bool starts = at == 0 || !word_char(text[at - 1]);
    const std::size_t end = at + word.size();
    if (starts && (end == text.size() || !word_char(text[end]))) return at;
  }
  return std::string::npos;
}

std::optional<StatementFacts> examine(Loading& loading, const SqlText& text,
                                      const StatementRules& rules) {
  Scratch* scratch = loading.scratch[index(rules.side)].get();
  scratch->audit->begin();
  try {
    std::string_view rest;
    const Statement statement(scratch->db, text.sql, &rest);
    Audit::Report report = scratch->audit->end(&statement);
    if (!report.forbidden.empty()) {
      loading.problems.add(text.place, report.forbidden);
      return {};
    }
    const std::size_t before = loading.problems.count();
    if (const std::size_t more = rest.find_first_not_of(" \t\r\n;"); more != rest.npos) {
      loading.problems.add(place_in(text, static_cast<int>(text.sql.size() - rest.size() + more)),
                           "something follows the statement", "one statement");
    }
    check_report(loading, text, rules, report);
    StatementFacts facts = facts_of(statement, std::move(report));
    if (facts.parameters.count("") != 0) {
      loading.problems.add(text.place, "a parameter without a name", "`:name`");
    }
    if (loading.problems.count() != before) return {};
    return facts;
  } catch (const SqlFailure& failure) {
    const Audit::Report report = scratch->audit->end();
    if (report.forbidden.empty()) {
      report_failure(loading, rules.side, text, failure);
    } else {
      loading.problems.add(place_in(text, failure.offset), report.forbidden);
    }
    return {};
  }
}

Place parameter_place(const SqlText& text, const std::string& name) {
  const std::size_t at = find_word(text.sql, name);
  for (std::size_t from = at; from != std::string::npos;
       from = find_word(text.sql, name, from + 1)) {
    if (from > 0 && text.sql[from - 1] == ':') return place_in(text, static_cast<int>(from) - 1);
  }
  return text.place;
}

void check_parameters(Loading& loading, const SqlText& text, const StatementFacts& facts,
                      const std::vector<std::string>& known, const std::string& expected) {
  for (const std::string& name : facts.parameters) {
    if (loading.constants.count(name) != 0) continue;
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    std::vector<std::string> all = known;
    for (const auto& constant : loading.constants) all.push_back(constant.first);
    loading.problems.add(parameter_place(text, name), "nothing gives `:" + name + "`", expected,
                         did_you_mean(name, all));
  }
}

namespace {

// The table that a plan's name stands for: itself, or what the text gives that alias to; or empty.
std::string table_of_alias(const Loading& loading, Side side, const std::string& sql,
                           const std::string& alias) {
  for (const Table& table : loading.world.platforms[index(side)].tables) {
    if (lower(table.name) == lower(alias)) return table.name;
    for (std::size_t at = find_word(sql, lower(table.name)); at != std::string::npos;
         at = find_word(sql, lower(table.name), at + 1)) {
      std::size_t next = sql.find_first_not_of(" \t\r\n", at + table.name.size());
      if (next != std::string::npos && sql.compare(next, 3, "as ") == 0) next += 3;
      if (next != std::string::npos && find_word(sql, lower(alias), next) == next) {
        return table.name;
      }
    }
  }
  return {};
}

// The statement in lower case, and the definitions of the views that it reads: what a plan's names
// stand for may be said there.
std::string with_views(const Database& db, const std::string& sql) {
  std::string all = lower(sql);
  Statement views(db, "SELECT lower(name), lower(sql) FROM sqlite_schema WHERE type = 'view'");
  std::vector<std::pair<std::string, std::string>> left;
  while (views.step()) left.emplace_back(views.text(0), views.text(1));
  while (true) {
    const auto used = std::find_if(left.begin(), left.end(), [&](const auto& view) {
      return find_word(all, view.first) != std::string::npos;
    });
    if (used == left.end()) return all;
    all += "\n" + used->second;
    left.erase(used);
  }
}

// The name in "SCAN x", "SCAN x USING COVERING INDEX y"; empty for what is no scan of a table.
std::string scanned(const std::string& detail) {
  if (detail.rfind("SCAN ", 0) != 0 || detail.find("VIRTUAL TABLE") != std::string::npos) return {};
  const std::string rest = detail.substr(5);
  if (rest == "CONSTANT ROW" || rest[0] == '(') return {};
  return rest.substr(0, rest.find(' '));
}

}  // namespace

std::set<std::string> scans(Loading& loading, const SqlText& text, Side side) {
  std::set<std::string> tables;
  const std::string sql = with_views(loading.scratch[index(side)]->db, text.sql);
  Statement plan(loading.scratch[index(side)]->db, "EXPLAIN QUERY PLAN " + text.sql);
  while (plan.step()) {
    const std::string alias = scanned(std::string(plan.text(3)));
    if (alias.empty()) continue;
    const std::string table = table_of_alias(loading, side, sql, alias);
    if (!table.empty()) tables.insert(table);
  }
  return tables;
}

void check_plan(Loading& loading, const SqlText& text, Side side, const std::string& root,
                const std::string& column) {
  for (const std::string& table : scans(loading, text, side)) {
    const std::string index =
        table == root ? root + "(" + column + ")" : table + " by what it is looked up by";
    loading.problems.add(text.place, "the plan scans the whole table `" + table + "`",
                         "a search: an index on " + index);
  }
}

std::optional<SqlText> read_select(Loading& loading, const std::string& file, Side side,
                                   StatementFacts& facts, ServiceId service) {
  const auto text = loading.files.read(file);
  if (!text) return {};
  const SqlFile sql = parse_sql_file(*text, loading.files.shown(file), {}, {});
  const auto& statements = sql.sections.front().statements;
  if (statements.size() != 1) {
    loading.problems.add({loading.files.shown(file), 1, 1},
                         "the file has " + std::to_string(statements.size()) + " statements",
                         "one SELECT");
    return {};
  }
  const auto found = examine(loading, statements[0], {side, service, false});
  if (!found) return {};
  for (const std::string& view : found->report.views) {
    const std::size_t at = find_word(lower(statements[0].sql), view);
    loading.problems.add(
        place_in(statements[0], at == std::string::npos ? -1 : static_cast<int>(at)),
        "truth reads the view `" + view + "`",
        "tables: what calls and moves make of a row is no evidence of it");
  }
  facts = *found;
  check_parameters(loading, statements[0], facts, {}, "a setting or a scale");
  return statements[0];
}

}  // namespace pindah
