#include "scenario/dangers.h"

#include <fmt/format.h>

#include <algorithm>

namespace pindah {
namespace {

using Dangers = std::vector<std::string>;

void add(Dangers& dangers, bool dangerous, const char* what) {
  if (dangerous) dangers.emplace_back(what);
}

void of_fence(const PlanStep& step, Dangers& d) {
  add(d, !step.drain, "writes in flight at the fence are not waited for");
  add(d, step.position == PositionWhen::before_drain,
      "what commits during the drain is not caught up");
  add(d, step.fence == FenceDoes::refuse, "requests are refused, not held");
  add(d, step.at_limit == AtLimit::go_on, "the freeze has no limit");
}

void of_cutover(const PlanStep& step, Dangers& d) {
  of_fence(step, d);
  add(d, step.copy_under_fence, "everything is copied while the fence is closed");
  add(d, !step.verify_at_cutover, "nothing is compared under the fence");
  add(d, !step.forward_callbacks, "late callbacks reach a platform that owns nothing");
}

void of_copy(const PlanStep& step, Dangers& d) {
  const CopyConflict rule = step.conflict;
  add(d, rule == CopyConflict::upsert && !step.locking, "an old chunk overwrites a newer change");
  add(d, rule == CopyConflict::replace, "replacing a row takes along what hangs on it");
  add(d, rule == CopyConflict::ignore, "a stale row stays as it is");
  add(d, step.order == CopyOrder::parents_last, "children come before their parents");
  add(d, step.checkpoint == Checkpoint::apart, "a chunk is skipped if the migrator dies");
}

void of_apply(const PlanStep& step, Dangers& d) {
  add(d, step.at_once > 1, "batches overtake each other");
  add(d, step.missing == MissingRow::ignore, "a change of a row that is not there is lost");
  add(d, step.conflict == CopyConflict::ignore, "a change of a row that is there is lost");
  add(d, step.checkpoint == Checkpoint::apart, "a batch is skipped if the migrator dies");
}

void of_dual_write(const PlanStep& step, Dangers& d) {
  if (!step.on) return;
  add(d, step.half_write == HalfWrite::ignore, "half a write is forgotten");
  add(d, step.half_write == HalfWrite::fail, "half a write is told as none");
  add(d, !step.sync && step.when_busy == WhenBusy::drop, "writes are dropped when slots are taken");
  add(d, !step.ordered, "the older of two writes may stay");
  add(d, step.authoritative.has_value(), "the owner changes without a fence");
}

bool ready_to_retire(const PlanStep& step) { return step.when || step.needs; }

}  // namespace

std::vector<std::string> dangers_of(const PlanStep& step) {
  Dangers d;
  switch (step.kind) {
    case StepKind::cutover:
      of_cutover(step, d);
      break;
    case StepKind::rollback:
      of_fence(step, d);
      add(d, !step.failback, "what has not come back yet is left behind");
      break;
    case StepKind::copy:
      of_copy(step, d);
      break;
    case StepKind::apply:
      of_apply(step, d);
      break;
    case StepKind::verify:
      add(d, !step.own_cursor, "what the copy has skipped is not compared");
      add(d, step.rechecks == 0, "rows on their way count as different");
      break;
    case StepKind::route:
      add(d, step.writes_ppm.value_or(0) > 0, "writes are led over without a fence");
      add(d, step.by == kPartitionsMax, "nobody stays on one side");
      break;
    case StepKind::dual_write:
      of_dual_write(step, d);
      break;
    case StepKind::reverse:
      add(d, step.on && !step.origin_tag, "changes are sent back to where they came from");
      break;
    case StepKind::retire:
      add(d, !ready_to_retire(step), "nobody looks whether anything is still in flight");
      break;
    case StepKind::capture:
    case StepKind::shadow_read:
    case StepKind::forward_callbacks:
    case StepKind::rename:
    case StepKind::close:
    case StepKind::open:
      break;
  }
  return d;
}

bool concerns(const PlanStep& step, ServiceId service) {
  return std::find(step.services.begin(), step.services.end(), service) != step.services.end();
}

namespace {

// A changelog that begins after the copy has begun misses what changes in between.
bool captured_late(const Scenario& scenario, const PlanStep& copy) {
  return std::any_of(scenario.plan.begin(), scenario.plan.end(), [&](const PlanStep& step) {
    const bool same = std::any_of(copy.services.begin(), copy.services.end(),
                                  [&](ServiceId id) { return concerns(step, id); });
    return step.kind == StepKind::capture && same && step.at && copy.at && *step.at > *copy.at;
  });
}

// Neither a stream nor second writes: nothing that is written on the target comes back.
bool no_way_back(const Scenario& scenario, const PlanStep& cutover) {
  if (cutover.kind != StepKind::cutover || cutover.reverse) return false;
  return std::none_of(scenario.plan.begin(), scenario.plan.end(), [&](const PlanStep& step) {
    const bool back = (step.kind == StepKind::dual_write || step.kind == StepKind::reverse);
    return back && step.on && concerns(step, cutover.services.front());
  });
}

}  // namespace

std::vector<std::string> dangers(const Scenario& scenario) {
  std::vector<std::string> lines;
  for (const PlanStep& step : scenario.plan) {
    Dangers found = dangers_of(step);
    if (step.kind == StepKind::copy && captured_late(scenario, step))
      found.emplace_back("what changes before the changelog begins is missed");
    if (no_way_back(scenario, step)) found.emplace_back("there is no way back without loss");
    if (found.empty()) continue;
    lines.push_back(fmt::format("{}:{}: {}: {}", step.place.file, step.place.line, step.name,
                                fmt::join(found, "; ")));
  }
  return lines;
}

}  // namespace pindah
