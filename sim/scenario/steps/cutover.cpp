#include "scenario/steps/cutover.h"

#include <fmt/format.h>

#include <algorithm>

namespace pindah {
namespace {

using vocabulary::field;
using vocabulary::where;

std::string cutover_words(const PlanStep& step, const World& world) {
  const Cutover& cutover = step.options<Cutover>();
  std::string text = fence_words(cutover.fence, services_of(step, world));
  if (cutover.copy == CopyWhen::under_fence)
    text += ", copies everything while the fence is closed";
  text += cutover.verify ? ", compares both sides" : ", compares nothing";
  text += cutover.share_ppm == 1'000'000
              ? std::string(", switches the owner")
              : fmt::format(", switches {} of them, {}", show(Unit::ppm, cutover.share_ppm),
                            by_words(cutover.by, world));
  if (cutover.reverse) text += ", starts the reverse stream";
  if (cutover.forward_callbacks) text += ", lets the old platform hand late callbacks over";
  text += ", opens the fence.";
  if (!cutover.reverse) text += " Without a reverse stream there is no way back without loss.";
  return text + limit_words(cutover.fence);
}

Effects cutover_effects(const PlanStep& step) {
  const Cutover& cutover = step.options<Cutover>();
  Effects all{Effect::moves_over, Effect::switches};
  if (cutover.share_ppm == 1'000'000) all.add(Effect::moves_all_over);
  if (cutover.copy == CopyWhen::under_fence) all.add(Effect::copies);
  if (cutover.verify) all.add(Effect::verifies);
  return all;
}

// Where every service is captured by then, and the world has a move back.
void stream_back_where_it_can(PlanStep& step, const Reading& reading) {
  const auto& plan = reading.scenario.plan;
  const auto& moves = reading.world.moves;
  const auto can = [&](ServiceId service) {
    const bool captured = std::any_of(plan.begin(), plan.end(), [&](const PlanStep& earlier) {
      return does(earlier, Effect::captures) && concerns(earlier, service);
    });
    return captured && std::any_of(moves.begin(), moves.end(), [&](const Move& move) {
             return move.service == service && move.from == Side::target;
           });
  };
  step.options<Cutover>().reverse = std::all_of(step.services.begin(), step.services.end(), can);
}

// Neither a stream nor second writes: nothing that is written on the target comes back.
bool no_way_back(const PlanStep& cutover, const Scenario& scenario) {
  if (cutover.options<Cutover>().reverse) return false;
  return std::none_of(scenario.plan.begin(), scenario.plan.end(), [&](const PlanStep& step) {
    const bool back = does(step, Effect::writes_twice) || does(step, Effect::streams_back);
    return back && concerns(step, cutover.services.front());
  });
}

std::vector<Field> cutover_fields() {
  std::vector<Field> all = fence_fields<&Cutover::fence>();
  const std::vector<Field> own{
      field<&Cutover::reverse>({.key = "reverse",
                                .sentence = "stream the target's changes back afterwards",
                                .derived = "true where every service is captured by then and can "
                                           "come back"}),
      field<&Cutover::forward_callbacks>(
          {.key = "forward_callbacks",
           .sentence = "late callbacks follow the owner",
           .dangers = {{"false", "late callbacks reach a platform that owns nothing"}}}),
      field<&Cutover::verify>({.key = "verify",
                               .sentence = "compare under the fence what was caught up",
                               .dangers = {{"false", "nothing is compared under the fence"}}}),
      field<&Cutover::copy>(
          {.key = "copy",
           .sentence = "`under_fence`: stop, copy everything, switch; no copy is needed before",
           .words = {"before", "under_fence"},
           .dangers = {{"under_fence", "everything is copied while the fence is closed"}}}),
      field<&Cutover::share_ppm>(
          {.key = "share",
           .sentence =
               "how much changes its owner; the rest stays where it is, and both streams run",
           .type = FieldType::share}),
      field<&Cutover::by>(
          {.key = "by",
           .sentence = "what a share goes by: a partition of the world; `request`: each for itself",
           .derived = "the world's first partition"})};
  all.insert(all.end(), own.begin(), own.end());
  return all;
}

bool under_fence(const PlanStep& step) {
  return step.options<Cutover>().copy == CopyWhen::under_fence;
}

}  // namespace

StepSpec cutover_spec() {
  const auto streams_back = [](const PlanStep& step) { return step.options<Cutover>().reverse; };
  StepSpec spec = vocabulary::step<Cutover>("cutover");
  spec.composite = true;
  spec.sentence =
      "change the owner: fence, drain, position, catch up, compare, switch, stream back "
      "and forward callbacks, release";
  spec.needs = {{Need::way_there, under_fence, "with `copy: under_fence`"},
                {Need::copied, [](const PlanStep& step) { return !under_fence(step); },
                 "without `copy: under_fence`"},
                {Need::way_back, streams_back, "with `reverse`"},
                {Need::captured, streams_back, "with `reverse`", "nothing can be reversed",
                 "capture it, or write reverse: false"},
                {Need::not_all_moved}};
  spec.effects = cutover_effects;
  spec.moves = Moves::all;
  spec.looked_back_to = true;
  spec.precedence = 3;
  spec.sort = Sort::move;
  spec.explained = cutover_words;
  spec.derive = stream_back_where_it_can;
  spec.may_fail = [](const PlanStep& step) { return step.options<Cutover>().fence.may_abort; };
  spec.dangers = {{"there is no way back without loss", no_way_back}};
  spec.fields = cutover_fields();
  return spec;
}

}  // namespace pindah
