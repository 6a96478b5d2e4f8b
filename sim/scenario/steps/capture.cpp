#include "scenario/steps/capture.h"

namespace pindah {

StepSpec capture_spec() {
  using vocabulary::field;
  StepSpec spec = vocabulary::step<Capture>("capture");
  spec.sentence = "take down every committed change from now on";
  spec.effects = vocabulary::always<Effect::captures>;
  spec.sort = Sort::stream;
  spec.explained = [](const PlanStep& step, const World& world) {
    return "Takes down every committed change of " + services_of(step, world) + ".";
  };
  spec.fields = {field<&Capture::retention>({.key = "retention",
                                             .sentence = "how long a change is kept",
                                             .least = seconds(1).us,
                                             .derived = "until it is applied"})};
  return spec;
}

}  // namespace pindah
