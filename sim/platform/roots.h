// Which aggregates a row change touches: the root keys of the moves that carry its table.
#pragma once

#include <memory>
#include <vector>

#include "platform/backend.h"
#include "world/world.h"

namespace pindah {

// A root of a move, by its key on the move's origin.
struct RootKey {
  int move = -1;  // into World::moves
  Value key;
  auto operator<=>(const RootKey&) const = default;
  template <class A>
  void archive(A& a) {
    a(move, key);
  }
};

// For the moves that start at one side. Reads the database for `via` tables, so it is asked right
// after the commit. `origin` outlives it, and may get its content after this was made.
class Roots {
 public:
  Roots(const World& world, Backend& origin);
  ~Roots();
  // Each root once, in order of the moves and of the keys; what `roots` held before is gone. Both
  // images of a change are looked at.
  void of(const Commit& commit, std::vector<RootKey>& roots) const;

 private:
  struct Lookup;
  void look_up(const Lookup& lookup, std::size_t table, const RowImage& row,
               std::vector<RootKey>& roots) const;
  const World& world_;
  Backend& origin_;
  Side side_;
  std::vector<std::vector<Lookup>> by_table_;
};

}  // namespace pindah
