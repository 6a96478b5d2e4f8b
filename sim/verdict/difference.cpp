#include "verdict/difference.h"

#include <algorithm>

#include "selfcheck/invariants.h"

namespace pindah {
namespace {

Compared noticed(Difference difference, bool masked = false) {
  return {Likeness::noticed, difference, masked, {}};
}

Compared spilled(SpilloverKind kind) { return {Likeness::spillover, {}, false, kind}; }

Difference failure(const Visit& visit) {
  return visit.end == PageEnd::timed_out ? Difference::timed_out : Difference::failed;
}

}  // namespace

bool failed(const Visit& visit) {
  return visit.end == PageEnd::failed || visit.end == PageEnd::timed_out;
}

bool slower(const Notice& notice, const Visit& control, const Visit& rehearsed) {
  if (rehearsed.audit || rehearsed.latency_us <= notice.over.us) return false;
  const std::int64_t share = control.latency_us * notice.slower_by_ppm / 1'000'000;
  return rehearsed.latency_us - control.latency_us >= std::max(share, notice.at_least.us);
}

Compared differ(const Notice& notice, const Spillovers& spillovers, const Visit& control,
                const Visit& rehearsed) {
  if (rehearsed.logged_out && !control.logged_out) return noticed(Difference::logged_out);
  if (failed(rehearsed)) {
    if (!failed(control)) return noticed(failure(rehearsed));
    if (rehearsed.end != control.end) return noticed(failure(rehearsed), true);
    if (slower(notice, control, rehearsed)) return noticed(Difference::slower, true);
    return {Likeness::same, {}, true, {}};
  }
  if (failed(control)) return spilled(SpilloverKind::weather);
  const bool ends_alike = rehearsed.end == control.end;
  const bool shown_alike = ends_alike && rehearsed.plain == control.plain &&
                           rehearsed.facts == control.facts && rehearsed.goods == control.goods;
  std::optional<SpilloverKind> why;
  if (!shown_alike) why = spillovers.of_page(control, rehearsed);
  if (!shown_alike && !why)
    return noticed(!ends_alike && rehearsed.end == PageEnd::refused ? Difference::refused
                                                                    : Difference::shown);
  if (slower(notice, control, rehearsed)) return noticed(Difference::slower);
  return why ? spilled(*why) : Compared{};
}

namespace {

// Of a page that nothing excuses: what it showed was not true.
void try_slowness(const Notice& notice, const Spillovers& spillovers, Micros control_took) {
  Visit control, rehearsed;
  control.truthful = rehearsed.truthful = false;
  control.latency_us = control_took.us;
  const std::int64_t share = control.latency_us * notice.slower_by_ppm / 1'000'000;
  const std::int64_t least =
      std::max(notice.over.us + 1, control.latency_us + std::max(share, notice.at_least.us));
  const auto noticed_at = [&](std::int64_t latency_us) {
    rehearsed.latency_us = latency_us;
    return differ(notice, spillovers, control, rehearsed).likeness == Likeness::noticed;
  };
  must_hold(noticed_at(least) && !noticed_at(least - 1), Invariant::noticing_sees, kNever,
            [&] { return "slower than " + duration_text(control_took); });
}

}  // namespace

void try_noticing(const Notice& notice, const Spillovers& spillovers) {
  const Micros limit = std::min(notice.over, minutes(1));
  for (const Micros took : {Micros{}, limit, limit * 10}) try_slowness(notice, spillovers, took);
  Visit control;
  control.truthful = false;
  const auto sees = [&](const char* what, auto change) {
    Visit rehearsed = control;
    change(rehearsed);
    const bool noticed =
        differ(notice, spillovers, control, rehearsed).likeness == Likeness::noticed;
    must_hold(noticed, Invariant::noticing_sees, kNever, [&] { return std::string(what); });
  };
  sees("what is shown", [](Visit& v) { v.plain = 1; });
  sees("facts that are shown", [](Visit& v) { v.facts = 1; });
  sees("goods that are shown", [](Visit& v) { v.goods = 1; });
  sees("a failure", [](Visit& v) { v.end = PageEnd::failed; });
  sees("a page that times out", [](Visit& v) { v.end = PageEnd::timed_out; });
  sees("a refusal", [](Visit& v) { v.end = PageEnd::refused; });
  sees("being logged out", [](Visit& v) { v.logged_out = true; });
}

bool may_leave_otherwise(const Notice& notice, const Visit& control, const Visit& rehearsed) {
  return control.latency_us != rehearsed.latency_us &&
         std::max(control.latency_us, rehearsed.latency_us) > notice.over.us;
}

}  // namespace pindah
