// The facts in the final databases, read anew through truth SQL.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "base/texts.h"
#include "platform/observer.h"
#include "sqlite/database.h"
#include "world/prepare.h"

namespace pindah {

// A promise's row in a final database. EndState keeps its texts.
struct FinalRow {
  int count = 0;  // rows with this witness
  int rank = -1;
  std::int64_t units = -1;  // the truth's `qty`; -1: it has none
  std::span<const std::string_view> fixed;
  std::variant<std::monostate, std::int64_t, std::string_view> root;

  Value root_value() const;
};
// A ledger's fact in a final database.
struct FinalMoney {
  std::string ref;
  std::int64_t amount = 0;
  std::string state;
  std::string by;  // the method; empty: the truth does not say
  Value root;
};

class EndState {
 public:
  // Reads both databases through truth SQL: every promise and stock, and the money of the run and
  // of `entries`. Throws WorldFault.
  EndState(const World& world, const Constants& constants, const PerSide<Database*>& databases,
           const std::vector<LedgerEntry>& entries);

  // What it knows of a promise or a charge; null: nothing.
  const FinalRow* row(PromiseId promise, Side side, std::string_view witness) const;
  const std::vector<FinalMoney>* payments(LedgerId ledger, Side side, std::int64_t witness) const;

  using Money = std::map<std::int64_t, std::vector<FinalMoney>>;  // by witness
  const Money& money(LedgerId ledger, Side side) const;
  // Of an item; 0: no row.
  std::int64_t available(Side side, const std::string& item) const;
  std::int64_t units(Side side, const std::string& item) const;

 private:
  using Rows = std::unordered_map<std::string_view, FinalRow>;
  using Units = std::map<std::string, std::int64_t>;  // by item
  void read_rows(const World& world, PromiseId promise, Side side, const Constants& constants,
                 const Database& db);

  Texts texts_;
  std::vector<PerSide<Rows>> rows_;    // by promise
  std::vector<PerSide<Money>> money_;  // by ledger
  PerSide<Units> available_, units_;
};

}  // namespace pindah
