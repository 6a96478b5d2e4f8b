#include "migration/steps/step.h"

namespace pindah::migration {
namespace {

std::vector<StepMechanism>& mechanisms() {
  static std::vector<StepMechanism> all{
      capture_mechanism(),     copy_mechanism(),    apply_mechanism(),
      verify_mechanism(),      cutover_mechanism(), rollback_mechanism(),
      reverse_mechanism(),     route_mechanism(),   forward_callbacks_mechanism(),
      rename_mechanism(),      retire_mechanism(),  dual_write_mechanism(),
      shadow_read_mechanism(), close_mechanism(),   open_mechanism()};
  return all;
}

}  // namespace

const StepMechanism& mechanism_of(StepKind kind) {
  for (const StepMechanism& mechanism : mechanisms())
    if (mechanism.kind == kind) return mechanism;
  throw Defect("a step that nobody begins");
}

AddedStepMechanism::AddedStepMechanism(const StepMechanism& mechanism) {
  mechanisms().push_back(mechanism);
}
AddedStepMechanism::~AddedStepMechanism() { mechanisms().pop_back(); }

}  // namespace pindah::migration
