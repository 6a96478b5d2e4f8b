// The changelog of each service begins at the present end of the platform's log.
#include "scenario/steps/capture.h"

#include "migration/steps/step.h"
#include "scenario/steps/apply.h"

namespace pindah::migration {
namespace {

// How it will be applied says what has to be taken down.
const Apply* how_it_is_applied(const Shared& shared, ServiceId id) {
  for (const PlanStep& step : shared.scenario.plan)
    if (step.as<Apply>() != nullptr && concerns(step, id)) return step.as<Apply>();
  return nullptr;
}

void begin_capture(PlanRunner& plan, StepId which) {
  Shared& shared = plan.shared();
  bool begun = false;
  for (ServiceId id : shared.step(which).services) {
    Stream& stream = shared.stream(id, Side::source);
    if (stream.log.on()) continue;  // it is taken down already
    begun = true;
    stream.log.start(shared.backend(Side::source).lsn());
    stream.position = stream.taken = stream.log.started_at();
    stream.capture_step = which;
    stream.retention = shared.options<Capture>(which).retention.value_or(Micros{});
    if (const Apply* apply = how_it_is_applied(shared, id)) stream.set(*apply);
  }
  if (!begun) return plan.done(which);
  plan.goes_on(which);  // its end is told by the cutover
}

}  // namespace

StepMechanism capture_mechanism() { return {StepKind::capture, begin_capture}; }

}  // namespace pindah::migration
