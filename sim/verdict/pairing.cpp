#include "verdict/pairing.h"

#include <fmt/format.h>

#include <map>

namespace pindah {
namespace {

Noticer noticer_of(const Happening& happening, Difference difference) {
  Noticer noticer;
  noticer.intent = happening.intent;
  noticer.difference = difference;
  if (happening.message) {
    noticer.at = noticer.replied = happening.message->at;
    noticer.page = happening.message->page;
    return noticer;
  }
  const Visit& visit = *happening.rehearsed;
  noticer.at = {visit.intended_us};
  noticer.replied = {visit.intended_us + visit.latency_us};
  noticer.page = visit.page;
  noticer.visit = visit.visit;
  noticer.obstacle = visit.obstacle;
  noticer.service = visit.service;
  noticer.hindered_us = visit.hindered_us;
  noticer.slower_us = visit.latency_us - happening.control->latency_us;
  return noticer;
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
    return {Likeness::spillover, {}, false};
  if (missing && interrupted_) return {Likeness::unknown, {}, false};
  path_differs(happening);
}

Compared Pairing::compare(const Happening& happening, const Happening* previous) const {
  // The other life may still get it.
  if (happening.message && interrupted_) return {Likeness::unknown, {}, false};
  if (happening.message) return {Likeness::noticed, Difference::message, false};
  if (!happening.control || !happening.rehearsed ||
      happening.control->page != happening.rehearsed->page)
    return one_life_only(happening, previous);
  return differ(world_.notice, *happening.control, *happening.rehearsed);
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
      if (happening.visit < kAuditVisit) previous[happening.intent] = &happening;
      continue;
    }
    walk.ended = happening.at;
    if (compared.likeness == Likeness::noticed)
      walk.noticer = noticer_of(happening, compared.difference);
    else if (compared.likeness == Likeness::spillover)
      walk.spillover = Mark{happening.intent, happening.at};
    break;
  }
  return walk;
}

}  // namespace pindah
