// The facts in the final databases, read anew through truth SQL.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sqlite/database.h"
#include "world/prepare.h"

namespace pindah {

// A promise's row in a final database.
struct FinalRow {
  int count = 0;  // rows with this witness
  int rank = -1;
  std::vector<std::string> fixed;
  Value root;
};
// A ledger's fact in a final database.
struct FinalMoney {
  std::string ref;
  std::int64_t amount = 0;
  std::string state;
  Value root;
};

struct Finals {
  // By promise, side, witness.
  std::vector<PerSide<std::map<std::string, FinalRow>>> rows;
  // By ledger, side, witness: several where it was charged several times.
  std::vector<PerSide<std::map<std::int64_t, std::vector<FinalMoney>>>> money;
  PerSide<std::map<std::string, std::int64_t>> available, units;  // by item

  const FinalRow* row(PromiseId promise, Side side, const std::string& witness) const;
  const std::vector<FinalMoney>* payments(LedgerId ledger, Side side, std::int64_t witness) const;
};

// Reads both databases through truth SQL. Throws WorldFault.
Finals read_finals(const World& world, const Constants& constants,
                   const PerSide<Database*>& databases);

}  // namespace pindah
