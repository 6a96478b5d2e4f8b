// world.yaml: platforms with their schemas, scale, services, pools.
#include <algorithm>
#include <regex>

#include "world/loading.h"
#include "world/prepare.h"

namespace pindah {
namespace {

constexpr std::int64_t kMostConstant = 4'000'000'000'000'000'000;  // twice of it is too large
constexpr int kMostSteps = 20;  // of a million VDBE instructions: a schema that computes is refused

// Only what makes up a schema; the rest belongs in populate.sql or nowhere.
bool is_schema_statement(const std::string& sql) {
  static const std::regex kAllowed(R"(^create\s+(unique\s+index|table|index|view|trigger)\s[^]*)",
                                   std::regex::icase);
  return std::regex_match(sql.substr(0, 40), kAllowed);
}

struct StepLimit {
  Database& db;
  int left = kMostSteps;
  explicit StepLimit(Database& d) : db(d) {
    sqlite3_progress_handler(
        db.handle(), 1'000'000,
        [](void* self) { return --static_cast<StepLimit*>(self)->left < 0 ? 1 : 0; }, this);
  }
  ~StepLimit() { sqlite3_progress_handler(db.handle(), 0, nullptr, nullptr); }
};

bool run_schema(Loading& loading, Scratch& scratch, const SqlText& schema) {
  const StepLimit limit(scratch.db);
  bool good = true;
  for (const SqlText& text : split_statements(schema)) {
    if (!is_schema_statement(text.sql)) {
      loading.problems.add(text.place, "a schema holds no such statement",
                           "CREATE TABLE, INDEX, VIEW or TRIGGER");
      good = false;
      continue;
    }
    try {
      Statement statement(scratch.db, text.sql);
      while (statement.step()) {
      }
    } catch (const SqlFailure& failure) {
      loading.problems.add(place_in(text, failure.offset), failure.what());
      good = false;
    }
  }
  return good;
}

// Others write these names into SQL of their own.
void check_plain_names(Loading& loading, const SqlText& schema, const Table& table) {
  std::vector<std::string> names = table.columns;
  names.push_back(table.name);
  for (const std::string& name : names) {
    if (is_name(name)) continue;
    loading.problems.add({schema.place.file, 0, 0},
                         "`" + name + "` is not a name for a table or a column",
                         "letters, digits and `_`, at most 64, no digit first");
  }
}

void read_table(Loading& loading, Side side, Scratch& scratch, const std::string& name) {
  Platform& platform = loading.world.platforms[index(side)];
  const auto id = static_cast<TableId>(platform.tables.size());
  Table table;
  table.name = name;
  Statement columns(scratch.db, "SELECT name, pk, type FROM pragma_table_info(?) ORDER BY cid");
  const Value bound_name(name);
  columns.bind(1, bound_name);
  std::vector<std::pair<std::int64_t, int>> key;
  while (columns.step()) {
    const int column = static_cast<int>(table.columns.size());
    table.columns.emplace_back(columns.text(0));
    if (columns.integer(1) > 0) key.emplace_back(columns.integer(1), column);
  }
  std::sort(key.begin(), key.end());
  check_plain_names(loading, platform.schema, table);
  for (const auto& part : key) table.key.push_back(part.second);
  if (table.key.empty()) {
    loading.problems.add({platform.schema.place.file, 0, 0},
                         "table `" + name + "` has no primary key",
                         "a primary key, by which rows are followed");
  } else {
    // The primary key leads its own index, or is the rowid itself.
    loading.indexed[index(side)].emplace(id,
                                         table.columns[static_cast<std::size_t>(key[0].second)]);
  }
  Statement indexes(scratch.db,
                    "SELECT i.name FROM pragma_index_list(?) l, pragma_index_info(l.name) i "
                    "WHERE i.seqno = 0 AND l.partial = 0 AND i.name IS NOT NULL");
  indexes.bind(1, bound_name);
  while (indexes.step()) loading.indexed[index(side)].emplace(id, std::string(indexes.text(0)));
  platform.tables.push_back(std::move(table));
}

// A scratch database with the schema; its tables go into the platform.
void make_scratch(Loading& loading, Side side) {
  Platform& platform = loading.world.platforms[index(side)];
  auto scratch = std::make_unique<Scratch>();
  scratch->context.ids = platform.ids;
  scratch->context.east_s = platform.east_s;
  add_functions(scratch->db, scratch->context);
  const bool good = run_schema(loading, *scratch, platform.schema);
  std::vector<std::string> names;
  Statement list(scratch->db,
                 "SELECT name FROM sqlite_master WHERE type = 'table' "
                 "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name");
  while (list.step()) names.emplace_back(list.text(0));
  if (std::ssize(names) > limit::kTables.most) {
    loading.problems.add({platform.schema.place.file, 0, 0},
                         std::to_string(names.size()) + " " + std::string(limit::kTables.what),
                         "at most " + std::to_string(limit::kTables.most));
  }
  for (const std::string& name : names) read_table(loading, side, *scratch, name);
  if (!good) return;
  scratch->audit = std::make_unique<Audit>(scratch->db);
  loading.scratch[index(side)] = std::move(scratch);
}

// `+07:00`
void read_time_zone(Loading& loading, const Yaml& yaml, Platform& platform) {
  static const std::regex kShape(R"(([+-])(\d\d):([0-5]\d))");
  const std::string text = yaml.is_scalar() ? yaml.text() : "";
  std::smatch match;
  if (text.size() == 6 && std::regex_match(text, match, kShape)) {
    const std::int64_t s = std::stoi(match[2]) * 3600 + std::stoi(match[3]) * 60;
    platform.east_s = match[1] == "+" ? s : -s;
    if (s <= 14 * 3600) return;
  }
  loading.problems.add(yaml.place, "`" + text + "` is not a time zone",
                       "such as +07:00, at most 14 hours from UTC");
}

void read_platform(Loading& loading, Side side, const Yaml& yaml) {
  Platform& platform = loading.world.platforms[index(side)];
  YamlMap map(yaml, "a platform", loading.problems);
  const auto folder = need_text(loading, map, "folder");
  if (const auto name = need_text(loading, map, "name")) platform.name = name->text();
  map.need("ids");
  if (const auto style = map.word("ids", {"snowflake", "integer"})) {
    platform.ids = *style == 0 ? IdStyle::snowflake : IdStyle::integer;
  }
  if (const auto zone = map.get("time_zone")) read_time_zone(loading, *zone, platform);
  map.finish();
  if (!folder) return;
  platform.folder = folder->text();
  const std::string schema = folder->text() + "/schema.sql";
  const std::string populate = folder->text() + "/populate.sql";
  if (const auto text = loading.files.read(populate, folder->place)) {
    platform.populate = {{loading.files.shown(populate), 1, 1}, *text};
  }
  if (const auto text = loading.files.read(schema, folder->place)) {
    platform.schema = {{loading.files.shown(schema), 1, 1}, *text};
    make_scratch(loading, side);
  }
}

void claim_tables(Loading& loading, Side side, ServiceId id, const std::vector<Yaml>& names) {
  World& world = loading.world;
  auto& tables = world.platforms[index(side)].tables;
  for (const Yaml& name : names) {
    const int found = need_name(loading, name.place, std::string("table on the ") + side_name(side),
                                name.text(), names_of(tables));
    if (found < 0) continue;
    Table& table = tables[static_cast<std::size_t>(found)];
    if (table.service >= 0) {
      loading.problems.add(name.place, "table `" + table.name + "` is in two services",
                           "one owner: it is in " +
                               world.services[static_cast<std::size_t>(table.service)].name +
                               " already");
      continue;
    }
    table.service = id;
    world.services[static_cast<std::size_t>(id)].tables[index(side)].push_back(found);
  }
}

void read_services(Loading& loading, YamlMap& world_map) {
  World& world = loading.world;
  const auto yaml = world_map.need("services");
  if (!yaml) return;
  YamlMap services(*yaml, "services", loading.problems);
  const auto entries = services.entries();
  check_count(loading, entries, limit::kServices);
  for (const auto& [name, value] : entries) {
    if (!check_name(loading, name, "a service")) continue;
    world.services.push_back({name.text(), {}});
    const auto id = static_cast<ServiceId>(world.services.size()) - 1;
    YamlMap map(value, "a service", loading.problems);
    for (const Side side : kSides) {
      map.need(side_name(side));
      claim_tables(loading, side, id, map.list(side_name(side)));
    }
    map.finish();
  }
  for (const Side side : kSides) {
    for (const Table& table : world.platforms[index(side)].tables) {
      if (table.service >= 0) continue;
      loading.problems.add(
          yaml->place, "table `" + table.name + "` of the " + side_name(side) + " is in no service",
          "each table in exactly one service");
    }
  }
}

// Where a schema creates the table; its start if nowhere.
Place create_place(const SqlText& schema, const std::string& table) {
  for (const SqlText& text : split_statements(schema)) {
    if (find_word(text.sql.substr(0, text.sql.find('(')), table) != std::string::npos)
      return text.place;
  }
  return schema.place;
}

void check_foreign_keys(Loading& loading, Side side) {
  Scratch* scratch = loading.scratch[index(side)].get();
  const World& world = loading.world;
  const Platform& platform = world.platforms[index(side)];
  for (const Table& table : platform.tables) {
    Statement list(scratch->db, "SELECT DISTINCT \"table\" FROM pragma_foreign_key_list(?)");
    const Value bound_name(table.name);
    list.bind(1, bound_name);
    while (list.step()) {
      const std::string to(list.text(0));
      const TableId other_id = world.table(side, to);
      if (other_id < 0 || table.service < 0) continue;
      const ServiceId owner = platform.tables[static_cast<std::size_t>(other_id)].service;
      if (owner == table.service || owner < 0) continue;
      loading.problems.add(create_place(platform.schema, table.name),
                           "a foreign key of `" + table.name + "` leads to `" + to +
                               "` of service " +
                               world.services[static_cast<std::size_t>(owner)].name,
                           "no foreign key between services: they may live on different platforms");
    }
  }
}

void read_pools(Loading& loading, YamlMap& world_map) {
  const auto yaml = world_map.need("pools");
  if (!yaml) return;
  YamlMap pools(*yaml, "pools", loading.problems);
  for (const auto& [name, value] : pools.entries()) {
    if (!check_name(loading, name, "a pool")) continue;
    Pool pool;
    pool.name = name.text();
    pool.slot = slot_of(loading, pool.name);
    YamlMap map(value, "a pool", loading.problems);
    for (const Side side : kSides) {
      const auto text = need_text(loading, map, side_name(side));
      if (!text) continue;
      // The text stands after its quote.
      SqlText sql{text->place, text->text()};
      if (text->node.Tag() == "!") ++sql.place.column;
      if (const auto facts = examine(loading, sql, {side, -1, false})) {
        check_parameters(loading, sql, *facts, {}, "a setting or a scale");
        if (facts->columns.size() != 1) {
          loading.problems.add(sql.place, "a pool has one column", "SELECT id FROM … ORDER BY …");
        }
      }
      pool.sql[index(side)] = sql;
    }
    map.finish();
    loading.world.pools.push_back(std::move(pool));
  }
}

void read_partitions(Loading& loading, YamlMap& world_map) {
  loading.world.partitions = {{"shopper", loading.world.slot_buyer}};
  const auto yaml = world_map.get("partitions");
  if (!yaml) return;
  YamlMap map(*yaml, "partitions", loading.problems);
  const auto entries = map.entries();
  check_count(loading, entries, limit::kPartitions);
  for (const auto& [name, slot] : entries) {
    if (!check_name(loading, name, "a partition")) continue;
    if (name.text() == "shopper" || name.text() == "request")
      loading.problems.add(name.place, "`" + name.text() + "` is always there");
    else
      loading.world.partitions.push_back({name.text(), slot_of(loading, slot.text())});
  }
}

void read_scale(Loading& loading, YamlMap& world_map) {
  const auto yaml = world_map.get("scale");
  if (!yaml) return;
  YamlMap map(*yaml, "scale", loading.problems);
  for (const auto& entry : map.entries()) {
    if (!check_name(loading, entry.first, "a scale")) continue;
    const std::string name = entry.first.text();
    if (loading.constants.count(name) != 0) {
      loading.problems.add(entry.first.place, "`" + name + "` is a setting already", "two names");
    }
    if (const auto value = map.integer(name, 0, 100'000'000)) {
      loading.world.scale[name] = *value;
      loading.constants[name] = *value;
    }
  }
}

void read_constants(Loading& loading, YamlMap& world_map) {
  const auto yaml = world_map.get("constants");
  if (!yaml) return;
  YamlMap map(*yaml, "constants", loading.problems);
  for (const auto& entry : map.entries()) {
    if (!check_name(loading, entry.first, "a constant")) continue;
    const std::string name = entry.first.text();
    if (loading.constants.count(name) != 0) {
      loading.problems.add(entry.first.place, "`" + name + "` is a setting or a scale already",
                           "two names");
    }
    if (const auto value = map.integer(name, -kMostConstant, kMostConstant)) {
      loading.world.constants[name] = *value;
      loading.constants[name] = *value;
    }
  }
}

void check_populate(Loading& loading, Side side) {
  for (const SqlText& text : split_statements(loading.world.platforms[index(side)].populate)) {
    if (const auto facts = examine(loading, text, {side, -1, true})) {
      check_parameters(loading, text, *facts, {}, "a scale or a setting");
    }
  }
}

}  // namespace

bool read_platforms(Loading& loading, YamlMap& world_map) {
  read_scale(loading, world_map);
  read_constants(loading, world_map);
  if (const auto yaml = world_map.need("platforms")) {
    YamlMap map(*yaml, "platforms", loading.problems);
    for (const Side side : kSides) {
      if (const auto platform = map.need(side_name(side))) {
        read_platform(loading, side, *platform);
      }
    }
    map.finish();
  }
  if (loading.scratch[0] == nullptr || loading.scratch[1] == nullptr) return false;
  const std::size_t before = loading.problems.count();
  read_services(loading, world_map);
  if (loading.problems.count() != before) return false;
  for (const Side side : kSides) check_foreign_keys(loading, side);
  if (loading.problems.count() != before) return false;
  for (const Side side : kSides) check_populate(loading, side);
  read_pools(loading, world_map);
  read_partitions(loading, world_map);
  return true;
}

}  // namespace pindah
