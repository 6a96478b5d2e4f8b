// Every page that is shown from now on bears the name.
#include "migration/steps/step.h"

namespace pindah::migration {

StepMechanism rename_mechanism() {
  return {StepKind::rename, [](PlanRunner& plan, StepId which) {
            plan.shared().rename(plan.shared().step(which).text);
            plan.done(which);
          }};
}

}  // namespace pindah::migration
