#include "oracle/inquest.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

namespace pindah {
namespace {

using Json = nlohmann::json;

// A value that stands for something, and its name.
struct Leaf {
  std::string name, text;
  auto operator<=>(const Leaf&) const = default;
};

constexpr std::size_t kMostLeaves = 4000;
constexpr int kDeepest = 8;

void collect(const Json& json, const std::string& name, int depth, std::vector<Leaf>& leaves) {
  if (depth > kDeepest || leaves.size() > kMostLeaves) return;
  if (json.is_object()) {
    for (const auto& [key, value] : json.items()) collect(value, key, depth + 1, leaves);
  } else if (json.is_array()) {
    for (const Json& value : json) collect(value, name, depth + 1, leaves);
  } else if (json.is_string()) {
    const auto& text = json.get_ref<const std::string&>();
    const bool nested = !text.empty() && (text.front() == '[' || text.front() == '{');
    const Json inner = nested ? Json::parse(text, nullptr, false) : Json();
    if (inner.is_structured()) return collect(inner, name, depth + 1, leaves);
    leaves.push_back({name, text});
  } else if (!json.is_null()) {
    leaves.push_back({name, json.dump()});
  }
}

std::vector<Leaf> leaves_of(const std::string& text) {
  std::vector<Leaf> leaves;
  collect(Json(text), {}, 0, leaves);
  std::sort(leaves.begin(), leaves.end());
  return leaves;
}

// What one of them has and the other has not.
std::vector<Leaf> only(const std::vector<Leaf>& one, const std::vector<Leaf>& other) {
  std::vector<Leaf> left;
  std::set_difference(one.begin(), one.end(), other.begin(), other.end(), std::back_inserter(left));
  return left;
}

bool is_number(const std::string& text) {
  const std::size_t digits = !text.empty() && text.front() == '-' ? 1 : 0;
  return text.size() > digits && text.find_first_not_of("0123456789", digits) == std::string::npos;
}

// Short values stand in many rows.
bool telling(const std::string& text) {
  return is_number(text) ? text.size() >= 4 : text.size() >= 3;
}

Value value_of(const std::string& text) {
  if (is_number(text) && text.size() < 19) return std::int64_t{std::stoll(text)};
  return text;
}

std::string quoted(const std::string& name) {
  std::string text = "\"";
  for (const char c : name) text += c == '"' ? std::string("\"\"") : std::string(1, c);
  return text + "\"";
}

bool mentions(const std::string& sql, const std::string& word) {
  const auto part = [](char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  for (std::size_t at = sql.find(word); at != std::string::npos; at = sql.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !part(sql[at - 1])) && (end == sql.size() || !part(sql[end]))) return true;
  }
  return false;
}

}  // namespace

Inquest::Found Inquest::find(Side side, ServiceId service, const std::string& value) const {
  const Value wanted = value_of(value);
  const auto& tables = world_.services[static_cast<std::size_t>(service)].tables[index(side)];
  for (const TableId id : tables) {
    const Table& table = world_.platforms[index(side)].tables[static_cast<std::size_t>(id)];
    for (const std::string& column : table.columns) {
      Statement look(*databases_[index(side)], fmt::format("SELECT 1 FROM {} WHERE {} = ?1 LIMIT 1",
                                                           quoted(table.name), quoted(column)));
      look.bind(1, wanted);
      if (look.step()) return {id, column};
    }
  }
  return {};
}

