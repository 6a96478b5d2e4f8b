#include "scenario/steps/rename.h"

namespace pindah {

StepSpec rename_spec() {
  StepSpec spec = vocabulary::step<Rename>("rename");
  spec.of = Of::text;
  spec.sentence = "what the shop front is called from now on";
  spec.precedence = 2;
  spec.explained = [](const PlanStep& step, const World&) {
    return "Shoppers now see the name " + step.text + ".";
  };
  return spec;
}

}  // namespace pindah
