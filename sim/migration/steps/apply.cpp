// The applier begins to poll the changelog of each service (migration/applier.h).
#include "migration/steps/step.h"

namespace pindah::migration {

StepMechanism apply_mechanism() {
  return {StepKind::apply, [](PlanRunner& plan, StepId which) {
            for (ServiceId id : plan.shared().step(which).services)
              plan.hands().applier.start(id, Side::source, which);
            plan.goes_on(which);  // its end is told by the cutover
          }};
}

}  // namespace pindah::migration
