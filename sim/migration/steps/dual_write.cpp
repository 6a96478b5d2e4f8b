// Every commit is written to the other side as well (migration/dual_writer.h), until another step
// of its services says otherwise.
#include "scenario/steps/dual_write.h"

#include <algorithm>

#include "migration/steps/step.h"

namespace pindah::migration {
namespace {

void begin_dual_write(PlanRunner& plan, StepId which) {
  Shared& shared = plan.shared();
  const PlanStep& step = shared.step(which);
  const WriteTwice& twice = step.options<WriteTwice>();
  for (ServiceId id : step.services) {
    const StepId begun = shared.service(id).dual.step;
    if (begun != StepId::none) shared.tell(begun, PlanEventKind::finished, id);
  }
  if (!twice.on) {
    plan.hands().dual_writer.stop(which);
    return plan.done(which);
  }
  plan.hands().dual_writer.start(which);
  Gates& gates = shared.gates;
  const auto flips = [&](ServiceId id) {
    return twice.authoritative && gates.owner(id) != *twice.authoritative;
  };
  if (std::any_of(step.services.begin(), step.services.end(), flips)) plan.acts(which);
  for (ServiceId id : step.services)
    if (flips(id)) gates.set_owner(id, *twice.authoritative, shared.now());
  plan.goes_on(which);  // its end is told by the step that ends it
}

}  // namespace

StepMechanism dual_write_mechanism() { return {StepKind::dual_write, begin_dual_write}; }

}  // namespace pindah::migration
