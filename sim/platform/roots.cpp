#include "platform/roots.h"

#include <algorithm>

namespace pindah {

// How one move finds its roots from a changed row of one table: a column holds the root's key, or
// a query is asked with the row's own key.
struct Roots::Lookup {
  int move = -1;
  int column = -1;
  const SqlText* via = nullptr;
  mutable Statement query;  // prepared when first asked: the database has its content by then
  mutable int parameter = 0;
};

namespace {

// `:key` may stand more than once in the query, but it is one parameter.
int key_parameter(const Statement& query) {
  const int number = sqlite3_bind_parameter_index(query.handle(), ":key");
  ensure(number > 0, "a `via` query has no :key");
  return number;
}

// Rows of one aggregate mostly stand together, so most repetitions are seen here already.
void add(std::vector<RootKey>& roots, int move, const Value& key) {
  if (is_null(key)) return;
  if (!roots.empty() && roots.back().move == move && roots.back().key == key) return;
  roots.push_back({move, key});
}

}  // namespace

Roots::Roots(const World& world, Backend& origin)
    : world_(world), origin_(origin), side_(origin.side()) {
  by_table_.resize(world.platforms[index(side_)].tables.size());
  for (std::size_t m = 0; m < world.moves.size(); ++m) {
    const Move& move = world.moves[m];
    if (move.from != side_) continue;
    for (const MoveTable& table : move.tables) {
      const SqlText* via = table.via ? &*table.via : nullptr;
      by_table_[static_cast<std::size_t>(table.table)].push_back(
          {static_cast<int>(m), table.column, via, {}, 0});
    }
  }
}

Roots::~Roots() = default;

void Roots::look_up(const Lookup& lookup, std::size_t table, const RowImage& row,
                    std::vector<RootKey>& roots) const {
  if (lookup.via == nullptr)
    return add(roots, lookup.move, row[static_cast<std::size_t>(lookup.column)]);
  if (!lookup.query) {
    lookup.query = Statement(origin_.database(), lookup.via->sql);
    lookup.parameter = key_parameter(lookup.query);
  }
  const Table& described = world_.platforms[index(side_)].tables[table];
  const Value key = row[static_cast<std::size_t>(described.key.front())];
  lookup.query.bind(lookup.parameter, key);
  while (lookup.query.step()) add(roots, lookup.move, lookup.query.column(0));
  lookup.query.reset();
}

void Roots::of(const Commit& commit, std::vector<RootKey>& roots) const {
  roots.clear();
  for (std::size_t i = 0; i < commit.changes->size(); ++i) {
    const Change change = (*commit.changes)[i];
    for (const Lookup& lookup : by_table_[change.table])
      for (const RowImage& image : {change.before, change.after})
        if (!image.empty()) look_up(lookup, change.table, image, roots);
  }
  if (roots.size() < 2) return;
  std::sort(roots.begin(), roots.end());
  roots.erase(std::unique(roots.begin(), roots.end()), roots.end());
}

}  // namespace pindah
