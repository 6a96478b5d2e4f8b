#include <fmt/format.h>

#include "command/explanation.h"
#include "scenario/parse.h"

namespace pindah {
namespace {

std::string services_of(const PlanStep& step, const World& world) {
  std::string text;
  for (std::size_t i = 0; i < step.services.size(); ++i) {
    if (i > 0) text += i + 1 == step.services.size() ? " and " : ", ";
    text += world.services[static_cast<std::size_t>(step.services[i])].name;
  }
  return text;
}

std::string copy_words(const PlanStep& step, const std::string& services) {
  std::string text = fmt::format("Copies the rows of {} in chunks of {}", services, step.chunk);
  text += step.rows_per_second == 0 ? ", as fast as the workers go"
                                    : fmt::format(", at most {} rows/s", step.rows_per_second);
  if (step.pause_when) text += ", pausing while " + step.pause_when->text;
  text += step.conflict == CopyConflict::changelog_wins
              ? ". What the changelog brought later is kept."
              : ". A copied row overwrites what the changelog brought (a known hazard).";
  return text;
}

// Fence, drain, position: what cutover and rollback share.
std::string fence_words(const PlanStep& step, const std::string& services) {
  std::string text =
      step.fence == FenceDoes::hold
          ? fmt::format("Holds writes of {} (at most {} of them)", services, step.hold_at_most)
          : fmt::format("Refuses writes of {}", services);
  const bool early = step.position == PositionWhen::before_drain;
  text += early ? ", takes the log's position (before the drain: a known hazard)" : "";
  text += step.drain ? ", waits for those in flight"
                     : ", does not wait for those in flight (a "
                       "known hazard)";
  text += early ? "" : ", takes the log's position";
  return text + ", catches up";
}

std::string limit_words(const PlanStep& step) {
  std::string text =
      fmt::format(" After {} of freeze it {}.", duration_text(step.freeze_at_most),
                  step.at_limit == AtLimit::abort ? "gives up and opens again"
                                                  : "switches all the same (a known hazard)");
  return step.may_abort ? text + " Giving up counts as a result." : text;
}

std::string cutover_words(const PlanStep& step, const std::string& services) {
  std::string text = fence_words(step, services);
  if (step.copy_under_fence) text += ", copies everything while the fence is closed";
  text += step.verify_at_cutover ? ", compares both sides" : ", compares nothing";
  text += ", switches the owner";
  if (step.reverse) text += ", starts the reverse stream";
  if (step.forward_callbacks) text += ", lets the old platform hand late callbacks over";
  text += ", opens the fence.";
  if (!step.reverse) text += " Without a reverse stream there is no way back without loss.";
  return text + limit_words(step);
}

std::string route_words(const PlanStep& step, const std::string& services) {
  std::string text = fmt::format("Sends {} of the reads of {} to the target",
                                 show(Unit::ppm, step.reads_ppm), services);
  if (step.over.us > 0) text += ", reached over " + duration_text(step.over);
  return text + ".";
}

std::string link_name(LinkId link) { return link_words()[static_cast<std::size_t>(link)]; }

std::string cut_words(const Surprise& surprise) {
  std::string text = "Cuts the link " + link_name(surprise.link);
  if (surprise.direction == 1) text += " from the first to the second only";
  if (surprise.direction == 2) text += " from the second to the first only";
  return text;
}

std::string what_of(const Surprise& surprise, const World& world) {
  const std::string side = world.platforms[index(surprise.platform)].name;
  switch (surprise.kind) {
    case SurpriseKind::slow_link:
      return fmt::format("Slows the link {} by {}", link_name(surprise.link),
                         duration_text(surprise.by));
    case SurpriseKind::cut_link:
      return cut_words(surprise);
    case SurpriseKind::lossy_link:
      return fmt::format("Loses {} of the messages on {}", show(Unit::ppm, surprise.ppm),
                         link_name(surprise.link));
    case SurpriseKind::slow_ledger:
      return fmt::format("Slows {} by {}",
                         world.ledgers[static_cast<std::size_t>(surprise.ledger)].name,
                         duration_text(surprise.by));
    case SurpriseKind::slow_platform:
      return fmt::format("Slows every call on {} by {}", side, duration_text(surprise.by));
    case SurpriseKind::slow_service:
      return fmt::format("Slows the calls of {} by {}",
                         world.services[static_cast<std::size_t>(surprise.service)].name,
                         duration_text(surprise.by));
    case SurpriseKind::pause_platform:
      return side + " does no work";
    case SurpriseKind::kill_platform:
      return side + " is killed: what it was doing is lost";
    case SurpriseKind::stale_edge:
      return fmt::format("Edge {} learns no new routes", surprise.edge + 1);
  }
  return "";
}

}  // namespace

std::string words_of(const PlanStep& step, const World& world) {
  const std::string services = services_of(step, world);
  switch (step.kind) {
    case StepKind::capture:
      return "Takes down every committed change of " + services + ".";
    case StepKind::copy:
      return copy_words(step, services);
    case StepKind::apply:
      return fmt::format("Brings the changes of {} over, every {}, {} roots at a time.", services,
                         duration_text(step.poll), step.batch);
    case StepKind::verify:
      return "Compares " + services + " on both sides, row by row.";
    case StepKind::cutover:
      return cutover_words(step, services);
    case StepKind::reverse:
      return fmt::format("Turns the stream of {} back from the target {}.", services,
                         step.on ? "on" : "off");
    case StepKind::route:
      return route_words(step, services);
    case StepKind::forward_callbacks:
      return "The old platform hands late callbacks of " + services + " over.";
    case StepKind::rename:
      return "Shoppers now see the name " + step.text + ".";
    case StepKind::retire:
      return "The source turns away every call of " + services + ".";
    case StepKind::rollback:
      return fence_words(step, services) + ", switches the owner back, opens the fence." +
             limit_words(step);
  }
  return "";
}

std::string words_of(const Surprise& surprise, const World& world) {
  std::string text = what_of(surprise, world) + ", for " + duration_text(surprise.duration) + ".";
  text += surprise.also_in_control ? " In both lives: weather, not the plan's fault."
                                   : " Only in the rehearsed life.";
  return text;
}

}  // namespace pindah
