// The front no longer offers pages, and offers them again.
#include "migration/steps/step.h"

namespace pindah::migration {
namespace {

void begin_close(PlanRunner& plan, StepId which) {
  for (const PageId page : plan.shared().step(which).pages) plan.shared().offer(page, false);
  plan.goes_on(which);  // its end is told by what opens the pages again
}

void begin_open(PlanRunner& plan, StepId which) {
  Shared& shared = plan.shared();
  const PlanStep& step = shared.step(which);
  for (const PageId page : step.pages) shared.offer(page, true);
  for (const PlanStep& closing : plan.plan()) {
    const StepId other = step_id(closing.name);
    const bool closed = closing.kind == StepKind::close && closing.pages == step.pages &&
                        plan.state_of(other) == StepState::done;
    if (closed) shared.tell_over(other, -1, step_id(step.name));
  }
  plan.done(which);
}

}  // namespace

StepMechanism close_mechanism() { return {StepKind::close, begin_close}; }
StepMechanism open_mechanism() { return {StepKind::open, begin_open}; }

}  // namespace pindah::migration
