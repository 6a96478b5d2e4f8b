// The source's gate refuses writes, and then everything: also while work is in flight, or while the
// source still owns a service. Operators do that.
#include "scenario/steps/retire.h"

#include "migration/steps/step.h"

namespace pindah::migration {
namespace {

void retire_fully(PlanRunner& plan, StepId which) {
  for (ServiceId id : plan.shared().step(which).services)
    plan.shared().gates.retire(id, Side::source, Retired::everything);
  plan.done(which);
}

void begin_retire(PlanRunner& plan, StepId which) {
  Shared& shared = plan.shared();
  plan.acts(which);
  const Micros first = shared.options<Retire>(which).read_only_first;
  if (first.us == 0) return retire_fully(plan, which);
  for (ServiceId id : shared.step(which).services)
    shared.gates.retire(id, Side::source, Retired::writes);
  shared.push(shared.now() + first, platform_goes_on, static_cast<std::uint64_t>(which), 0);
}

}  // namespace

StepMechanism retire_mechanism() { return {StepKind::retire, begin_retire, nullptr, retire_fully}; }

}  // namespace pindah::migration
