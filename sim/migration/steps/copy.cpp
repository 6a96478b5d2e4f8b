// The copier goes through the services, chunk by chunk (migration/copier.h).
#include "migration/steps/step.h"

namespace pindah::migration {

StepMechanism copy_mechanism() {
  return {StepKind::copy, [](PlanRunner& plan, StepId which) {
            plan.hands().copier.start(which, plan.shared().step(which).services, false);
          }};
}

}  // namespace pindah::migration
