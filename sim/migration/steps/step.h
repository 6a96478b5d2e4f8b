// How each kind of step begins, goes on and ends: a file each in this folder, a row each in
// mechanisms(). What a plan says of it is in scenario/steps/.
#pragma once

#include <vector>

#include "migration/plan_runner.h"

namespace pindah::migration {

// Every function is called with a step of its kind. One that ends at once calls PlanRunner::done
// before it returns; others end by their own events, or by Shared::on_step_over.
struct StepMechanism {
  StepKind kind{};
  void (*begin)(PlanRunner& plan, StepId step) = nullptr;
  // Its time has come; whether it may begin now, or waits on. Null: it may.
  bool (*may_begin)(const PlanRunner& plan, StepId step) = nullptr;
  // An event step_goes_on or platform_goes_on of it, while it runs.
  void (*goes_on)(PlanRunner& plan, StepId step) = nullptr;
  // It runs, and the migrator is back after its death. Null: nothing of it was lost.
  void (*resume)(PlanRunner& plan, StepId step) = nullptr;
};

// Throws Defect where there is none.
const StepMechanism& mechanism_of(StepKind kind);

StepMechanism capture_mechanism();
StepMechanism copy_mechanism();
StepMechanism apply_mechanism();
StepMechanism verify_mechanism();
StepMechanism cutover_mechanism();
StepMechanism rollback_mechanism();
StepMechanism reverse_mechanism();
StepMechanism route_mechanism();
StepMechanism forward_callbacks_mechanism();
StepMechanism rename_mechanism();
StepMechanism retire_mechanism();
StepMechanism dual_write_mechanism();
StepMechanism shadow_read_mechanism();
StepMechanism close_mechanism();
StepMechanism open_mechanism();

// One more, for as long as this lives; for tests. Nothing may run meanwhile on another thread.
class AddedStepMechanism {
 public:
  explicit AddedStepMechanism(const StepMechanism& mechanism);
  ~AddedStepMechanism();
  AddedStepMechanism(const AddedStepMechanism&) = delete;
  AddedStepMechanism& operator=(const AddedStepMechanism&) = delete;
};

}  // namespace pindah::migration
