#include "audit/book.h"

#include <algorithm>

namespace pindah::audit {

namespace {

constexpr int kLookedAt = 200;        // rows, before a column counts as one of people
constexpr std::size_t kNamed = 5000;  // roots and people that a finding keeps apart

std::vector<std::size_t> columns_of(const Database& db, const Table& table,
                                    const std::set<Value>& people) {
  Statement rows(db,
                 "SELECT " + column_list(table) + " FROM " + quoted_name(table.name) + " LIMIT ?");
  rows.bind(1, Value{std::int64_t{kLookedAt}});
  std::vector<int> held(table.columns.size());
  std::vector<bool> other(table.columns.size());
  while (rows.step())
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const int type = sqlite3_column_type(rows.handle(), static_cast<int>(i));
      if (type == SQLITE_NULL) continue;
      const bool can = type == SQLITE_TEXT || type == SQLITE_INTEGER;
      if (can && people.count(rows.column(static_cast<int>(i))) != 0)
        ++held[i];
      else
        other[i] = true;
    }
  std::vector<std::size_t> columns;
  for (std::size_t i = 0; i < held.size(); ++i)
    if (held[i] > 0 && !other[i]) columns.push_back(i);
  return columns;
}

// `orders`, `orders.paid_at` or `paid_at` for the column `orders.paid_at`.
bool covers(const std::string& what, const std::string& column) {
  if (what == column) return true;
  const std::size_t dot = column.find('.');
  return dot != std::string::npos &&
         (what == column.substr(0, dot) || what == column.substr(dot + 1));
}

}  // namespace

People::People(const World& world, const Pools& pools, const PerSide<const Database*>& contents) {
  std::set<Value> people;
  for (const Persona& persona : world.personas) {
    const auto& ids = pools[static_cast<std::size_t>(persona.who)][index(Side::source)];
    people.insert(ids.begin(), ids.end());
  }
  for (const Side side : {Side::source, Side::target})
    for (const Table& table : world.platforms[index(side)].tables)
      columns_[index(side)].push_back(columns_of(*contents[index(side)], table, people));
}

void People::of(Side side, std::size_t table, const Row& row, std::set<Value>& people) const {
  for (const std::size_t column : columns_[index(side)][table])
    if (column < row.size() && !is_null(row[column])) people.insert(row[column]);
}

Finding& Book::add(FindingKind kind, const std::string& subject, const std::string& what,
                   const std::vector<Place>& places, const Met& met) {
  const auto [at, is_new] = findings_.try_emplace({kind, subject, what});
  Finding& finding = at->second;
  if (is_new) {
    finding.kind = kind;
    finding.subject = subject;
    finding.what = what;
    finding.places = places;
    finding.key = key_text(met.key);
    finding.before = met.before;
    finding.after = met.after;
  }
  ++finding.count;
  if (!is_null(met.root) && finding.roots.size() < kNamed) finding.roots.insert(met.root);
  if (met.people != nullptr && finding.people.size() < kNamed)
    finding.people.insert(met.people->begin(), met.people->end());
  return finding;
}

std::vector<Finding*> Book::of(const std::string& subject) {
  std::vector<Finding*> found;
  for (auto& [key, finding] : findings_)
    if (finding.subject == subject) found.push_back(&finding);
  return found;
}

// Is it about a table of that service, on either platform?
bool Book::of_service(const std::string& what, ServiceId service) const {
  const std::string name = what.substr(0, what.find('.'));
  for (const Side side : {Side::source, Side::target}) {
    const TableId table = world_.table(side, name);
    const auto& tables = world_.platforms[index(side)].tables;
    if (table >= 0 && tables[static_cast<std::size_t>(table)].service == service) return true;
  }
  return false;
}

// A declaration stands in a move of the service, or in one of the files that the finding names.
const Drop* Book::drop_for(const Finding& finding) const {
  for (const Move& move : world_.moves)
    for (const Drop& drop : move.drops) {
      const bool named =
          std::any_of(finding.places.begin(), finding.places.end(),
                      [&](const Place& place) { return place.file == drop.place.file; });
      if (!covers(drop.what, finding.what)) continue;
      if (named || of_service(finding.what, move.service)) return &drop;
    }
  return nullptr;
}

std::vector<Finding> Book::findings(std::vector<const Drop*>& unused) const {
  std::vector<Finding> all;
  std::vector<const Drop*> used;
  for (const auto& [key, found] : findings_) {
    Finding finding = found;
    if (finding.count > finding.of) finding.of = 0;  // there and back are two tables
    if (const Drop* drop = drop_for(finding)) {
      used.push_back(drop);
      finding.declared = drop->reason;
      std::replace(finding.declared.begin(), finding.declared.end(), '\n', ' ');
      finding.declared_at = drop->place;
    }
    all.push_back(std::move(finding));
  }
  std::stable_partition(all.begin(), all.end(),
                        [](const Finding& finding) { return finding.declared.empty(); });
  for (const Move& move : world_.moves)
    for (const Drop& drop : move.drops)
      if (std::count(used.begin(), used.end(), &drop) == 0) unused.push_back(&drop);
  return all;
}

std::string subject_of(const World& world, const Move& move) {
  return "move " + move.name + " from " + world.platforms[index(move.from)].name;
}

std::vector<Place> places_of(const Move& move) {
  std::vector<Place> places{move.extract.place};
  for (const SqlText& text : move.load) places.push_back(text.place);
  return places;
}

void append(std::vector<Place>& places, const std::vector<Place>& more) {
  places.insert(places.end(), more.begin(), more.end());
}

std::int64_t Report::undeclared() const {
  return std::count_if(findings.begin(), findings.end(),
                       [](const Finding& finding) { return finding.declared.empty(); });
}

}  // namespace pindah::audit
