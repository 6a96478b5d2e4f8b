#include "verdict/pairing.h"

#include <fmt/format.h>

#include <map>

namespace pindah {

Noticer noticer_of(const Happening& happening, Difference difference) {
  Noticer noticer;
  noticer.intent = happening.intent;
  noticer.difference = difference;
  if (happening.message) {
    noticer.at = noticer.replied = happening.message->at;
    noticer.page = happening.message->page;
    return noticer;
  }
  const Visit& visit = happening.rehearsed ? *happening.rehearsed : *happening.control;
  noticer.at = {visit.intended_us};
  noticer.replied = {visit.intended_us + visit.latency_us};
  noticer.page = visit.page;
  noticer.visit = visit.visit;
  noticer.obstacle = visit.obstacle;
  noticer.service = visit.service;
  noticer.hindered_us = visit.hindered_us;
  if (happening.control) noticer.slower_us = visit.latency_us - happening.control->latency_us;
  return noticer;
}

namespace {

Spilled spilled_at(const Happening& happening, SpilloverKind kind) {
  Spilled spilled;
  spilled.intent = happening.intent;
  spilled.at = happening.at;
  spilled.kind = kind;
  const Visit* visit = happening.rehearsed ? happening.rehearsed : happening.control;
  spilled.page = visit ? visit->page : happening.message->page;
  spilled.visit = visit ? visit->visit : 0;
  return spilled;
}

}  // namespace

void Pairing::path_differs(const Happening& happening) const {
  const Visit& visit = happening.rehearsed ? *happening.rehearsed : *happening.control;
  throw Defect(fmt::format(
      "shopper {} opens {} (visit {}, {}) in the {} life otherwise than in the other, with no "
      "difference before",
      happening.intent, world_.pages[static_cast<std::size_t>(visit.page)].name, visit.visit,
      clock_text({visit.intended_us}, true), happening.rehearsed ? "rehearsed" : "control"));
}

// She went on in one life and not in the other, or to another page.
Compared Pairing::one_life_only(const Happening& happening, const Happening* previous) const {
  const bool missing = !happening.control || !happening.rehearsed;
  const bool audit = happening.visit >= kAuditVisit;
  if (!audit && previous &&
      may_leave_otherwise(world_.notice, *previous->control, *previous->rehearsed))
    return {Likeness::spillover, {}, false, SpilloverKind::leaving};
  if (missing && interrupted_) return {Likeness::unknown, {}, false, {}};
  // What she was promised decides what she looks at once more at the end.
  if (audit && missing) return {Likeness::noticed, Difference::shown, false, {}};
  path_differs(happening);
}

Compared Pairing::of_message(const Happening& happening) const {
  // The other life may still get it.
  if (interrupted_ || spillovers_.had_no_time_left(*happening.message)) return {};
  if (spillovers_.parted_by_chance(happening.message->idem))
    return {Likeness::spillover, {}, false, SpilloverKind::timing};
  const Difference difference = happening.of_control ? Difference::no_message : Difference::message;
  return {Likeness::noticed, difference, false, {}};
}

Compared Pairing::compare(const Happening& happening, const Happening* previous) const {
  if (happening.message) return of_message(happening);
  if (!happening.control || !happening.rehearsed ||
      happening.control->page != happening.rehearsed->page)
    return one_life_only(happening, previous);
  return differ(world_.notice, spillovers_, *happening.control, *happening.rehearsed);
}

Walk Pairing::walk(const std::vector<Happening>& happenings) const {
  Walk walk;
  std::map<std::uint32_t, const Happening*> previous;  // the last visit of each session
  for (const Happening& happening : happenings) {
    const auto before = previous.find(happening.intent);
    const Compared compared =
        compare(happening, before == previous.end() ? nullptr : before->second);
    if (compared.masked) walk.masks.push_back({happening.intent, happening.at});
    if (compared.likeness == Likeness::same) {
      if (!happening.message && happening.visit < kAuditVisit)
        previous[happening.intent] = &happening;
      continue;
    }
    walk.ended = happening.at;
    if (compared.likeness == Likeness::noticed)
      walk.noticer = noticer_of(happening, compared.difference);
    else if (compared.likeness == Likeness::spillover)
      walk.spillover = spilled_at(happening, compared.spillover);
    break;
  }
  return walk;
}

}  // namespace pindah
