#include "scenario/steps/rollback.h"

namespace pindah {

StepSpec rollback_spec() {
  StepSpec spec = vocabulary::step<Rollback>("rollback");
  spec.composite = true;
  spec.sentence = "return the ownership, by the same steps as a cutover";
  spec.needs = {{Need::moved_over}, {Need::not_retired}};
  spec.effects = [](const PlanStep&) { return Effects{Effect::moves_back, Effect::switches}; };
  spec.moves = Moves::all;
  spec.looked_back_to = true;
  spec.precedence = 3;
  spec.sort = Sort::move;
  spec.explained = [](const PlanStep& step, const World& world) {
    const Rollback& rollback = step.options<Rollback>();
    return fence_words(rollback.fence, services_of(step, world)) +
           (rollback.failback ? "" : ", waits for nothing that is still there (a known hazard)") +
           ", switches the owner back, opens the fence." + limit_words(rollback.fence);
  };
  spec.may_fail = [](const PlanStep& step) { return step.options<Rollback>().fence.may_abort; };
  spec.fields = fence_fields<&Rollback::fence>();
  spec.fields.push_back(vocabulary::field<&Rollback::failback>(
      {.key = "failback",
       .sentence = "whether what has not come back yet is waited for",
       .dangers = {{"false", "what has not come back yet is left behind"}}}));
  return spec;
}

}  // namespace pindah
