// The stream from the target begins at the present end of its log, or stops.
#include "scenario/steps/reverse.h"

#include "migration/steps/step.h"

namespace pindah::migration {
namespace {

void begin_reverse(PlanRunner& plan, StepId which) {
  Shared& shared = plan.shared();
  const Reverse& reverse = shared.options<Reverse>(which);
  for (ServiceId id : shared.step(which).services) {
    Stream& stream = shared.stream(id, Side::target);
    stream.origin_tag = reverse.origin_tag;
    if (reverse.on) {
      plan.hands().cutovers.start_stream(id, Side::target, which);
    } else {
      plan.hands().applier.stop(id, Side::target);
      stream.log.stop();
      shared.on_applied(id, Side::target);  // a rollback waits for it no longer
    }
  }
  plan.done(which);
}

}  // namespace

StepMechanism reverse_mechanism() { return {StepKind::reverse, begin_reverse}; }

}  // namespace pindah::migration
