// The oracle's own reads while a life goes on: truth SQL on the live databases.
#pragma once

#include <map>
#include <vector>

#include "oracle/cases.h"
#include "oracle/promises.h"
#include "oracle/stock_oracle.h"
#include "world/prepare.h"

namespace pindah {

// The canonical status text as an index into Promise::ranks, or -1.
int rank_of(const Promise& promise, const Value& status);

// The statement as one that can stand in parentheses: no semicolon, no comment at its end.
SqlText as_subquery(const SqlText& text);

class LiveTruth {
 public:
  // `databases` outlive it; statements stay prepared. Throws WorldFault.
  LiveTruth(const World& world, const Constants& constants, const PerSide<Database*>& databases);

  // Every promise and all stock, as populate left them.
  void read_opening(Promises& promises, StockOracle& goods);
  // The status rank of a promise that is keyed by idem, on one side; -1: not there, or unknown.
  int rank(Side side, PromiseId promise, std::int64_t idem);
  // What truth says there of one promise.
  SeenRow row(Side side, PromiseId promise, std::string_view witness);

 private:
  void read_promises(Side side, PromiseId promise, Promises& promises);
  void read_stock(Side side, StockOracle& goods);

  const World& world_;
  const Constants& constants_;
  PerSide<Database*> databases_;
  PerSide<std::vector<BoundStatement>> rows_;        // by promise; prepared when first asked
  PerSide<std::vector<BoundStatement>> by_witness_;  // by promise; empty where there is no status
};

}  // namespace pindah
