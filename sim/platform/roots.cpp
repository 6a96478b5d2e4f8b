#include "platform/roots.h"

#include <algorithm>

namespace pindah {

// How one move finds its roots from a changed row of one table: a column holds the root's key, or
// a query is asked with the row's own key.
struct Roots::Lookup {
  int move = -1;
  int column = -1;
  mutable Statement query;  // stepping it changes nothing that can be seen
  int parameter = 0;
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

Roots::Roots(const World& world, Backend& origin) : world_(world), side_(origin.side()) {
  by_table_.resize(world.platforms[index(side_)].tables.size());
  for (std::size_t m = 0; m < world.moves.size(); ++m) {
    const Move& move = world.moves[m];
    if (move.from != side_) continue;
    for (const MoveTable& table : move.tables) {
      Lookup lookup{static_cast<int>(m), table.column, {}, 0};
      if (table.via) {
        lookup.query = Statement(origin.database(), table.via->sql);
        lookup.parameter = key_parameter(lookup.query);
      }
      by_table_[static_cast<std::size_t>(table.table)].push_back(std::move(lookup));
    }
  }
}

Roots::~Roots() = default;

void Roots::of(const Commit& commit, std::vector<RootKey>& roots) const {
  roots.clear();
  const std::vector<Table>& tables = world_.platforms[index(side_)].tables;
  for (const Change& change : *commit.changes) {
    for (const Lookup& lookup : by_table_[change.table]) {
      for (const std::vector<Value>* image : {&change.before, &change.after}) {
        if (image->empty()) continue;
        if (!lookup.query) {
          add(roots, lookup.move, (*image)[static_cast<std::size_t>(lookup.column)]);
          continue;
        }
        const int key_column = tables[change.table].key.front();
        lookup.query.bind(lookup.parameter, (*image)[static_cast<std::size_t>(key_column)]);
        while (lookup.query.step()) add(roots, lookup.move, lookup.query.column(0));
        lookup.query.reset();
      }
    }
  }
  if (roots.size() < 2) return;
  std::sort(roots.begin(), roots.end());
  roots.erase(std::unique(roots.begin(), roots.end()), roots.end());
}

}  // namespace pindah
