#include "verdict/cause.h"

#include <algorithm>

#include "verdict/difference.h"
#include "verdict/lives.h"

namespace pindah {
namespace {

// What the path of the request met, as the reason of a failure; nullptr: nothing in particular.
const char* of_failure(Obstacle obstacle) {
  switch (obstacle) {
    case Obstacle::fence_held:
      return "held by the fence for too long";
    case Obstacle::fence_refused:
      return "refused during the fence";
    case Obstacle::not_owner:
      return "sent to a platform that was not the owner";
    case Obstacle::retired:
      return "sent to a platform that was retired";
    case Obstacle::queue_full:
      return "turned away, the queue was full";
    case Obstacle::queue_wait:
      return "waited too long for a busy platform";
    case Obstacle::platform_down:
      return "the platform was down";
    case Obstacle::lost:
      return "a message was lost on a link";
    case Obstacle::sql_error:
      return "the database refused";
    case Obstacle::ledger:
      return "waited too long for a ledger";
    case Obstacle::second_write:
      return "written on one platform, and not on the other";
    case Obstacle::row_lock:
      return "waited too long for rows that were being copied";
    case Obstacle::closed:
      return "the page was closed";
    case Obstacle::none:
      break;
  }
  return nullptr;
}

const char* of_slowness(Delay delay) {
  switch (delay) {
    case Delay::fence:
      return "held by the fence";
    case Delay::queue_source:
    case Delay::queue_target:
      return "slower (waiting for a busy platform)";
    case Delay::work_source:
    case Delay::work_target:
      return "slower (a slow platform)";
    case Delay::link:
      return "slower (on a link)";
    case Delay::ledger:
      return "slower (waiting for a ledger)";
    case Delay::second_write:
      return "slower (written on both platforms)";
    case Delay::row_lock:
      return "slower (its rows were being copied)";
    case Delay::sent_on:
      return "slower (sent on to the new owner)";
    case Delay::other:
      return "slower (tried again)";
    case Delay::count:
      break;
  }
  return "slower";
}

// What differs most between the two visits.
Delay most_of(const Visit* control, const Visit* rehearsed) {
  Delay most = Delay::count;
  std::int64_t worst = 0;
  if (!control || !rehearsed) return most;
  for (std::size_t i = 0; i < static_cast<std::size_t>(Delay::count); ++i) {
    const auto delay = static_cast<Delay>(i);
    // Work that has moved is not new work.
    std::int64_t before = control->delays.us(delay);
    if (delay == Delay::work_target || delay == Delay::queue_target)
      before = std::max(before, control->delays.us(static_cast<Delay>(i - 1)));
    const std::int64_t more = rehearsed->delays.us(delay) - before;
    if (more <= worst) continue;
    worst = more;
    most = delay;
  }
  return most;
}

std::vector<ServiceId> services_of(const World& world, PageId page) {
  std::vector<ServiceId> services;
  if (page < 0) return services;
  for (const PageStep& step : world.pages[static_cast<std::size_t>(page)].steps) {
    const ServiceId service = step.call >= 0
                                  ? world.calls[static_cast<std::size_t>(step.call)].service
                                  : world.ledgers[static_cast<std::size_t>(step.ledger)].service;
    services.push_back(service);
  }
  return services;
}

std::size_t number_of(const Visit& visit, const Record& record) {
  return static_cast<std::size_t>(&visit - record.visits.data());
}

}  // namespace

Causes::Causes(const World& world, const Scenario& scenario, const std::vector<Intent>& intents,
               const Record& control, const Record& rehearsed, Inquest* inquest)
    : world_(world),
      control_(control),
      rehearsed_(rehearsed),
      timeline_(scenario, rehearsed.plan),
      pages_(roles_of(world)),
      buyer_(intents.size()),
      inquest_(inquest) {
  for (const auto& sessions : by_buyer(world, intents))
    for (const std::uint32_t intent : sessions) buyer_[intent] = sessions.front();
  for (const AnomalyCase& c : rehearsed.cases) {
    cases_[c.intent].push_back(&c);
    if (c.intent < buyer_.size()) cases_of_buyer_[buyer_[c.intent]].push_back(&c);
  }
}

// It is about what her page shows.
bool Causes::concerns(const AnomalyCase& anomaly, const Pair& pair) const {
  const Anomaly& kind = world_.anomalies[static_cast<std::size_t>(anomaly.anomaly)];
  const auto asked = [&](ServiceId service) {
    return std::find(pair.services.begin(), pair.services.end(), service) != pair.services.end();
  };
  for (const PromiseId id : kind.promises)
    if (asked(world_.promises[static_cast<std::size_t>(id)].service)) return true;
  for (const LedgerId id : kind.ledgers)
    if (asked(world_.ledgers[static_cast<std::size_t>(id)].service)) return true;
  return false;
}

const AnomalyCase* Causes::shown_to(const Pair& pair) const {
  const Noticer& noticer = pair.noticer;
  const auto it = cases_.find(noticer.intent);
  if (it != cases_.end())
    for (const AnomalyCase* c : it->second)
      if (c->at >= noticer.at && c->at <= noticer.replied) return c;
  // A transient sight of something that proved wrong for good, perhaps in another session of hers.
  const bool of_message =
      noticer.difference == Difference::message || noticer.difference == Difference::no_message;
  if (noticer.difference != Difference::shown && !of_message) return nullptr;
  if (it != cases_.end()) return it->second.front();
  const auto hers = cases_of_buyer_.find(buyer_[noticer.intent]);
  if (hers == cases_of_buyer_.end()) return nullptr;
  for (const AnomalyCase* c : hers->second)
    if (of_message || concerns(*c, pair)) return c;
  return nullptr;
}

// The largest obstacle may be a ledger's answer, which takes its time in every life; what made the
// difference is then the time at the gate.
bool Causes::at_the_fence(const Pair& pair) const {
  const Noticer& noticer = pair.noticer;
  if (noticer.difference == Difference::slower) {
    if (pair.delay != Delay::fence && noticer.hindered_us * 2 < noticer.slower_us) return false;
  } else if (noticer.obstacle != Obstacle::fence_held &&
             noticer.obstacle != Obstacle::fence_refused) {
    return false;
  }
  for (const auto& [from, until] : timeline_.fences(-1))
    if (from <= noticer.replied && until >= noticer.at) return true;
  return noticer.difference != Difference::slower;
}

std::string Causes::of_anomaly(const AnomalyCase& anomaly) const {
  const Anomaly& kind = world_.anomalies[static_cast<std::size_t>(anomaly.anomaly)];
  const std::string fact =
      kind.promises.empty()
          ? (kind.ledgers.empty()
                 ? std::string("stock")
                 : world_.ledgers[static_cast<std::size_t>(kind.ledgers.front())].name)
          : world_.promises[static_cast<std::size_t>(kind.promises.front())].name;
  const std::string_view words = kind.kind->cause;
  if (words.empty()) return kind.name;
  const std::size_t gap = words.find("{}");
  if (gap == std::string_view::npos) return std::string(words);
  return std::string(words.substr(0, gap)) + fact + std::string(words.substr(gap + 2));
}

// Of a page that failed or was refused: in the words of whoever did it.
std::string Causes::said(const Visit& visit) const {
  const std::size_t number = number_of(visit, rehearsed_);
  if (rehearsed_.cells.cells(number) == 0) return {};
  return std::string(rehearsed_.cells.text(number, 0));
}

std::string Causes::cause(const Pair& pair, const AnomalyCase* shown) const {
  const Noticer& noticer = pair.noticer;
  switch (noticer.difference) {
    case Difference::logged_out:
      return "logged out";
    case Difference::message:
      return "a message that should not have come";
    case Difference::no_message:
      return "a message that never came";
    case Difference::slower:
      return at_the_fence(pair) ? "held by the fence" : of_slowness(pair.delay);
    case Difference::refused:
      return shown ? of_anomaly(*shown) : "refused";
    case Difference::failed:
    case Difference::timed_out:
      if (noticer.obstacle == Obstacle::sql_error && pair.rehearsed)
        return "the database refused: " + said(*pair.rehearsed);
      if (const char* text = of_failure(noticer.obstacle)) return text;
      if (shown) return of_anomaly(*shown);
      return noticer.difference == Difference::timed_out ? "timed out" : "failed";
    case Difference::shown:
      break;
  }
  if (shown) return of_anomaly(*shown);
  return pair.delay_tells ? of_slowness(pair.delay) : "something else shown";
}

void Causes::find_step(Noticer& noticer, const Pair& pair) const {
  const StepSpan* span = timeline_.under_way(noticer.at, noticer.replied, pair.services);
  if (span) {
    noticer.step = span->id;
    noticer.phase = at_the_fence(pair) ? Phase::fence
                                       : StepSpans::phase(*span, std::max(noticer.at, span->from));
  } else if (const StepSpan* before = timeline_.moved_before(noticer.at, pair.services)) {
    noticer.after = before->id;
  }
}

void Causes::name_step(Culprit& culprit, StepKind kind, const Pair& pair) const {
  const Noticer& noticer = pair.noticer;
  if (const StepSpan* span = timeline_.of_kind(kind, noticer.at, noticer.replied, pair.services))
    culprit.step = span->id;
}

// What hindered her, and which step or surprise had put it there.
Culprit Causes::of_obstacle(const Pair& pair) const {
  const Noticer& noticer = pair.noticer;
  Culprit culprit;
  culprit.link = BrokenLink::met;
  culprit.obstacle = noticer.obstacle;
  culprit.service = noticer.service;
  if (pair.rehearsed) culprit.side = pair.rehearsed->at;
  switch (noticer.obstacle) {
    case Obstacle::none:
      return {};
    case Obstacle::sql_error: {
      if (!pair.rehearsed) return {};
      Culprit refused = of_step(pair, pair.rehearsed->step);
      refused.link = BrokenLink::refused;
      refused.said = said(*pair.rehearsed);
      return refused;
    }
    case Obstacle::retired:
      if (const StepSpan* span = timeline_.retired_span(noticer.replied, noticer.service))
        culprit.step = span->id;
      break;
    case Obstacle::not_owner:
      name_step(culprit, StepKind::route, pair);
      break;
    case Obstacle::row_lock:
      name_step(culprit, StepKind::copy, pair);
      break;
    case Obstacle::second_write:
      name_step(culprit, StepKind::dual_write, pair);
      break;
    case Obstacle::closed:
      name_step(culprit, StepKind::close, pair);
      break;
    default:
      break;
  }
  if (const Surprise* surprise = timeline_.surprise(noticer.at, noticer.replied))
    if (culprit.step == StepId::none) culprit.surprise = surprise_id(surprise->name);
  return culprit;
}

Culprit Causes::of_delay(const Pair& pair) const {
  const Noticer& noticer = pair.noticer;
  Culprit culprit;
  if (pair.delay == Delay::count) return culprit;
  culprit.link = BrokenLink::met;
  culprit.delay = pair.delay;
  if (pair.delay == Delay::row_lock) name_step(culprit, StepKind::copy, pair);
  if (pair.delay == Delay::second_write) name_step(culprit, StepKind::dual_write, pair);
  if (pair.delay == Delay::sent_on || pair.delay == Delay::other) {
    if (const StepSpan* span = timeline_.under_way(noticer.at, noticer.replied, pair.services)) {
      culprit.step = span->id;
    } else if (const StepSpan* before = timeline_.moved_before(noticer.at, pair.services)) {
      culprit.step = before->id;
      culprit.after = true;
    }
  }
  const Surprise* surprise = timeline_.surprise(noticer.at, noticer.replied);
  if (surprise && culprit.step == StepId::none) culprit.surprise = surprise_id(surprise->name);
  return culprit;
}

Culprit Causes::of_step(const Pair& pair, int step) const {
  Culprit culprit;
  if (step < 0 || !pair.rehearsed) return culprit;
  const Page& page = world_.pages[static_cast<std::size_t>(pair.noticer.page)];
  culprit.call = page.steps[static_cast<std::size_t>(step)].call;
  if (culprit.call < 0) return {};
  culprit.service = world_.calls[static_cast<std::size_t>(culprit.call)].service;
  culprit.side = pair.rehearsed->at;
  if (step != pair.rehearsed->step)
    culprit.side = (pair.rehearsed->target_steps >> step & 1) != 0 ? Side::target : Side::source;
  return culprit;
}

// The step whose answer differs, and both answers; -1: it cannot be told.
int Causes::differing_step(const Pair& pair, Circumstances& how) const {
  if (!pair.control || !pair.rehearsed) return -1;
  if (pair.rehearsed->end != PageEnd::ok) return pair.rehearsed->step;
  const std::size_t one = number_of(*pair.control, control_);
  const std::size_t other = number_of(*pair.rehearsed, rehearsed_);
  const PageRoles& roles = pages_[static_cast<std::size_t>(pair.noticer.page)];
  const std::size_t cells =
      std::min({control_.cells.cells(one), rehearsed_.cells.cells(other), roles.shown.size()});
  for (std::size_t i = 0; i < cells; ++i) {
    if (control_.cells.hash(one, i) == rehearsed_.cells.hash(other, i)) continue;
    how.before = control_.cells.text(one, i);
    how.after = rehearsed_.cells.text(other, i);
    return filled_by(world_, world_.pages[static_cast<std::size_t>(pair.noticer.page)],
                     roles.shown[i].slot);
  }
  return -1;
}

// Something else was shown, or a refusal, and no fact says that it is not so: the call that
// answered on the platform to which its service has moved.
Culprit Causes::of_page(const Pair& pair, Circumstances& how) const {
  const int step = differing_step(pair, how);
  Culprit culprit = of_step(pair, step);
  if (culprit.call < 0) return {};
  how.looked = pair.noticer.replied;
  if ((pair.rehearsed->strayed >> step & 1) != 0) {
    culprit.call = -1;
    culprit.link = BrokenLink::elsewhere;
    how.owner = other(*culprit.side);
    if (const StepSpan* span = timeline_.of_kind(StepKind::route, pair.noticer.at,
                                                 pair.noticer.replied, pair.services))
      culprit.step = span->id;
    return culprit;
  }
  if (culprit.side == Side::source) return {};
  culprit.link = BrokenLink::answered_wrongly;
  if (inquest_ && pair.rehearsed->end == PageEnd::ok) inquest_->look(culprit, how);
  return culprit;
}

// What a step compared under its fence, or before it, and found unequal; -1: nothing.
int Causes::unequal_move(StepId step) const {
  for (const PlanEvent& event : rehearsed_.plan)
    if (event.step == step && event.compared && event.compared->root)
      return event.compared->root->move;
  return -1;
}

// Nothing was lost, and yet she was not told: the ledger called back somebody who did not listen.
Culprit Causes::of_silence(const Pair& pair, Circumstances& how) const {
  Culprit culprit;
  for (const Unheard& entry : rehearsed_.unheard) {
    if (entry.idem <= 0 || intent_of(entry.idem) != pair.noticer.intent) continue;
    culprit.link = BrokenLink::called_back_wrongly;
    culprit.service = world_.ledgers[static_cast<std::size_t>(entry.ledger)].service;
    culprit.side = entry.address;
    how.owner = other(entry.address);
    how.broke = pair.noticer.at;
    break;
  }
  return culprit;
}

// What a message is about is written on either platform while a route leads some requests over, and
// no row is wrong by itself.
Culprit Causes::of_route(const Pair& pair) const {
  Culprit culprit;
  name_step(culprit, StepKind::route, pair);
  if (culprit.known()) culprit.link = BrokenLink::met;
  return culprit;
}

Culprit Causes::blame(Pair& pair, const AnomalyCase* shown, Circumstances& how) const {
  const Noticer& noticer = pair.noticer;
  if (at_the_fence(pair) && noticer.step != StepId::none && noticer.phase == Phase::fence) {
    Culprit fence;
    fence.link = BrokenLink::met;
    fence.delay = Delay::fence;
    fence.step = noticer.step;
    fence.phase = Phase::fence;
    fence.move = unequal_move(noticer.step);
    return fence;
  }
  const bool failed =
      noticer.difference == Difference::failed || noticer.difference == Difference::timed_out;
  Culprit culprit;
  if (failed) culprit = of_obstacle(pair);
  if (noticer.difference == Difference::slower) culprit = of_delay(pair);
  if (culprit.known()) return culprit;
  if (shown && shown->culprit.known()) {
    how = shown->how;
    return shown->culprit;
  }
  const bool of_message =
      noticer.difference == Difference::message || noticer.difference == Difference::no_message;
  if (noticer.difference == Difference::no_message) culprit = of_silence(pair, how);
  if (of_message && !culprit.known()) culprit = of_route(pair);
  if (noticer.difference != Difference::slower && !of_message) culprit = of_page(pair, how);
  if (pair.late && (!culprit.known() || culprit.link == BrokenLink::answered_wrongly)) {
    const Culprit delay = of_delay(pair);
    pair.delay_tells = delay.known();
    if (delay.known()) return how = {}, delay;
  }
  if (culprit.known()) return culprit;
  const Surprise* surprise = timeline_.surprise(noticer.at, noticer.replied);
  if (surprise) culprit.surprise = surprise_id(surprise->name);
  return culprit;
}

void Causes::explain(Noticer& noticer, const Visit* control, const Visit* rehearsed) const {
  Pair pair{noticer, control, rehearsed, services_of(world_, noticer.page)};
  pair.delay = most_of(control, rehearsed);
  find_step(noticer, pair);
  const AnomalyCase* shown = shown_to(pair);
  pair.late = control && rehearsed && noticer.difference == Difference::shown &&
              slower(world_.notice, *control, *rehearsed);
  noticer.culprit = blame(pair, shown, noticer.how);
  noticer.cause = cause(pair, shown);
}

}  // namespace pindah
