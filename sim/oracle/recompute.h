// After the end: what stands, recomputed from the final databases and the ledgers' entries alone,
// apart from the code that watched the life go by.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "oracle/cases.h"
#include "oracle/end_state.h"
#include "oracle/ending.h"
#include "oracle/promises.h"

namespace pindah {

// A fixed column is another than was told: the promise is there, but is not what she was promised.
bool is_changed(const Held& held, const FinalRow& row);

// Adds every standing anomaly to `cases`: lost, duplicated and regressed promises and what is not
// paid for (`promises`, called first), uncoupled, unconserved and doubled money (`ledgers`), goods
// oversold and not conserved (`stock`: by the units there were at the start).
class Recompute {
 public:
  Recompute(const World& world, const Ending& ending, const EndState& end_state,
            const std::deque<Held>& promised, Cases& cases)
      : world_(world), ending_(ending), end_state_(end_state), promised_(promised), cases_(cases) {}
  void promises();
  void ledgers();
  void stock(const std::map<std::pair<Side, std::string>, std::int64_t>& initial);

 private:
  void kept(HeldId id);
  void paid_for(HeldId id);
  void money_of(const LedgerEntry& entry, int number);
  void coupled(const LedgerEntry& entry, int number);
  void charged_again(LedgerId ledger);
  void booked_without_entry(LedgerId ledger);
  std::vector<int> entries_of(std::int64_t witness) const;
  bool time_enough(Micros since) const;
  void add(const AnomalyOf& of, std::int64_t witness, Micros at, std::string detail, HeldId held,
           int entry, std::int64_t count = 1, std::string thing = {}, const std::string& item = {});

  const World& world_;
  const Ending& ending_;
  const EndState& end_state_;
  const std::deque<Held>& promised_;
  Cases& cases_;
  std::map<std::int64_t, std::vector<int>> by_witness_;  // entries of money ledgers
};

// Throws Defect where a promise that is owed was missed by the last page that should have shown it,
// is missing at the end, and is not among the `standing` cases. `copied_at`: as in agreement.h.
void check_lost(const World& world, const Ending& ending, const EndState& end_state,
                const std::deque<Held>& promised, const std::vector<PerSide<Micros>>& copied_at,
                const Cases& standing);

}  // namespace pindah
