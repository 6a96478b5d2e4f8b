#include "world/copied.h"

#include <fmt/format.h>

#include <algorithm>
#include <regex>

namespace pindah {
namespace {

constexpr const char* kWrittenOut = "a move written out in moves/forward and moves/backward";

// A column on both sides.
struct Pair {
  PerSide<std::string> name;
  bool key = false;
};

// `-- marked: ext_platform = 'tiktok'`: which rows are copied on a side that has others.
struct Mark {
  std::string column;
  std::string value;  // as it is written in SQL
  PerSide<bool> on{false, false};
};

struct Copied {
  Loading& loading;
  const SqlFile& file;
  Place place;
  PerSide<TableId> table{-1, -1};
  std::vector<Pair> pairs;  // in the order of the source's columns
  Mark mark;

  const Table& of(Side side) const {
    return loading.world.platforms[index(side)]
        .tables[static_cast<std::size_t>(table[index(side)])];
  }
  std::string key(Side side) const {
    const Table& t = of(side);
    return t.columns[static_cast<std::size_t>(t.key[0])];
  }
  void problem(const std::string& what, const std::string& expected,
               const std::string& hint = {}) const {
    loading.problems.add(place, what, expected, hint);
  }
};

// The two names of `a = b`, or of `a` alone where `alone`; a problem otherwise.
std::optional<PerSide<std::string>> names_in(Copied& c, const SqlHeader& header, bool alone) {
  static const std::regex kShape(R"((\w+)(?: = (\w+))?)");
  std::smatch match;
  if (header.value.size() <= 200 && std::regex_match(header.value, match, kShape) &&
      (alone || match[2].matched)) {
    return PerSide<std::string>{match[1], match[2].matched ? match[2] : match[1]};
  }
  c.loading.problems.add(
      header.place, "`" + header.value + "` names nothing to copy",
      alone ? "TABLE, or SOURCE_TABLE = TARGET_TABLE" : "SOURCE_COLUMN = TARGET_COLUMN");
  return {};
}

bool find_tables(Copied& c, const SqlHeader& header) {
  const auto names = names_in(c, header, true);
  if (!names) return false;
  for (const Side side : kSides) {
    c.table[index(side)] =
        need_name(c.loading, header.place, std::string("table on the ") + side_name(side),
                  (*names)[index(side)], names_of(c.loading.world.platforms[index(side)].tables));
  }
  if (c.table[0] < 0 || c.table[1] < 0) return false;
  const auto& services = c.loading.world.services;
  const PerSide<ServiceId> owner{c.of(Side::source).service, c.of(Side::target).service};
  if (owner[0] != owner[1]) {
    c.problem("`" + (*names)[0] + "` belongs to service " +
                  services[static_cast<std::size_t>(owner[0])].name + " on the source and `" +
                  (*names)[1] + "` to " + services[static_cast<std::size_t>(owner[1])].name +
                  " on the target",
              "a table moves within its service");
    return false;
  }
  for (const Side side : kSides) {
    if (c.of(side).key.size() == 1) continue;
    c.problem("the primary key of `" + c.of(side).name + "` has " +
                  std::to_string(c.of(side).key.size()) + " columns",
              std::string("one column to copy by, or ") + kWrittenOut);
    return false;
  }
  return true;
}

// `-- column: shop_id = ext_shop_id` for each that is called otherwise there.
std::map<std::string, std::string> renamed(Copied& c) {
  std::map<std::string, std::string> names;
  for (const SqlHeader& header : c.file.headers) {
    if (header.name != "column") continue;
    const auto pair = names_in(c, header, false);
    if (!pair) continue;
    for (const Side side : kSides) {
      need_name(c.loading, header.place,
                "column of " + c.of(side).name + " on the " + side_name(side), (*pair)[index(side)],
                c.of(side).columns);
    }
    if (!names.emplace((*pair)[0], (*pair)[1]).second) {
      c.loading.problems.add(header.place, "a second name for `" + (*pair)[0] + "`");
    }
  }
  return names;
}

bool read_mark(Copied& c) {
  static const std::regex kShape(R"((\w+) = ('(?:[^']|'')*'|-?\d{1,18}))");
  for (const SqlHeader& header : c.file.headers) {
    if (header.name != "marked") continue;
    std::smatch match;
    if (!c.mark.column.empty() || header.value.size() > 200 ||
        !std::regex_match(header.value, match, kShape)) {
      c.loading.problems.add(header.place, "`" + header.value + "` marks no rows",
                             "one COLUMN = 'TEXT' or COLUMN = NUMBER");
      return false;
    }
    c.mark.column = match[1];
    c.mark.value = match[2];
    for (const Side side : kSides) {
      const auto& columns = c.of(side).columns;
      c.mark.on[index(side)] =
          std::find(columns.begin(), columns.end(), c.mark.column) != columns.end();
    }
    if (c.mark.column == c.key(Side::source) || c.mark.column == c.key(Side::target)) {
      c.loading.problems.add(header.place, "`" + c.mark.column + "` is the key",
                             "a column beside the key");
      return false;
    }
    if (c.mark.on[0] || c.mark.on[1]) continue;
    std::vector<std::string> all = c.of(Side::source).columns;
    all.insert(all.end(), c.of(Side::target).columns.begin(), c.of(Side::target).columns.end());
    c.loading.problems.add(header.place, "neither table has a column `" + c.mark.column + "`",
                           "a column of either, which says whose rows are copied",
                           did_you_mean(c.mark.column, all));
    return false;
  }
  return true;
}

// Declared types by column.
std::map<std::string, std::string> types_of(Copied& c, Side side) {
  std::map<std::string, std::string> types;
  Statement list(c.loading.scratch[index(side)]->db,
                 "SELECT name, upper(type) FROM pragma_table_info(?)");
  const Value name(c.of(side).name);
  list.bind(1, name);
  while (list.step()) types[std::string(list.text(0))] = list.text(1);
  return types;
}

void missing(const Copied& c, Side has, const std::string& column, const std::string& wanted) {
  const Side lacks = other(has);
  c.problem(fmt::format("`{}` of the {} has a column `{}`, and `{}` of the {} has no `{}`",
                        c.of(has).name, side_name(has), column, c.of(lacks).name, side_name(lacks),
                        wanted),
            "the same columns on both sides, `-- column: SOURCE_NAME = TARGET_NAME`, or " +
                std::string(kWrittenOut),
            did_you_mean(wanted, c.of(lacks).columns));
}

using Types = PerSide<std::map<std::string, std::string>>;

// Two columns that are one: of the same type, and the key of one the key of the other.
void check_pair(const Copied& c, const Pair& pair, const Types& types) {
  const auto& [here, there] = pair.name;
  const auto words = [](const std::string& type) { return type.empty() ? "of no type" : type; };
  const std::string &is = types[0].at(here), &becomes = types[1].at(there);
  if (is != becomes) {
    c.problem(fmt::format("`{}` is {} on the source and `{}` is {} on the target", here, words(is),
                          there, words(becomes)),
              std::string("one type, or ") + kWrittenOut);
  }
  if (c.loading.constants.count(here) != 0) {
    c.problem("`" + here + "` is a column and a constant, a setting or a scale", "two names");
  }
  if (pair.key && there != c.key(Side::target)) {
    c.problem(fmt::format("the source's key `{}` is copied to `{}`, and the target's key is `{}`",
                          here, there, c.key(Side::target)),
              "the key of one for the key of the other");
  }
}

// Every column of the source with its own on the target, and none left over.
void pair_columns(Copied& c) {
  const auto names = renamed(c);
  const Types types{types_of(c, Side::source), types_of(c, Side::target)};
  std::set<std::string> left(c.of(Side::target).columns.begin(), c.of(Side::target).columns.end());
  if (c.mark.on[1]) left.erase(c.mark.column);
  for (const std::string& column : c.of(Side::source).columns) {
    if (c.mark.on[0] && column == c.mark.column) continue;
    const auto named = names.find(column);
    const std::string there = named == names.end() ? column : named->second;
    if (left.erase(there) == 0) {
      missing(c, Side::source, column, there);
      continue;
    }
    c.pairs.push_back({{column, there}, column == c.key(Side::source)});
    check_pair(c, c.pairs.back(), types);
  }
  for (const std::string& column : c.of(Side::target).columns) {
    if (left.count(column) != 0) missing(c, Side::target, column, column);
  }
}

// The statements of one direction.
class Writer {
 public:
  Writer(const Copied& copied, Side from) : c_(copied), from_(from), to_(other(from)) {}

