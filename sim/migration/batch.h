// Rows on their way from one platform to the other.
#pragma once

#include <vector>

#include "migration/cells.h"

namespace pindah::migration {

// Rows of one move: cells by row and column, in the order of Move::columns, the key first; and the
// keys of roots that yield no row any more.
struct Batch {
  int move = -1;
  Cells cells;
  std::vector<Value> gone;
  template <class A>
  void archive(A& a) {
    a(move, cells, gone);
  }
};

}  // namespace pindah::migration
