// The verifier compares both sides (migration/verifier.h), as long as the source owns the service.
#include "migration/steps/step.h"

namespace pindah::migration {
namespace {

// The backward moves know on the source only what has come back from the target, so that what was
// never touched since the cutover could not be compared: such a verify says nothing.
void begin_verify(PlanRunner& plan, StepId which) {
  const Shared& shared = plan.shared();
  const PlanStep& step = shared.step(which);
  for (ServiceId id : step.services)
    if (shared.gates.owner(id) == Side::target)
      return plan.skip(which, {Why::target_owns, {}, id, {}, {}, {}});
  plan.hands().verifier.start(which, step.services);
}

}  // namespace

StepMechanism verify_mechanism() { return {StepKind::verify, begin_verify}; }

}  // namespace pindah::migration