  SqlFile file() const {
    SqlFile out;
    out.summary = c_.file.summary;
    const auto& service = c_.loading.world.services[static_cast<std::size_t>(c_.of(from_).service)];
    out.headers = {{"move", service.name, c_.place},
                   {"root", c_.of(from_).name + "(" + c_.key(from_) + ")", c_.place}};
    out.sections = {section("", {}),           section("extract", extract()),
                    section("load", load()),   section("delete", erase()),
                    section("check", check()), section("present", present())};
    return out;
  }

 private:
  SqlSection section(const std::string& name, const std::string& sql) const {
    SqlSection made{name, c_.place, {}};
    if (!sql.empty()) made.statements.push_back({c_.place, sql});
    return made;
  }
  std::string table(Side side) const { return quoted(c_.of(side).name); }
  std::string key(Side side) const { return quoted(c_.key(side)); }
  std::string mark(Side side, const char* before) const {
    if (!c_.mark.on[index(side)]) return {};
    return before + quoted(c_.mark.column) + " = " + c_.mark.value;
  }
  // `each` of the columns but for the key, joined; its arguments: the column here, its parameter.
  template <class Each>
  std::string columns(Side side, Each each) const {
    std::string all;
    for (const Pair& pair : c_.pairs) {
      if (pair.key) continue;
      all += (all.empty() ? "" : ", ") + each(quoted(pair.name[index(side)]), pair.name[0]);
    }
    return all;
  }
  std::string row(Side side) const {
    const std::string rest = columns(side, [](const std::string& column, const std::string& name) {
      return column == name ? column : column + " AS " + quoted(name);
    });
    return "SELECT " + key(side) + " AS _key" + (rest.empty() ? "" : ", " + rest) + " FROM " +
           table(side);
  }
  std::string range(Side side) const {
    return " WHERE " + key(side) + " BETWEEN :from AND :to" + mark(side, " AND ") + " ORDER BY " +
           key(side);
  }