// A column of the table holds what was to be shown, and the destination has, for the same root,
// what was shown.
bool Inquest::changed_by(const Move& move, const MoveTable& part, Culprit& culprit,
                         const Circumstances& how) const {
  constexpr std::size_t kMostRoots = 40;
  const Side here = other(move.from);
  const Table& table =
      world_.platforms[index(move.from)].tables[static_cast<std::size_t>(part.table)];
  BoundStatement check = prepare(*databases_[index(here)], move.check, world_, constants_);
  const Value before = value_of(how.before);
  for (const std::string& column : table.columns) {
    std::vector<Value> roots;
    {
      Statement look(*databases_[index(move.from)],
                     fmt::format("SELECT DISTINCT {} FROM {} WHERE {} = ?1 ORDER BY 1 LIMIT {}",
                                 quoted(table.columns[static_cast<std::size_t>(part.column)]),
                                 quoted(table.name), quoted(column), kMostRoots));
      look.bind(1, before);
      while (look.step()) roots.push_back(look.column(0));
    }
    for (const Value& root : roots) {
      check.statement.bind(check.parameter("_key"), root);
      const bool there = check.statement.step();
      for (int i = 0; there && i < check.statement.columns(); ++i) {
        const Value is = check.statement.column(i);
        const char* name = sqlite3_column_name(check.statement.handle(), i);
        const bool same_name = column == name;
        const bool shown =
            how.after.empty() ? same_name && is_null(is) : !is_null(is) && to_text(is) == how.after;
        if (!shown) continue;
        culprit.column = name;
        culprit.link = BrokenLink::moved_wrongly;
        culprit.move = static_cast<int>(&move - world_.moves.data());
        culprit.call = -1;
        check.statement.reset();
        return true;
      }
      check.statement.reset();
    }
  }
  return false;
}

bool Inquest::changed_on_the_way(Culprit& culprit, const Circumstances& how) const {
  for (const Move& move : world_.moves) {
    if (move.service != culprit.service || move.from == *culprit.side) continue;
    for (const MoveTable& part : move.tables)
      if (part.column >= 0 && changed_by(move, part, culprit, how)) return true;
  }
  return false;
}

// The move of the service that reads the table there, or loads it here.
bool Inquest::blame_move(Culprit& culprit, Side from, const Found& there,
                         const std::string& key) const {
  const Table& table = world_.platforms[index(from)].tables[static_cast<std::size_t>(there.table)];
  for (std::size_t m = 0; m < world_.moves.size(); ++m) {
    const Move& move = world_.moves[m];
    if (move.service != culprit.service) continue;
    bool its_own = move.from == from && mentions(move.extract.sql, table.name);
    for (const MoveTable& part : move.tables)
      its_own = its_own || (move.from == from && part.table == there.table);
    for (const SqlText& load : move.load)
      its_own = its_own || (move.from != from && mentions(load.sql, table.name));
    if (!its_own) continue;
    const auto has = [&](const std::string& name) {
      return std::find(move.columns.begin(), move.columns.end(), name) != move.columns.end();
    };
    culprit.column = has(there.column) ? there.column : has(key) ? key : there.column;
    culprit.link = BrokenLink::moved_wrongly;
    culprit.move = static_cast<int>(m);
    culprit.call = -1;
    if (has(there.column) || has(key)) return true;
  }
  return culprit.move >= 0;
}

void Inquest::look(Culprit& culprit, Circumstances& how) {
  constexpr int kEnough = 3;
  if (culprit.link != BrokenLink::answered_wrongly || culprit.service < 0 || !culprit.side) return;
  const std::vector<Leaf> told = leaves_of(how.before), is = leaves_of(how.after);
  const std::vector<Leaf> wanted = only(told, is), instead = only(is, told);
  if (wanted.empty() && instead.empty()) return;
  const Leaf first = wanted.empty() ? Leaf{instead.front().name, {}} : wanted.front();
  const auto same_name = std::find_if(instead.begin(), instead.end(),
                                      [&](const Leaf& leaf) { return leaf.name == first.name; });
  how.before = first.text;
  how.after = same_name == instead.end() ? std::string() : same_name->text;
  auto& [times, found] = known_[{culprit.call, *culprit.side, first.name}];
  if (times++ >= kEnough) {
    culprit = found;
    return;
  }
  const Side here = *culprit.side;
  Culprit blamed = culprit;
  if (telling(how.before) && changed_on_the_way(blamed, how)) {
    found = culprit = blamed;
    return;
  }
  const bool there_too = telling(how.before) && find(here, culprit.service, how.before).table >= 0;
  if (!there_too && telling(how.before)) {
    const Found origin = find(other(here), culprit.service, how.before);
    if (origin.table >= 0) blame_move(blamed, other(here), origin, first.name);
  }
  if (!there_too && blamed.move < 0 && telling(how.after)) {
    const Found row = find(here, culprit.service, how.after);
    if (row.table >= 0) blame_move(blamed, here, row, first.name);
  }
  found = culprit = blamed;
}

}  // namespace pindah
