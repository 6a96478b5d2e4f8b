#include <fmt/format.h>

#include "command/explanation.h"
#include "scenario/parse.h"
#include "scenario/vocabulary/surprises.h"

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
  if (step.locking) text += ", locking them until they are over";
  if (step.order == CopyOrder::parents_last) text += ", children first (a known hazard)";
  if (step.checkpoint == Checkpoint::apart)
    text += ", its checkpoint written before the rows (a known hazard)";
  constexpr const char* kConflicts[] = {
      "What the changelog brought later is kept.",
      "A copied row overwrites what the changelog brought (a known hazard).",
      "A copied row replaces what is there, with what hangs on it (a known hazard).",
      "A row that is there already is left as it is (a known hazard).",
      "A row that is there already stops the copy."};
  return text + ". " + kConflicts[static_cast<std::size_t>(step.conflict)];
}

std::string by_words(const PlanStep& step, const World& world) {
  if (step.by == kPartitionsMax) return "by request, so that nobody stays where she was";
  return "by " + world.partitions[step.by].name;
}

std::string apply_words(const PlanStep& step, const std::string& services) {
  std::string text = fmt::format("Brings the changes of {} over, every {}, {} roots at a time",
                                 services, duration_text(step.poll), step.batch);
  if (step.at_once > 1)
    text += fmt::format(", {} batches at once in no order (a known hazard)", step.at_once);
  if (step.carries == Carries::images) text += ", as each change left them";
  if (step.missing == MissingRow::ignore)
    text += ", leaving out what is not there yet (a known hazard)";
  if (step.missing == MissingRow::fail) text += ", stopping at what is not there yet";
  if (step.checkpoint == Checkpoint::apart)
    text += ", its checkpoint written before the rows (a known hazard)";
  return text + ".";
}

std::string verify_words(const PlanStep& step, const std::string& services) {
  std::string text = "Compares " + services + " on both sides, ";
  text += step.sample_ppm < 1'000'000 ? show(Unit::ppm, step.sample_ppm) + " of the rows"
                                      : std::string("row by row");
  if (!step.own_cursor) text += ", of what the copy says it has copied (a known hazard)";
  if (step.rechecks == 0) text += ", without a second look (a known hazard)";
  return text + ".";
}

std::string dual_write_words(const PlanStep& step, const std::string& services) {
  if (!step.on) return "Writes of " + services + " go to their owner alone again.";
  std::string text = "Every write of " + services + " goes to both sides";
  text += step.sync ? ", and its answer waits for the second"
                    : fmt::format(", the second behind the answer, {} at once", step.slots);
  if (!step.sync && step.when_busy == WhenBusy::drop)
    text += "; when all are busy it is dropped (a known hazard)";
  if (!step.ordered) text += "; whichever arrives last stays (a known hazard)";
  constexpr const char* kHalves[] = {"tried until it is done", "forgotten (a known hazard)",
                                     "an error to the shopper (a known hazard)"};
  text += fmt::format(". A second write that fails is {}.",
                      kHalves[static_cast<std::size_t>(step.half_write)]);
  if (step.authoritative)
    text += fmt::format(" From now on the {} answers, without a fence (a known hazard).",
                        side_words()[index(*step.authoritative)]);
  return text;
}

std::string pages_of(const PlanStep& step, const World& world) {
  std::vector<std::string> names;
  for (const PageId page : step.pages)
    names.push_back(world.pages[static_cast<std::size_t>(page)].name);
  return fmt::format("{}", fmt::join(names, ", "));
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

std::string cutover_words(const PlanStep& step, const World& world, const std::string& services) {
  std::string text = fence_words(step, services);
  if (step.copy_under_fence) text += ", copies everything while the fence is closed";
  text += step.verify_at_cutover ? ", compares both sides" : ", compares nothing";
  text += step.share_ppm == 1'000'000
              ? std::string(", switches the owner")
              : fmt::format(", switches {} of them, {}", show(Unit::ppm, step.share_ppm),
                            by_words(step, world));
  if (step.reverse) text += ", starts the reverse stream";
  if (step.forward_callbacks) text += ", lets the old platform hand late callbacks over";
  text += ", opens the fence.";
  if (!step.reverse) text += " Without a reverse stream there is no way back without loss.";
  return text + limit_words(step);
}

std::string route_words(const PlanStep& step, const World& world, const std::string& services) {
  std::vector<std::string> shares;
  if (step.reads_ppm) shares.push_back(show(Unit::ppm, *step.reads_ppm) + " of the reads");
  if (step.writes_ppm) shares.push_back(show(Unit::ppm, *step.writes_ppm) + " of the writes");
  std::string text = fmt::format("Sends {} of {} to the target, {}", fmt::join(shares, " and "),
                                 services, by_words(step, world));
  if (step.writes_ppm) text += ", without a fence (a known hazard)";
  if (step.over.us > 0) text += ", reached over " + duration_text(step.over);
  return text + ".";
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
      return apply_words(step, services);
    case StepKind::verify:
      return verify_words(step, services);
    case StepKind::cutover:
      return cutover_words(step, world, services);
    case StepKind::reverse:
      return fmt::format("Turns the stream of {} back from the target {}{}.", services,
                         step.on ? "on" : "off",
                         step.on && !step.origin_tag
                             ? ", which sends back what came from the source (a known hazard)"
                             : "");
    case StepKind::route:
      return route_words(step, world, services);
    case StepKind::dual_write:
      return dual_write_words(step, services);
    case StepKind::shadow_read:
      if (!step.on) return "Reads of " + services + " are no longer compared.";
      return fmt::format("{} of the reads of {} run on both sides, {}; the answers are compared.",
                         show(Unit::ppm, step.reads_compared_ppm), services, by_words(step, world));
    case StepKind::close:
      return "The front no longer offers " + pages_of(step, world) + ".";
    case StepKind::open:
      return "The front offers " + pages_of(step, world) + " again.";
    case StepKind::forward_callbacks:
      return "The old platform hands late callbacks of " + services + " over.";
    case StepKind::rename:
      return "Shoppers now see the name " + step.text + ".";
    case StepKind::retire:
      if (step.read_only_first.us > 0)
        return fmt::format("The source turns away every write of {}, and after {} every call.",
                           services, duration_text(step.read_only_first));
      return "The source turns away every call of " + services + ".";
    case StepKind::rollback:
      return fence_words(step, services) +
             (step.failback ? "" : ", waits for nothing that is still there (a known hazard)") +
             ", switches the owner back, opens the fence." + limit_words(step);
  }
  return "";
}

std::string words_of(const Surprise& surprise, const World& world) {
  std::string text = spec_of(surprise).explained(surprise, world) + ", for " +
                     duration_text(surprise.duration) + ".";
  text += surprise.also_in_control ? " In both lives: weather, not the plan's fault."
                                   : " Only in the rehearsed life.";
  return text;
}

}  // namespace pindah
