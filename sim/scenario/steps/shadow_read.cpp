#include "scenario/steps/shadow_read.h"

#include <fmt/format.h>

namespace pindah {
namespace {

using vocabulary::field;

std::string shadow_read_words(const PlanStep& step, const World& world) {
  const ReadTwice& twice = step.options<ReadTwice>();
  const std::string services = services_of(step, world);
  if (!twice.on) return "Reads of " + services + " are no longer compared.";
  return fmt::format("{} of the reads of {} run on both sides, {}; the answers are compared.",
                     show(Unit::ppm, twice.share_ppm), services, by_words(twice.by, world));
}

bool is_on(const PlanStep& step) { return step.options<ReadTwice>().on; }

}  // namespace

StepSpec shadow_read_spec() {
  StepSpec spec = vocabulary::step<ReadTwice>("shadow_read");
  spec.sentence = "run reads on both sides and compare the answers; the shopper waits for neither";
  spec.needs = {{Need::copied, is_on, "with `on`"}};
  spec.effects = [](const PlanStep& step) {
    return is_on(step) ? Effects{Effect::reads_twice} : Effects{};
  };
  spec.precedence = 1;
  spec.sort = Sort::check;
  spec.explained = shadow_read_words;
  spec.fields = {
      field<&ReadTwice::on>(
          {.key = "on", .sentence = "whether it does so from now on, or no longer"}),
      field<&ReadTwice::share_ppm>(
          {.key = "share", .sentence = "of the reads", .type = FieldType::share}),
      field<&ReadTwice::by>(
          {.key = "by",
           .sentence = "what a share goes by: a partition of the world; `request`: each for itself",
           .derived = "the world's first partition"})};
  return spec;
}

}  // namespace pindah
