// The change of ownership and its return (migration/cutover.h), one at a time of each service.
#include "scenario/steps/cutover.h"
#include "migration/steps/step.h"

namespace pindah::migration {
namespace {

// What is not there cannot be found equal, so that a cutover that compares is refused; one that
// compares nothing goes ahead, and says so. True: it goes ahead.
bool copied(PlanRunner& plan, StepId which) {
  Shared& shared = plan.shared();
  const Cutover& cutover = shared.options<Cutover>(which);
  if (cutover.copy == CopyWhen::under_fence) return true;
  for (ServiceId id : shared.step(which).services) {
    if (shared.service(id).copy.finished) continue;
    const Setback why{Why::not_copied, {}, id, {}, {}, {}};
    if (cutover.verify) {
      plan.skip(which, why);
      return false;
    }
    shared.tell_setback(which, PlanEventKind::waiting, why);
  }
  return true;
}

// A cutover of what the target owns already (or a rollback of what the source owns) has nothing to
// do.
template <Side to>
void begin_cutover(PlanRunner& plan, StepId which) {
  const Shared& shared = plan.shared();
  const Gates& gates = shared.gates;
  for (ServiceId id : shared.step(which).services)
    if (gates.owner(id) == to && gates.shared_out(id).ppm == 0)
      return plan.skip(which, {Why::owned_already, {}, id, to, {}, {}});
  if (to == Side::target && !copied(plan, which)) return;
  plan.hands().cutovers.start(which);
}

bool may_cut(const PlanRunner& plan, StepId which) { return !plan.hands().cutovers.busy(which); }

// One that copies by itself does not begin beside another copy of its services.
bool may_cut_over(const PlanRunner& plan, StepId which) {
  const PlanStep& step = plan.shared().step(which);
  const bool copies = step.options<Cutover>().copy == CopyWhen::under_fence;
  return may_cut(plan, which) && !(copies && plan.hands().copier.busy(step.services));
}

}  // namespace

StepMechanism cutover_mechanism() {
  return {StepKind::cutover, begin_cutover<Side::target>, may_cut_over};
}
StepMechanism rollback_mechanism() {
  return {StepKind::rollback, begin_cutover<Side::source>, may_cut};
}

}  // namespace pindah::migration
