#include "scenario/steps/retire.h"

#include <fmt/format.h>

namespace pindah {

StepSpec retire_spec() {
  StepSpec spec = vocabulary::step<Retire>("retire");
  spec.sentence = "the source refuses every call of the service";
  spec.effects = vocabulary::always<Effect::retires>;
  spec.precedence = 2;
  spec.explained = [](const PlanStep& step, const World& world) {
    const Micros first = step.options<Retire>().read_only_first;
    const std::string services = services_of(step, world);
    if (first.us == 0) return "The source turns away every call of " + services + ".";
    return fmt::format("The source turns away every write of {}, and after {} every call.",
                       services, duration_text(first));
  };
  spec.dangers = {{"nobody looks whether anything is still in flight",
                   [](const PlanStep& step, const Scenario&) {
                     return step.when.empty() && step.needs.empty();
                   }}};
  spec.fields = {vocabulary::field<&Retire::read_only_first>(
      {.key = "read_only_first", .sentence = "so long it refuses writes alone"})};
  return spec;
}

}  // namespace pindah
