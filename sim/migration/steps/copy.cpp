// The copier goes through the services, chunk by chunk (migration/copier.h), one copy of a service
// at a time.
#include "migration/steps/step.h"

namespace pindah::migration {
namespace {

// While another copies one of its services, or changes its owner, it waits: two would overwrite
// each other's rows, and neither could say how far it is.
bool may_copy(const PlanRunner& plan, StepId which) {
  return !plan.hands().copier.busy(plan.shared().step(which).services) &&
         !plan.hands().cutovers.busy(which);
}

}  // namespace

StepMechanism copy_mechanism() {
  return {StepKind::copy,
          [](PlanRunner& plan, StepId which) {
            plan.hands().copier.start(which, plan.shared().step(which).services, false);
          },
          may_copy};
}

}  // namespace pindah::migration
