#include "oracle/captures.h"

#include <algorithm>

namespace pindah {

void Captures::note(const LedgerEntry& entry) {
  const bool is_money = world_.ledgers[static_cast<std::size_t>(entry.ledger)].amount >= 0;
  if (!is_money || entry.captured == kNever) return;
  Money& money = money_[entry.witness];
  money.told_by = std::min(money.told_by, entry.captured + kTimeToTell);
  if (entry.state == LedgerState::refunded) money.refunded = true;
}

bool Captures::known_paid(std::int64_t witness, Micros instant) const {
  const auto it = money_.find(witness);
  return it != money_.end() && !it->second.refunded && it->second.told_by <= instant;
}

}  // namespace pindah
