// calls/SERVICE/CALL.sql of both platforms.
#include <fmt/format.h>

#include <algorithm>

#include "world/loading.h"

namespace pindah {
namespace {

constexpr std::size_t kMostStatements = 40;

// Filled in every page, so a platform may do without them.
bool always_filled(const std::string& name) {
  return name == "home" || name == "front" || name == "at";
}

std::string calls_folder(const Loading& loading, Side side) {
  return loading.world.platforms[index(side)].folder + "/calls";
}

// "orders.place" of every file that is there.
std::set<std::string> find_calls(Loading& loading, Side side) {
  std::set<std::string> names;
  const std::string folder = calls_folder(loading, side);
  for (const std::string& service : loading.files.list(folder)) {
    const Place place{loading.files.shown(folder + "/" + service), 0, 0};
    if (need_name(loading, place, "service", service, names_of(loading.world.services)) < 0) {
      continue;
    }
    for (const std::string& file : loading.files.list(folder + "/" + service)) {
      const std::size_t dot = file.rfind('.');
      const std::string stem = file.substr(0, dot);
      if (dot == std::string::npos || file.substr(dot) != ".sql" || !is_name(stem)) {
        loading.problems.add({place.file + "/" + file, 0, 0}, "no call can have that file name",
                             "NAME.sql");
        continue;
      }
      names.insert(service + "." + stem);
    }
  }
  return names;
}

void note_parameters(Loading& loading, Side side, CallNotes& notes, const SqlText& text,
                     const StatementFacts& facts) {
  for (const std::string& name : facts.parameters) {
    if (loading.constants.count(name) != 0) continue;
    slot_of(loading, name);
    notes.parameters[index(side)].emplace(name, parameter_place(text, name));
  }
}

bool check_columns(Loading& loading, const SqlText& text, const std::vector<std::string>& columns) {
  if (columns.empty()) {
    loading.problems.add(text.place, "the last statement gives no columns",
                         "a SELECT, or RETURNING: the answer of the call");
    return false;
  }
  std::set<std::string> seen;
  for (const std::string& column : columns) {
    if (!is_name(column)) {
      loading.problems.add(text.place, "the column `" + column + "` has no name of its own",
                           "… AS name");
    } else if (!seen.insert(column).second) {
      loading.problems.add(text.place, "two columns are called `" + column + "`");
    }
  }
  return true;
}

// A table may be small for good, so that this is no mistake; one that grows makes the call slower
// than what it is rehearsed for, and nobody would see why.
void warn_of_scans(Loading& loading, Side side, const SqlText& text) {
  for (const std::string& table : scans(loading, text, side))
    loading.world.warnings.push_back({text.place,
                                      "the call reads the whole table `" + table + "`",
                                      "an index on what it is looked up by, unless it stays small",
                                      {},
                                      {}});
}

// Prepares every statement of one file; true when nothing was wrong.
bool examine_body(Loading& loading, Side side, Call& call, CallNotes& notes) {
  CallBody& body = call.body[index(side)];
  const std::size_t before = loading.problems.count();
  for (std::size_t i = 0; i < body.statements.size(); ++i) {
    const SqlText& text = body.statements[i];
    const auto facts = examine(loading, text, {side, call.service, true});
    if (!facts) continue;
    call.writes = call.writes || facts->report.writes_itself;
    note_parameters(loading, side, notes, text, *facts);
    warn_of_scans(loading, side, text);
    if (i + 1 < body.statements.size()) continue;
    if (check_columns(loading, text, facts->columns)) notes.columns[index(side)] = facts->columns;
  }
  if (!body.replay) return loading.problems.count() == before;
  if (const auto facts = examine(loading, *body.replay, {side, call.service, false})) {
    note_parameters(loading, side, notes, *body.replay, *facts);
    const auto& columns = notes.columns[index(side)];
    if (!columns.empty() && facts->columns != columns) {
      loading.problems.add(body.replay->place,
                           fmt::format("the replay gives {}, not the answer's columns",
                                       fmt::join(facts->columns, ", ")),
                           fmt::format("{}", fmt::join(columns, ", ")));
    }
  }
  return loading.problems.count() == before;
}

void read_body(Loading& loading, Side side, Call& call, CallNotes& notes) {
  std::string relative = calls_folder(loading, side) + "/" + call.name;
  relative.replace(relative.size() - call.name.size() + call.name.find('.'), 1, "/");
  relative += ".sql";
  const Place file{loading.files.shown(relative), 1, 1};
  notes.file[index(side)] = file;
  const auto text = loading.files.read(relative);
  if (!text) return;
  const SqlFile sql = parse_sql_file(*text, file.file, {}, {"replay", "do"});
  if (sql.summary.empty()) {
    loading.problems.add(file, "the call has no comment", "a first comment that says what it does");
  }
  if (call.summary.empty()) call.summary = sql.summary;
  CallBody& body = call.body[index(side)];
  const SqlSection* replay = sql.section("replay");
  const SqlSection* main = sql.section("do");
  if (main == nullptr) main = &sql.sections.front();
  if (main != &sql.sections.front() && !sql.sections.front().statements.empty()) {
    loading.problems.add(sql.sections.front().statements.front().place,
                         "a statement before the first section",
                         "`-- replay:` or `-- do:` above it");
  }
  if (replay != nullptr && replay->statements.size() != 1) {
    loading.problems.add(replay->place, "a replay is one statement", "one SELECT");
  } else if (replay != nullptr) {
    body.replay = replay->statements.front();
  }
  body.statements = main->statements;
  if (body.statements.empty() || body.statements.size() > kMostStatements) {
    loading.problems.add(main->place, "a call has 1 to 40 statements");
    return;
  }
  examine_body(loading, side, call, notes);
}

// One contract: the same columns, and the same parameters apart from what is always filled.
void compare_sides(Loading& loading, const Call& call, const CallNotes& notes) {
  const auto& columns = notes.columns;
  if (!columns[0].empty() && !columns[1].empty() && columns[0] != columns[1]) {
    loading.problems.add(
        call.body[1].statements.back().place,
        fmt::format("{} answers {} on the target", call.name, fmt::join(columns[1], ", ")),
        fmt::format("{}, as on the source", fmt::join(columns[0], ", ")));
  }
  if (call.body[0].statements.empty() || call.body[1].statements.empty()) return;
  for (const Side side : kSides) {
    for (const auto& [name, place] : notes.parameters[index(side)]) {
      if (always_filled(name) || notes.parameters[index(other(side))].count(name) != 0) continue;
      loading.problems.add(place,
                           call.name + " takes `:" + name + "` on the " + side_name(side) + " only",
                           "the same parameters on both platforms");
    }
  }
}

}  // namespace

void read_calls(Loading& loading) {
  std::set<std::string> names;
  for (const Side side : kSides) names.merge(find_calls(loading, side));
  for (const std::string& name : names) {
    Call call;
    CallNotes notes;
    call.name = name;
    call.service = loading.world.service(name.substr(0, name.find('.')));
    const std::size_t before = loading.problems.count();
    for (const Side side : kSides) read_body(loading, side, call, notes);
    if (loading.problems.count() == before) compare_sides(loading, call, notes);
    for (const std::string& column :
         notes.columns[0].empty() ? notes.columns[1] : notes.columns[0]) {
      call.results.push_back(filled_slot(loading, column));
    }
    loading.world.calls.push_back(std::move(call));
    loading.calls.push_back(std::move(notes));
  }
}

}  // namespace pindah
