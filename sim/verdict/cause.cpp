#include "verdict/cause.h"

#include <algorithm>

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

const char* of_slowness(Obstacle obstacle) {
  switch (obstacle) {
    case Obstacle::queue_wait:
      return "slower (waiting for a busy platform)";
    case Obstacle::ledger:
      return "slower (waiting for a ledger)";
    case Obstacle::not_owner:
      return "slower (sent on to the new owner)";
    case Obstacle::second_write:
      return "slower (written on both platforms)";
    case Obstacle::row_lock:
      return "slower (its rows were being copied)";
    case Obstacle::lost:
      return "slower (a message was lost on a link)";
    default:
      return "slower";
  }
}

}  // namespace

Causes::Causes(const World& world, const Scenario& scenario, const Record& rehearsed)
    : world_(world), timeline_(scenario, rehearsed.plan) {
  for (const AnomalyCase& c : rehearsed.cases) cases_[c.intent].push_back(&c);
}

const AnomalyCase* Causes::shown_to(const Noticer& noticer) const {
  const auto it = cases_.find(noticer.intent);
  if (it == cases_.end()) return nullptr;
  for (const AnomalyCase* c : it->second)
    if (c->at >= noticer.at && c->at <= noticer.replied) return c;
  // A transient sight of something that proved wrong for good.
  return noticer.difference == Difference::shown ? it->second.front() : nullptr;
}

// The largest obstacle may be a ledger's answer, which takes its time in every life; what made the
// difference is then the time at the gate.
bool Causes::at_the_fence(const Noticer& noticer) const {
  if (noticer.obstacle == Obstacle::fence_held || noticer.obstacle == Obstacle::fence_refused)
    return true;
  if (noticer.difference != Difference::slower || noticer.hindered_us * 2 < noticer.slower_us)
    return false;
  for (const auto& [from, until] : timeline_.fences(-1))
    if (from <= noticer.replied && until >= noticer.at) return true;
  return false;
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

std::string Causes::cause(const Noticer& noticer, const AnomalyCase* shown) const {
  switch (noticer.difference) {
    case Difference::logged_out:
      return "logged out";
    case Difference::message:
      return "a message that should not have come";
    case Difference::no_message:
      return "a message that never came";
    case Difference::slower:
      return at_the_fence(noticer) ? "held by the fence" : of_slowness(noticer.obstacle);
    case Difference::refused:
      return shown ? of_anomaly(*shown) : "refused";
    case Difference::failed:
    case Difference::timed_out:
      if (const char* text = of_failure(noticer.obstacle)) return text;
      if (shown) return of_anomaly(*shown);
      return noticer.difference == Difference::timed_out ? "timed out" : "failed";
    case Difference::shown:
      break;
  }
  return shown ? of_anomaly(*shown) : "something else shown";
}

void Causes::explain(Noticer& noticer) const {
  const StepSpan* span = timeline_.under_way(noticer.at, noticer.replied, noticer.service);
  std::string step_and_phase;
  if (span) {
    noticer.step = span->id;
    noticer.phase = at_the_fence(noticer)
                        ? Phase::fence
                        : StepSpans::phase(*span, std::max(noticer.at, span->from));
    step_and_phase = StepSpans::text(*span, noticer.phase);
  } else if (const StepSpan* before = timeline_.moved_before(noticer.at)) {
    noticer.after = before->id;
    step_and_phase = "after " + before->step->name;
  }
  const AnomalyCase* shown = shown_to(noticer);
  noticer.cause = cause(noticer, shown);
  const Surprise* surprise = timeline_.surprise(noticer.at, noticer.replied);
  if (at_the_fence(noticer) && span)
    noticer.culprit = step_and_phase;
  else if (shown && shown->link != BrokenLink::none)
    noticer.culprit = word_of(shown->link);
  else if (surprise)
    noticer.culprit = surprise->name;
  else
    noticer.culprit = step_and_phase;
}

}  // namespace pindah
