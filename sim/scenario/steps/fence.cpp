#include "scenario/steps/fence.h"

#include <fmt/format.h>

#include "scenario/steps/cutover.h"
#include "scenario/steps/rollback.h"

namespace pindah {

const Fence* fence_of(const PlanStep& step) {
  if (const auto* cutover = step.as<Cutover>()) return &cutover->fence;
  if (const auto* rollback = step.as<Rollback>()) return &rollback->fence;
  return nullptr;
}

std::string fence_words(const Fence& fence, const std::string& services) {
  std::string text =
      fence.does == FenceDoes::hold
          ? fmt::format("Holds writes of {} (at most {} of them)", services, fence.hold_at_most)
          : fmt::format("Refuses writes of {}", services);
  const bool early = fence.position == PositionWhen::before_drain;
  text += early ? ", takes the log's position (before the drain: a known hazard)" : "";
  text += fence.drain ? ", waits for those in flight"
                      : ", does not wait for those in flight (a known hazard)";
  text += early ? "" : ", takes the log's position";
  return text + ", catches up";
}

std::string limit_words(const Fence& fence) {
  std::string text =
      fmt::format(" After {} of freeze it {}.", duration_text(fence.freeze_at_most),
                  fence.at_limit == AtLimit::abort ? "gives up and opens again"
                                                   : "switches all the same (a known hazard)");
  return fence.may_abort ? text + " Giving up counts as a result." : text;
}

namespace vocabulary {

Field freeze_row() {
  return {.key = "freeze_at_most",
          .sentence = "how long the fence may be closed",
          .least = millis(1).us,
          .most = hours(24).us};
}
Field limit_row() {
  return {.key = "at_limit",
          .sentence = "what happens then; `go_on`: it switches however long it takes",
          .words = {"abort", "go_on"},
          .dangers = {{"go_on", "the freeze has no limit"}}};
}
Field abort_row() {
  return {.key = "may_abort",
          .sentence =
              "whether an abort is what the rehearsal wants to see; otherwise it leaves the run "
              "inconclusive"};
}
Field does_row() {
  return {.key = "fence",
          .sentence = "whether shoppers wait, or meet an error",
          .words = {"hold", "refuse"},
          .dangers = {{"refuse", "requests are refused, not held"}}};
}
Field drain_row() {
  return {.key = "drain",
          .sentence = "whether writes in flight are waited for",
          .dangers = {{"false", "writes in flight at the fence are not waited for"}}};
}
Field position_row() {
  return {.key = "position",
          .sentence = "when the changelog's end is read",
          .words = {"after_drain", "before_drain"},
          .dangers = {{"before_drain", "what commits during the drain is not caught up"}}};
}
Field hold_row() {
  return {.key = "hold_at_most",
          .sentence = "requests held; more are refused",
          .least = 0,
          .most = 1'000'000};
}

}  // namespace vocabulary
}  // namespace pindah
