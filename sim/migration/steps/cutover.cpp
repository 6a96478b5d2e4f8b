// The change of ownership and its return (migration/cutover.h), one at a time of each service.
#include "migration/steps/step.h"

namespace pindah::migration {
namespace {

// A cutover of what the target owns already (or a rollback of what the source owns) has nothing to
// do.
template <Side to>
void begin_cutover(PlanRunner& plan, StepId which) {
  const Shared& shared = plan.shared();
  const Gates& gates = shared.gates;
  for (ServiceId id : shared.step(which).services)
    if (gates.owner(id) == to && gates.shared_out(id).ppm == 0)
      return plan.skip(which, {Why::owned_already, {}, id, to, {}, {}});
  plan.hands().cutovers.start(which);
}

bool may_cut(const PlanRunner& plan, StepId which) { return !plan.hands().cutovers.busy(which); }

}  // namespace

StepMechanism cutover_mechanism() {
  return {StepKind::cutover, begin_cutover<Side::target>, may_cut};
}
StepMechanism rollback_mechanism() {
  return {StepKind::rollback, begin_cutover<Side::source>, may_cut};
}

}  // namespace pindah::migration
