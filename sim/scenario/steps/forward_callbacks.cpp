#include "scenario/steps/forward_callbacks.h"

namespace pindah {

StepSpec forward_callbacks_spec() {
  StepSpec spec = vocabulary::step<ForwardCallbacks>("forward_callbacks");
  spec.sentence = "the old platform hands late callbacks over";
  spec.precedence = 2;
  spec.explained = [](const PlanStep& step, const World& world) {
    return "The old platform hands late callbacks of " + services_of(step, world) + " over.";
  };
  return spec;
}

}  // namespace pindah
