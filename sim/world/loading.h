// What the parts of the loader share while they read one world. Private to sim/world.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/yaml.h"
#include "sqlite/authorizer.h"
#include "sqlite/database.h"
#include "world/files.h"
#include "world/limits.h"
#include "world/sql_file.h"
#include "world/world.h"

namespace pindah {

constexpr std::array<Side, 2> kSides{Side::source, Side::target};
constexpr const char* side_name(Side side) { return side == Side::source ? "source" : "target"; }

// A database with one platform's schema and nothing in it.
struct Scratch {
  SqlContext context{Draws(1), IdStyle::integer, 0, {}};
  Database db;
  std::unique_ptr<Audit> audit;
};

// What must be true of a statement beside being SQL.
struct StatementRules {
  Side side = Side::source;
  ServiceId service = -1;  // it touches tables of this service only; -1: of any
  bool writes = true;      // it may
};

// What preparing a statement showed.
struct StatementFacts {
  std::vector<std::string> columns;
  std::set<std::string> parameters;  // names without the colon
  Audit::Report report;
};

// A call while both of its files are read; parallel to World::calls.
struct CallNotes {
  PerSide<Place> file;
  PerSide<std::map<std::string, Place>> parameters;  // slots only, and where each stands first
  PerSide<std::vector<std::string>> columns;
};

struct Loading {
  Loading(const std::string& folder, Problems& all) : problems(all), files(folder, all) {}

  World world;
  Problems& problems;
  WorldFiles files;
  PerSide<std::unique_ptr<Scratch>> scratch;  // empty until the schema has run
  Constants constants;
  std::set<std::string> filled;  // names of slots that something fills
  std::vector<CallNotes> calls;
  PerSide<std::set<std::pair<TableId, std::string>>> indexed;  // columns that lead an index
  std::vector<std::vector<Yaml>> hidden;                       // by page
  std::vector<Yaml> ignored;                                   // columns of world.yaml's `ignore`
};

// The slot of that name, made when it is new.
SlotId slot_of(Loading& loading, const std::string& name);
// The same, remembering that something fills it.
SlotId filled_slot(Loading& loading, const std::string& name);

// Index of `name` in `names`; -1 and a problem ("there is no page `x`", did you mean …) if it is
// not among them.
int need_name(Loading& loading, const Place& place, const std::string& kind,
              const std::string& name, const std::vector<std::string>& names);

template <class List>
std::vector<std::string> names_of(const List& list) {
  std::vector<std::string> names;
  for (const auto& item : list) names.push_back(item.name);
  return names;
}

// A name as it may stand in SQL and YAML: a letter or `_`, then letters, digits or `_`.
bool is_name(std::string_view text);
// Reports what is no name; `kind` says what should have been one.
bool check_name(Loading& loading, const Yaml& key, const std::string& kind);

// Reports entries of a list or of a map beyond a limit, at the first one too many: "9 promises",
// "at most 8".
void check_count(Loading& loading, const std::vector<Yaml>& items, const Limit& limit);
void check_count(Loading& loading, const std::vector<std::pair<Yaml, Yaml>>& entries,
                 const Limit& limit);

// Values of YAML with units. A mistake is reported and gives nothing.
std::optional<Micros> duration(Loading& loading, const Yaml& yaml);
std::optional<Micros> duration(Loading& loading, YamlMap& map, std::string_view key, bool needed);
std::optional<std::int64_t> millionths(Loading& loading, const Yaml& yaml);
std::vector<Yaml> items(Loading& loading, const Yaml& yaml, const std::string& what);
// A text that must be there.
std::optional<Yaml> need_text(Loading& loading, YamlMap& map, std::string_view key);

// A YAML file of the world's folder.
std::optional<Yaml> read_yaml(Loading& loading, const std::string& name);

// Prepares the statement on the scratch database of its side. Nothing after a reported problem.
std::optional<StatementFacts> examine(Loading& loading, const SqlText& text,
                                      const StatementRules& rules);
// Where `word` stands as a word of its own, from `from` on; npos if nowhere.
std::size_t find_word(const std::string& text, const std::string& word, std::size_t from = 0);
// Where `:name` stands first in a statement.
Place parameter_place(const SqlText& text, const std::string& name);
// Reports every parameter that is neither a constant nor one of `known`.
void check_parameters(Loading& loading, const SqlText& text, const StatementFacts& facts,
                      const std::vector<std::string>& known, const std::string& expected);
// The tables that a statement reads from one end to the other.
std::set<std::string> scans(Loading& loading, const SqlText& text, Side side);
// Reports a plan that scans a table; `root` and `column` name the index that a root would need.
void check_plan(Loading& loading, const SqlText& text, Side side, const std::string& root = {},
                const std::string& column = {});
// The one statement of a file of truth, which is nothing but a SELECT from tables; its facts too.
std::optional<SqlText> read_select(Loading& loading, const std::string& file, Side side,
                                   StatementFacts& facts, ServiceId service = -1);

// The parts, in the order in which they run.
// And scale, services, pools. False when a schema or a service is at fault: the rest
// would only repeat it.
bool read_platforms(Loading& loading, YamlMap& world);
void read_calls(Loading& loading);                       // calls/SERVICE/CALL.sql
void name_ledgers(Loading& loading, YamlMap& actors);    // so that pages can use them
void read_settings(Loading& loading, YamlMap& actors);   // before any statement
void read_choices(Loading& loading, YamlMap& shoppers);  // before the pages
void read_pages(Loading& loading, YamlMap& world);
void read_actors(Loading& loading, YamlMap& actors);
void read_shoppers(Loading& loading, YamlMap& shoppers);
void read_promises(Loading& loading, YamlMap& promises);
// `NAME: KIND(FACT, …)`, of these kinds. They outlive the world.
void read_anomaly(Loading& loading, const Yaml& name, const Yaml& value,
                  std::span<const AnomalyRow> kinds = anomaly_kinds());
void read_moves(Loading& loading);
void read_compliance(Loading& loading);
void read_budgets(Loading& loading);
void check_slots(Loading& loading);  // that every parameter of a call is filled by something
void fill_shown(Loading& loading);   // what pages show, tokens and ignored columns apart

}  // namespace pindah
