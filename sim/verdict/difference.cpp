#include "verdict/difference.h"

#include <algorithm>

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

bool may_leave_otherwise(const Notice& notice, const Visit& control, const Visit& rehearsed) {
  return control.latency_us != rehearsed.latency_us &&
         std::max(control.latency_us, rehearsed.latency_us) > notice.over.us;
}

}  // namespace pindah
