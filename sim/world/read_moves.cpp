// moves/forward, moves/backward, and what moves/both stands for.
#include <algorithm>
#include <regex>

#include "world/copied.h"
#include "world/prepare.h"

namespace pindah {
namespace {

// One move while its file is read.
struct MoveReading {
  Loading& loading;
  Move& move;
  Place file;
  const Side from;
  const Side to;

  const Platform& origin() const { return loading.world.platforms[index(from)]; }
};

const SqlHeader* header(const SqlFile& sql, const std::string& name) {
  for (const SqlHeader& h : sql.headers)
    if (h.name == name) return &h;
  return nullptr;
}

// A table of the move's service on the origin, by name.
TableId origin_table(MoveReading& r, const Place& place, const std::string& name) {
  const TableId id = need_name(r.loading, place, std::string("table on the ") + side_name(r.from),
                               name, names_of(r.origin().tables));
  if (id < 0 || r.move.service < 0) return id;
  if (r.origin().tables[static_cast<std::size_t>(id)].service == r.move.service) return id;
  r.loading.problems.add(
      place, "table `" + name + "` is not of service " +
                 r.loading.world.services[static_cast<std::size_t>(r.move.service)].name);
  return -1;
}

// `orders(id)`
void read_table_column(MoveReading& r, const SqlHeader& header) {
  static const std::regex kShape(R"((\w+)\((\w+)\))");
  std::smatch match;
  if (header.value.size() > 200 || !std::regex_match(header.value, match, kShape)) {
    r.loading.problems.add(header.place, "`" + header.value + "` is not a " + header.name,
                           "TABLE(COLUMN)");
    return;
  }
  const TableId table = origin_table(r, header.place, match[1]);
  if (table < 0) return;
  const auto& columns = r.origin().tables[static_cast<std::size_t>(table)].columns;
  const int column =
      need_name(r.loading, header.place, "column of " + match[1].str(), match[2], columns);
  if (column < 0) return;
  if (header.name == "root") {
    r.move.root_table = match[1];
    r.move.root_column = match[2];
  }
  if (r.loading.indexed[index(r.from)].count({table, match[2]}) == 0) {
    r.loading.problems.add(header.place, "`" + header.value + "` has no index",
                           "an index on " + header.value);
  }
  r.move.tables.push_back({table, column, {}});
}

// `package SELECT order_id FROM package_order WHERE package_id = :key`
void read_via(MoveReading& r, const SqlHeader& header) {
  const std::size_t space = header.value.find_first_of(" \n");
  const TableId table = origin_table(r, header.place, header.value.substr(0, space));
  if (table < 0) return;
  if (space == std::string::npos) {
    r.loading.problems.add(header.place, "`via` has no query", "TABLE SELECT … WHERE … = :key");
    return;
  }
  SqlText query{header.place, header.value.substr(space + 1)};
  query.place.column += static_cast<int>(space) + 1;
  const auto facts = examine(r.loading, query, {r.from, r.move.service, false});
  if (!facts) return;
  check_parameters(r.loading, query, *facts, {"key"}, "`:key`, the table's primary key");
  if (facts->columns.size() != 1) {
    r.loading.problems.add(query.place, "a `via` query has one column", "the root's key");
  }
  if (r.origin().tables[static_cast<std::size_t>(table)].key.empty()) {
    r.loading.problems.add(header.place, "a `via` table needs a primary key",
                           "a PRIMARY KEY: `:key` is its first column");
  }
  check_plan(r.loading, query, r.from);
  r.move.tables.push_back({table, -1, query});
}

// `paid_at, the target keeps no second date`
void read_drop(MoveReading& r, const SqlHeader& header) {
  const std::size_t comma = header.value.find(',');
  const std::size_t reason = header.value.find_first_not_of(" \n", comma + 1);
  if (comma == std::string::npos || comma == 0 || reason == std::string::npos) {
    r.loading.problems.add(header.place, "`drops` gives no reason",
                           "COLUMN, or TABLE.COLUMN, or TABLE; a comma; why that is meant");
    return;
  }
  r.move.drops.push_back(
      {header.value.substr(0, comma), header.value.substr(reason), header.place});
}

bool read_headers(MoveReading& r, const SqlFile& sql) {
  const SqlHeader* service = header(sql, "move");
  const SqlHeader* root = header(sql, "root");
  if (service == nullptr || root == nullptr) {
    r.loading.problems.add(r.file, "the move has no `-- move:` or no `-- root:`",
                           "-- move: SERVICE and -- root: TABLE(COLUMN)");
    return false;
  }
  r.move.service = need_name(r.loading, service->place, "service", service->value,
                             names_of(r.loading.world.services));
  read_table_column(r, *root);
  for (const SqlHeader& h : sql.headers) {
    if (h.name == "child") read_table_column(r, h);
    if (h.name == "via") read_via(r, h);
    if (h.name == "drops") read_drop(r, h);
    if ((h.name == "move" && &h != service) || (h.name == "root" && &h != root)) {
      r.loading.problems.add(h.place, "a second `" + h.name + "`");
    }
  }
  return r.move.service >= 0 && !r.move.root_table.empty();
}

// The statements of a section; a problem when there are none, or several where one is wanted.
std::vector<SqlText> section(MoveReading& r, const SqlFile& sql, const std::string& name,
                             bool one) {
  const SqlSection* found = sql.section(name);
  if (found == nullptr || found->statements.empty()) {
    r.loading.problems.add(found != nullptr ? found->place : r.file,
                           "the move has no `-- " + name + ":`");
    return {};
  }
  if (one && found->statements.size() != 1) {
    r.loading.problems.add(found->place, "`" + name + "` is one statement");
    return {};
  }
  return found->statements;
}

void check_key(MoveReading& r, const SqlText& text) {
  Scratch& scratch = *r.loading.scratch[index(r.from)];
  const Statement statement(scratch.db, text.sql);
  const char* table = sqlite3_column_table_name(statement.handle(), 0);
  const char* column = sqlite3_column_origin_name(statement.handle(), 0);
  const std::string wanted = r.move.root_table + "." + r.move.root_column;
  if (table != nullptr && column != nullptr && wanted == std::string(table) + "." + column) return;
  r.loading.problems.add(text.place, "`_key` is not the bare column " + wanted,
                         "SELECT … " + r.move.root_column + " AS _key: anything else scans");
}

// Rows of a table that is no part of the move may change without the move being run again.
void check_reads(MoveReading& r, const SqlText& text, const Audit::Report& report) {
  std::vector<std::string> own;
  for (const MoveTable& part : r.move.tables) {
    own.push_back(r.origin().tables[static_cast<std::size_t>(part.table)].name);
  }
  for (const std::string& name : report.read) {
    if (r.loading.world.table(r.from, name) < 0) continue;
    if (std::find(own.begin(), own.end(), name) != own.end()) continue;
    r.loading.problems.add(text.place,
                           "extract reads `" + name + "`, which is not part of the move",
                           "a `-- child:` or `-- via:` of it: its changes would be missed");
  }
}

void read_extract(MoveReading& r, const SqlFile& sql) {
  const auto texts = section(r, sql, "extract", true);
  if (texts.empty()) return;
  r.move.extract = texts[0];
  const auto facts = examine(r.loading, texts[0], {r.from, r.move.service, false});
  if (!facts) return;
  check_parameters(r.loading, texts[0], *facts, {"from", "to"}, "`:from` and `:to`, the range");
  for (const char* bound : {"from", "to"}) {
    if (facts->parameters.count(bound) == 0) {
      r.loading.problems.add(texts[0].place, std::string("extract does not use `:") + bound + "`",
                             "… WHERE key BETWEEN :from AND :to");
    }
  }
  r.move.columns = facts->columns;
  if (facts->columns.empty() || facts->columns[0] != "_key") {
    r.loading.problems.add(texts[0].place, "the first column of extract is not `_key`");
    return;
  }
  for (std::size_t i = 0; i < facts->columns.size(); ++i) {
    const std::string& column = facts->columns[i];
    const auto first = std::find(facts->columns.begin(), facts->columns.end(), column);
    if (!is_name(column) || r.loading.constants.count(column) != 0 ||
        first - facts->columns.begin() != static_cast<std::ptrdiff_t>(i)) {
      r.loading.problems.add(texts[0].place, "the column `" + column + "` has no name of its own",
                             "… AS name, and no name of a setting or a scale");
    }
  }
  check_key(r, texts[0]);
  check_reads(r, texts[0], facts->report);
  check_plan(r.loading, texts[0], r.from, r.move.root_table, r.move.root_column);
}

// Statements on the destination.
std::vector<SqlText> read_there(MoveReading& r, const SqlFile& sql, const std::string& name,
                                bool one, const std::vector<std::string>& known,
                                const std::string& expected, std::set<std::string>& used,
                                std::vector<std::string>& columns) {
  const auto texts = section(r, sql, name, one);
  for (const SqlText& text : texts) {
    const auto facts = examine(r.loading, text, {r.to, r.move.service, !one});
    if (!facts) continue;
    check_parameters(r.loading, text, *facts, known, expected);
    check_plan(r.loading, text, r.to);
    used.insert(facts->parameters.begin(), facts->parameters.end());
    columns = facts->columns;
  }
  return texts;
}

void read_load(MoveReading& r, const SqlFile& sql) {
  std::set<std::string> used;
  std::vector<std::string> columns;
  const std::size_t before = r.loading.problems.count();
  r.move.load =
      read_there(r, sql, "load", false, r.move.columns, "a column of extract", used, columns);
  if (r.move.load.empty() || r.loading.problems.count() != before) return;
  for (const std::string& column : r.move.columns) {
    if (used.count(column) != 0) continue;
    r.loading.problems.add(r.move.extract.place,
                           "extract gives `" + column + "` and no statement of load uses it",
                           "`:" + column + "` in load, or no such column");
  }
}

void read_rest(MoveReading& r, const SqlFile& sql) {
  std::set<std::string> used;
  std::vector<std::string> columns;
  r.move.erase = read_there(r, sql, "delete", false, {"_key"}, "`:_key`", used, columns);
  columns.clear();
  const auto check = read_there(r, sql, "check", true, {"_key"}, "`:_key`", used, columns);
  if (!check.empty()) r.move.check = check[0];
  for (const std::string& column : columns) {
    if (r.move.columns.empty()) break;
    if (std::find(r.move.columns.begin(), r.move.columns.end(), column) == r.move.columns.end()) {
      r.loading.problems.add(check[0].place, "check gives `" + column + "`, which extract lacks",
                             {}, did_you_mean(column, r.move.columns));
    }
  }
  columns.clear();
  const auto present =
      read_there(r, sql, "present", true, {"from", "to"}, "`:from` and `:to`", used, columns);
  if (present.empty()) return;
  r.move.present = present[0];
  if (!columns.empty() && columns != std::vector<std::string>{"_key"}) {
    r.loading.problems.add(present[0].place, "present gives one column, `_key`");
  }
}

// What a move says, as it stands in its file or as it was written out for it.
void read_move(Loading& loading, Move move, const SqlFile& sql, const Place& file) {
  MoveReading r{loading, move, file, move.from, other(move.from)};
  move.summary = sql.summary;
  if (sql.summary.empty()) {
    loading.problems.add(r.file, "the move has no comment",
                         "a first comment that says what it does");
  }
  if (!sql.sections.front().statements.empty()) {
    loading.problems.add(sql.sections.front().statements.front().place,
                         "a statement before the first section", "`-- extract:` above it");
  }
  if (!read_headers(r, sql)) return;
  read_extract(r, sql);
  read_load(r, sql);
  read_rest(r, sql);
  loading.world.moves.push_back(std::move(move));
}

const char* folder_of(Side from) {
  return from == Side::source ? "moves/forward" : "moves/backward";
}

void read_written_move(Loading& loading, Side from, const std::string& name) {
  const std::string relative = std::string(folder_of(from)) + "/" + name;
  const auto text = loading.files.read(relative);
  if (!text) return;
  const Place file{loading.files.shown(relative), 1, 1};
  const SqlFile sql = parse_sql_file(*text, file.file, move_headers(), move_sections());
  for (const SqlHeader& h : sql.headers) {
    if (h.name != "copied" && h.name != "column" && h.name != "marked") continue;
    loading.problems.add(h.place, "`" + h.name + "` is for what moves both ways",
                         "a file of moves/both, for both directions");
    return;
  }
  read_move(loading, {.name = move_name(name), .from = from}, sql, file);
}

// The moves of one direction, those of moves/both among them, in the order of their file names.
void read_direction(Loading& loading, Side from, const std::map<std::string, WrittenOut>& both) {
  std::map<std::string, const WrittenOut*> files;
  for (const auto& [name, file] : both) files[name] = &file;
  for (const std::string& name : move_files(loading, folder_of(from))) {
    if (files.emplace(name, nullptr).second) continue;
    loading.problems.add({loading.files.shown(std::string(folder_of(from)) + "/" + name), 1, 1},
                         "moves/both has a move `" + move_name(name) + "` already", "two names");
  }
  for (const auto& [name, copied] : files) {
    if (copied == nullptr) {
      read_written_move(loading, from, name);
      continue;
    }
    read_move(loading, {.name = move_name(name), .from = from, .copied = true},
              (*copied)[index(from)], {loading.files.shown("moves/both/" + name), 1, 1});
  }
}

// A table is copied by one move alone.
void check_copied_once(Loading& loading) {
  const World& world = loading.world;
  for (const Move& copied : world.moves) {
    if (!copied.copied) continue;
    for (const Move& move : world.moves) {
      if (&move == &copied || move.from != copied.from) continue;
      if (move.copied && move.name > copied.name) continue;  // told by the later of the two
      for (const MoveTable& part : move.tables) {
        if (part.table != copied.tables[0].table || part.column < 0) continue;
        loading.problems.add(copied.extract.place,
                             "`" + copied.root_table + "` of the " + side_name(copied.from) +
                                 " is in the move `" + move.name + "` already",
                             "one move a table");
      }
    }
  }
}

// Every table of a service that moves is seen by a move in each direction.
void check_coverage(Loading& loading, Side from) {
  const World& world = loading.world;
  std::set<ServiceId> moving;
  std::set<TableId> seen;
  for (const Move& move : world.moves) {
    moving.insert(move.service);
    if (move.from != from) continue;
    for (const MoveTable& part : move.tables) seen.insert(part.table);
  }
  for (const ServiceId service : moving) {
    for (const TableId table :
         world.services[static_cast<std::size_t>(service)].tables[index(from)]) {
      if (seen.count(table) != 0) continue;
      const auto& name = world.platforms[index(from)].tables[static_cast<std::size_t>(table)].name;
      loading.problems.add({loading.files.shown(folder_of(from)), 0, 0},
                           "table `" + name + "` of the " + side_name(from) +
                               " is in no move, and its service moves",
                           "a `-- root:`, `-- child:` or `-- via:` of a move, or a `-- copied:`");
    }
  }
}

}  // namespace

std::vector<std::string> move_files(Loading& loading, const std::string& folder) {
  std::vector<std::string> names;
  for (const std::string& name : loading.files.list(folder)) {
    if (name.size() >= 5 && name.ends_with(".sql")) {
      names.push_back(name);
      continue;
    }
    loading.problems.add({loading.files.shown(folder + "/" + name), 0, 0},
                         "no move can have that file name", "NAME.sql");
  }
  return names;
}

std::string move_name(const std::string& file) { return file.substr(0, file.size() - 4); }

void read_moves(Loading& loading) {
  const std::size_t before = loading.problems.count();
  const auto both = read_copied_tables(loading);
  for (const Side from : kSides) read_direction(loading, from, both);
  if (loading.problems.count() != before) return;  // a move that was not read leaves gaps
  check_copied_once(loading);
  for (const Side from : kSides) check_coverage(loading, from);
}

}  // namespace pindah
