#include "selfcheck/invariants.h"

#include <fmt/format.h>

#include <array>

#include "base/problem.h"

namespace pindah {
namespace {

constexpr auto kInvariants = std::to_array<InvariantRow>({
    {Invariant::runs_once, "runs-once", "a call that was admitted runs once"},
    {Invariant::gate_counts, "gate-counts", "nobody leaves a gate who has not entered it"},
    {Invariant::commits_numbered, "commits-numbered",
     "the commits of a platform are numbered without gaps"},
    {Invariant::owner_known, "owner-known",
     "the owner of an instant is the one that a commit of that instant is told with"},
    {Invariant::owner_commits, "owner-commits",
     "a call commits on the platform that owned its work when it was admitted"},
    {Invariant::handed_over, "handed-over",
     "a cutover that is over has handed over all of its services"},
    {Invariant::drained, "drained",
     "a service that was drained changes hands with no write of it in flight"},
    {Invariant::stop_last, "stop-last",
     "after a drain nothing is committed on the old side behind the stop position"},
    {Invariant::caught_up, "caught-up",
     "a service that caught up changes hands with everything applied up to its stop position"},
    {Invariant::captured_logged, "captured-logged",
     "a commit that counts as captured is the newest of its changelog, with each of its roots"},
    {Invariant::logged_taken, "logged-taken",
     "what a changelog says was applied travelled in a batch"},
    {Invariant::roots_add_up, "roots-add-up",
     "the roots that arrive are written, or left out by a rule"},
    {Invariant::newest_wins, "newest-wins",
     "where the changelog wins, no chunk is written over a newer captured version"},
    {Invariant::positions, "positions",
     "a stream acknowledges nothing that was not taken, and forgets nothing that is not "
     "acknowledged"},
    {Invariant::comparison_sees, "comparison-sees",
     "a row that is found equal is found different once a checked column of it is changed"},
    {Invariant::nobody_forgotten, "nobody-forgotten",
     "whatever is under way waits for something that will happen"},
    {Invariant::custody_kept, "custody-kept", "a write stands last in the custody of its root"},
    {Invariant::commits_told, "commits-told", "the oracle hears of each commit"},
    {Invariant::visits_told, "visits-told",
     "each visit that began is written down once, or still under way"},
    {Invariant::promises_known, "promises-known",
     "what shoppers were promised is what the oracle knows that they were"},
    {Invariant::audits_told, "audits-told",
     "whoever holds a promise looks at it once more at the end, and is heard"},
    {Invariant::ledger_once, "ledger-once", "a ledger has one entry for a reference"},
    {Invariant::callbacks_heard, "callbacks-heard",
     "a platform that a ledger has told answered a callback"},
    {Invariant::outages_told, "outages-told",
     "a fence is told as closed for as long as it kept anybody waiting"},
    {Invariant::derivations_agree, "derivations-agree",
     "what a page missed last and the end misses as well is found to be lost"},
    {Invariant::noticing_sees, "noticing-sees",
     "a page that differs by more than the world lets pass is noticed, and by less it is not"},
});

constexpr bool each_has_a_row() {
  if (kInvariants.size() != static_cast<std::size_t>(Invariant::count)) return false;
  for (std::size_t i = 0; i < kInvariants.size(); ++i)
    if (static_cast<std::size_t>(kInvariants[i].id) != i) return false;
  return true;
}
static_assert(each_has_a_row(), "a row for each invariant, in their order");

}  // namespace

std::span<const InvariantRow> invariants() { return kInvariants; }

void broken(Invariant which, Micros at, const std::string& where) {
  const InvariantRow& row = kInvariants[static_cast<std::size_t>(which)];
  const std::string when = at == kNever ? std::string() : ", at " + clock_text(at, true);
  throw Defect(fmt::format("`{}` does not hold{}: {} ({})", row.word, when, where, row.sentence));
}

}  // namespace pindah
