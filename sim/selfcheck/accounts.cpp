#include "selfcheck/accounts.h"

#include <fmt/format.h>

#include <algorithm>

#include "selfcheck/invariants.h"

namespace pindah {
namespace {

void settle_audits(const Accounts& a, Micros now) {
  must_hold(a.audits_begun == a.audits_open + a.audits_told, Invariant::audits_told, now, [&] {
    return fmt::format("{} began, {} are open, {} were told", a.audits_begun, a.audits_open,
                       a.audits_told);
  });
  const bool some = !a.audit_began || a.promises_open_again == 0 || a.audits_due > 0;
  must_hold(some, Invariant::audits_told, now, [&] {
    return fmt::format("nobody looks again at any of {} promises", a.promises_open_again);
  });
}

}  // namespace

void settle(const Accounts& a, Micros now) {
  must_hold(a.visits_begun == a.visits_open + a.visits_told, Invariant::visits_told, now, [&] {
    return fmt::format("{} began, {} are open, {} were told", a.visits_begun, a.visits_open,
                       a.visits_told);
  });
  settle_audits(a, now);
  must_hold(a.promises_unknown == 0, Invariant::promises_known, now,
            [&] { return fmt::format("{} promises are not known", a.promises_unknown); });
  must_hold(a.entries == a.references, Invariant::ledger_once, now,
            [&] { return fmt::format("{} entries, {} references", a.entries, a.references); });
  must_hold(a.entries_told == a.callbacks_answered, Invariant::callbacks_heard, now, [&] {
    return fmt::format("{} entries were told, {} callbacks answered", a.entries_told,
                       a.callbacks_answered);
  });
  must_hold(a.commits == a.commits_heard, Invariant::commits_told, now,
            [&] { return fmt::format("{} commits, {} heard of", a.commits, a.commits_heard); });
  must_hold(a.forgotten == 0, Invariant::nobody_forgotten, now,
            [&] { return fmt::format("{} of {} that are under way", a.forgotten, a.under_way); });
}

void compare_outages(const std::vector<ClosedFor>& told, const std::vector<Hindered>& hindered) {
  for (const Hindered& visit : hindered) {
    Micros closed;
    bool refused = visit.refused_by < 0;
    for (const ClosedFor& outage : told) {
      const Micros overlap =
          std::min(outage.until, visit.until) - std::max(outage.from, visit.from);
      if (overlap.us < 0) continue;
      closed += overlap;
      refused = refused || outage.service == visit.refused_by;
    }
    must_hold(refused && visit.held <= closed, Invariant::outages_told, visit.until, [&] {
      return fmt::format("a visit from {} on was held for {}, and all fences were closed for {}",
                         clock_text(visit.from, true), duration_text(visit.held),
                         duration_text(closed));
    });
  }
}

}  // namespace pindah