  std::string extract() const { return row(from_) + range(from_); }
  std::string load() const {
    const auto plain = [](const std::string& column, const std::string&) { return column; };
    const auto value = [](const std::string&, const std::string& name) { return ":" + name; };
    const auto newer = [](const std::string& column, const std::string&) {
      return column + " = excluded." + column;
    };
    const bool marked = c_.mark.on[index(to_)];
    std::string into = key(to_), values = ":_key";
    if (marked) into += ", " + quoted(c_.mark.column), values += ", " + c_.mark.value;
    const std::string rest = columns(to_, plain);
    if (!rest.empty()) into += ", " + rest, values += ", " + columns(to_, value);
    const std::string update = columns(to_, newer);
    return "INSERT INTO " + table(to_) + " (" + into + ") VALUES (" + values + ") ON CONFLICT (" +
           key(to_) + ") DO " +
           (update.empty() ? "NOTHING" : "UPDATE SET " + update + mark(to_, " WHERE "));
  }
  std::string erase() const {
    return "DELETE FROM " + table(to_) + " WHERE " + key(to_) + " = :_key" + mark(to_, " AND ");
  }
  std::string check() const {
    return row(to_) + " WHERE " + key(to_) + " = :_key" + mark(to_, " AND ");
  }
  std::string present() const {
    return "SELECT " + key(to_) + " AS _key FROM " + table(to_) + range(to_);
  }

  // As it stands, unless SQL would take it for a word of its own.
  static std::string quoted(const std::string& name) {
    const bool word = sqlite3_keyword_check(name.c_str(), static_cast<int>(name.size())) != 0;
    return word ? "\"" + name + "\"" : name;
  }

  const Copied& c_;
  Side from_;
  Side to_;
};

// The header that names the table; nothing, and a problem, where the file says too little or more.
const SqlHeader* named_table(Loading& loading, const SqlFile& file, const Place& start) {
  const SqlHeader* found = nullptr;
  for (const SqlHeader& header : file.headers) {
    if (header.name == "column" || header.name == "marked") continue;
    if (header.name == "copied" && found == nullptr) {
      found = &header;
      continue;
    }
    loading.problems.add(header.place,
                         header.name == "copied"
                             ? "a second `copied`"
                             : "`" + header.name + "` says more than that a table is copied",
                         std::string("one table a file, or ") + kWrittenOut);
    return nullptr;
  }
  if (found == nullptr) {
    loading.problems.add(start, "the file names no table to copy", "-- copied: TABLE");
    return nullptr;
  }
  for (const SqlSection& section : file.sections) {
    if (section.statements.empty() && section.name.empty()) continue;
    loading.problems.add(section.name.empty() ? section.statements[0].place : section.place,
                         "a table that is copied as it is needs no SQL", kWrittenOut);
    return nullptr;
  }
  return found;
}

std::optional<WrittenOut> read_copied_table(Loading& loading, const std::string& name) {
  const std::string relative = "moves/both/" + name;
  const auto text = loading.files.read(relative);
  if (!text) return {};
  const Place start{loading.files.shown(relative), 1, 1};
  const SqlFile file = parse_sql_file(*text, start.file, move_headers(), move_sections());
  const SqlHeader* header = named_table(loading, file, start);
  if (header == nullptr) return {};
  if (file.summary.empty()) {
    loading.problems.add(start, "the move has no comment", "a first comment that says what it is");
    return {};
  }
  Copied copied{loading, file, header->place, {-1, -1}, {}, {}};
  const std::size_t before = loading.problems.count();
  if (!find_tables(copied, *header) || !read_mark(copied)) return {};
  pair_columns(copied);
  if (loading.problems.count() != before) return {};
  return WrittenOut{Writer(copied, Side::source).file(), Writer(copied, Side::target).file()};
}

}  // namespace

const std::vector<std::string>& move_headers() {
  static const std::vector<std::string> kHeaders{"move",   "root",   "child",  "via",
                                                 "copied", "column", "marked", "drops"};
  return kHeaders;
}

const std::vector<std::string>& move_sections() {
  static const std::vector<std::string> kSections{"extract", "load", "delete", "check", "present"};
  return kSections;
}

std::map<std::string, WrittenOut> read_copied_tables(Loading& loading) {
  std::map<std::string, WrittenOut> all;
  for (const std::string& name : move_files(loading, "moves/both")) {
    if (auto file = read_copied_table(loading, name)) all.emplace(name, std::move(*file));
  }
  return all;
}

}  // namespace pindah
