// Reads run on the other side as well (migration/shadow_reader.h), until a step says otherwise.
#include "scenario/steps/shadow_read.h"

#include "migration/steps/step.h"

namespace pindah::migration {
namespace {

void begin_shadow_read(PlanRunner& plan, StepId which) {
  if (!plan.shared().options<ReadTwice>(which).on) {
    plan.hands().shadow_reader.stop(which);
    return plan.done(which);
  }
  plan.hands().shadow_reader.start(which);
  plan.goes_on(which);  // its end is told by the step that ends it
}

}  // namespace

StepMechanism shadow_read_mechanism() { return {StepKind::shadow_read, begin_shadow_read}; }

}  // namespace pindah::migration
