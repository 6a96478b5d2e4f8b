#include "world/anomaly_kinds.h"

namespace pindah {
namespace {

constexpr std::array kAnomalyRows = std::to_array<AnomalyRow>({
    {AnomalyKind::lost,
     "lost",
     {"p"},
     1,
     ExposedBy::facts,
     HarmClass::lost_or_doubled,
     "{} lost",
     "was promised, and at the end is not there, or is not what was promised"},
    {AnomalyKind::duplicated,
     "duplicated",
     {"p", "l"},
     2,
     ExposedBy::facts,
     HarmClass::lost_or_doubled,
     "{} twice",
     "stands there more than once; of a ledger: was charged more than once",
     Wrong::number},
    {AnomalyKind::uncoupled,
     "uncoupled",
     {"pl", "lp"},
     2,
     ExposedBy::facts,
     HarmClass::other,
     "",
     "the first is there without the second: paid for without money taken, or money taken for "
     "nothing"},
    {AnomalyKind::unconserved,
     "unconserved",
     {"l", "s"},
     2,
     ExposedBy::facts,
     HarmClass::other,
     "",
     "is booked otherwise than the ledger has it; of stock: what was sold and what is left do not "
     "add up"},
    {AnomalyKind::regressed,
     "regressed",
     {"p"},
     1,
     ExposedBy::facts,
     HarmClass::other,
     "{} went back",
     "its status went back",
     Wrong::status},
    {AnomalyKind::stale,
     "stale",
     {"p"},
     1,
     ExposedBy::sights,
     HarmClass::other,
     "{} missing or out of date",
     "a page did not show it, or as it had been before"},
    {AnomalyKind::unowned,
     "unowned",
     {""},
     1,
     ExposedBy::writes,
     HarmClass::other,
     "written on the wrong platform",
     "a platform wrote what it did not own"},
    {AnomalyKind::shown_to_another,
     "shown_to_another",
     {"p"},
     1,
     ExposedBy::sights,
     HarmClass::other,
     "another person's {} shown",
     "somebody was shown another person's",
     Wrong::owner},
    {AnomalyKind::oversold,
     "oversold",
     {"s"},
     1,
     ExposedBy::facts,
     HarmClass::other,
     "",
     "more was sold than there was"},
    {AnomalyKind::off_rail,
     "off_rail",
     {"l"},
     1,
     ExposedBy::reversals,
     HarmClass::other,
     "",
     "was asked to give back what it had not taken"},
    {AnomalyKind::logged_out,
     "logged_out",
     {""},
     1,
     ExposedBy::pages,
     HarmClass::other,
     "logged out",
     "somebody had to log in again"},
    {AnomalyKind::untrue,
     "untrue",
     {"p"},
     1,
     ExposedBy::sights,
     HarmClass::other,
     "{} shown as it is not",
     "a page showed it, or did not, and the rows behind it said otherwise"},
});

constexpr bool every_kind_has_a_row() {
  if (kAnomalyRows.size() != static_cast<std::size_t>(AnomalyKind::count)) return false;
  for (std::size_t i = 0; i < kAnomalyRows.size(); ++i)
    if (static_cast<std::size_t>(kAnomalyRows[i].id) != i) return false;
  return true;
}
static_assert(every_kind_has_a_row(), "a row for each kind of anomaly, in their order");

}  // namespace

std::span<const AnomalyRow> anomaly_kinds() { return kAnomalyRows; }
const AnomalyRow& row_of(AnomalyKind kind) {
  return kAnomalyRows.at(static_cast<std::size_t>(kind));
}

}  // namespace pindah
