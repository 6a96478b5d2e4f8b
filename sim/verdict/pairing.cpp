#include "verdict/pairing.h"

#include <fmt/format.h>

#include <map>

namespace pindah {
namespace {

Noticer noticer_of(const Moment& moment, Difference difference) {
  Noticer noticer;
  noticer.intent = moment.intent;
  noticer.difference = difference;
  if (moment.message) {
    noticer.at = noticer.replied = moment.message->at;
    noticer.page = moment.message->page;
    return noticer;
  }
  const Visit& visit = *moment.rehearsed;
  noticer.at = {visit.intended_us};
  noticer.replied = {visit.intended_us + visit.latency_us};
  noticer.page = visit.page;
  noticer.visit = visit.visit;
  noticer.obstacle = visit.obstacle;
  noticer.service = visit.service;
  noticer.hindered_us = visit.hindered_us;
  noticer.slower_us = visit.latency_us - moment.control->latency_us;
  return noticer;
}

}  // namespace

void Pairing::path_differs(const Moment& moment) const {
  const Visit& visit = moment.rehearsed ? *moment.rehearsed : *moment.control;
  throw Defect(fmt::format(
      "shopper {} opens {} (visit {}, {}) in the {} life otherwise than in the other, with no "
      "difference before",
      moment.intent, world_.pages[static_cast<std::size_t>(visit.page)].name, visit.visit,
      clock_text({visit.intended_us}, true), moment.rehearsed ? "rehearsed" : "control"));
}

// She went on in one life and not in the other, or to another page.
Compared Pairing::one_life_only(const Moment& moment, const Moment* previous) const {
  const bool missing = !moment.control || !moment.rehearsed;
  const bool audit = moment.visit >= kAuditVisit;
  if (!audit && previous &&
      may_leave_otherwise(world_.notice, *previous->control, *previous->rehearsed))
    return {Likeness::spillover, {}, false};
  if (missing && interrupted_) return {Likeness::unknown, {}, false};
  path_differs(moment);
}

Compared Pairing::compare(const Moment& moment, const Moment* previous) const {
  // The other life may still get it.
  if (moment.message && interrupted_) return {Likeness::unknown, {}, false};
  if (moment.message) return {Likeness::noticed, Difference::message, false};
  if (!moment.control || !moment.rehearsed || moment.control->page != moment.rehearsed->page)
    return one_life_only(moment, previous);
  return differ(world_.notice, *moment.control, *moment.rehearsed);
}

Walk Pairing::walk(const std::vector<Moment>& moments) const {
  Walk walk;
  std::map<std::uint32_t, const Moment*> previous;  // the last visit of each session
  for (const Moment& moment : moments) {
    const auto before = previous.find(moment.intent);
    const Compared compared = compare(moment, before == previous.end() ? nullptr : before->second);
    if (compared.masked) walk.masks.push_back({moment.intent, moment.at});
    if (compared.likeness == Likeness::same) {
      if (moment.visit < kAuditVisit) previous[moment.intent] = &moment;
      continue;
    }
    walk.ended = moment.at;
    if (compared.likeness == Likeness::noticed)
      walk.noticer = noticer_of(moment, compared.difference);
    else if (compared.likeness == Likeness::spillover)
      walk.spillover = Mark{moment.intent, moment.at};
    break;
  }
  return walk;
}

}  // namespace pindah
