#include "scenario/steps/reverse.h"

#include <fmt/format.h>

namespace pindah {
namespace {

using vocabulary::field;
using vocabulary::where;

bool echoes(const Reverse& reverse) { return reverse.on && !reverse.origin_tag; }

std::string reverse_words(const PlanStep& step, const World& world) {
  const Reverse& reverse = step.options<Reverse>();
  return fmt::format(
      "Turns the stream of {} back from the target {}{}.", services_of(step, world),
      reverse.on ? "on" : "off",
      echoes(reverse) ? ", which sends back what came from the source (a known hazard)" : "");
}

}  // namespace

StepSpec reverse_spec() {
  StepSpec spec = vocabulary::step<Reverse>("reverse");
  spec.sentence = "stream the target's changes back, or stop that";
  spec.needs = {{Need::captured}, {Need::way_back}};
  spec.effects = [](const PlanStep& step) {
    return step.options<Reverse>().on ? Effects{Effect::streams_back} : Effects{};
  };
  spec.sort = Sort::stream;
  spec.explained = reverse_words;
  spec.fields = {
      field<&Reverse::on>(
          {.key = "on", .sentence = "whether it does so from now on, or no longer"}),
      field<&Reverse::origin_tag>(
          {.key = "origin_tag",
           .sentence =
               "whether changes that came from the source are known, and not sent back to it",
           .dangers = {{"false", "changes are sent back to where they came from",
                        where<Reverse>(echoes)}}})};
  return spec;
}

}  // namespace pindah
