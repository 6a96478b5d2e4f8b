// The source's gate hands late callbacks over to the owner.
#include "migration/steps/step.h"

namespace pindah::migration {

StepMechanism forward_callbacks_mechanism() {
  return {StepKind::forward_callbacks, [](PlanRunner& plan, StepId which) {
            for (ServiceId id : plan.shared().step(which).services)
              plan.shared().gates.forward_callbacks(id, true);
            plan.done(which);
          }};
}

}  // namespace pindah::migration
