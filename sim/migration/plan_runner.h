// Starts the plan's steps when their time has come, and remembers how each of them went.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "migration/conditions_held.h"
#include "migration/cutover.h"
#include "migration/dual_writer.h"
#include "migration/operator_view.h"
#include "migration/shadow_reader.h"

namespace pindah::migration {

enum class StepState : std::uint8_t { waiting, running, done, failed, skipped };

// A step as it began to change who answers. Of people's calls of all its services together.
struct Act {
  Micros at;
  Micros last = kNever;  // the last call before it
  std::int64_t before = 0;
  std::int64_t begun = 0, hindered = 0;  // all by then
  PerSide<std::int64_t> answered{};
  Side to{};  // who answers afterwards
  // Once the step is over, what came while it went on.
  std::optional<std::int64_t> hindered_by_it, during;
  template <class A>
  void archive(A& a) {
    a(at, last, before, begun, hindered, answered, to, hindered_by_it, during);
  }
};

struct StepRun {
  StepState state = StepState::waiting;
  ConditionsHeld held;               // since when each of `when` has been true
  std::vector<std::int64_t> seen;    // of each of `when`, at the last tick; empty: never looked at
  std::optional<Setback> setback;    // why it was skipped, or aborted
  Micros expected = kNever;          // the instant of the event pushed for it; kNever: none
  std::vector<std::int64_t> memory;  // what its kind remembers from one event to the next
  std::optional<Act> act;            // it has begun to change who answers
  template <class A>
  void archive(A& a) {
    a(state, held, seen, setback, expected, memory, act);
  }
};

// Who does what the steps say.
struct Hands {
  Applier& applier;
  Copier& copier;
  Verifier& verifier;
  DualWriter& dual_writer;
  ShadowReader& shadow_reader;
  Cutovers& cutovers;
};

class PlanRunner {
 public:
  // EventClass::plan.
  enum Kind : std::uint16_t { tick, step_due };

  PlanRunner(Shared& shared, const OperatorView& view, const Hands& hands);
  void start();
  // The plan has more steps, or steps with other times.
  void amended();
  bool waits(StepId step) const;
  void handle(const Event& event);
  // An event of a step's own: step_goes_on or platform_goes_on.
  void go_on(const Event& event);
  // The migrator is back: what was due meanwhile begins.
  void resume();
  // A copy, verify, cutover or rollback is over.
  void step_over(StepId step, bool well);
  void note(StepId step, const Setback& setback) { run_of(step).setback = setback; }
  std::vector<Unfinished> unfinished() const;
  // It changes who answers, from this instant on.
  void acts(StepId step);
  // Who has met the steps that did, so far.
  std::vector<StepMet> met() const;

  template <class A>
  void archive(A& a) {
    a(runs_, tick_at_);
  }

  // For the mechanisms of steps (migration/steps/).
  Shared& shared() const { return shared_; }
  const Hands& hands() const { return hands_; }
  const std::vector<PlanStep>& plan() const { return shared_.scenario.plan; }
  StepState state_of(StepId step) const;
  std::vector<std::int64_t>& memory(StepId step) { return run_of(step).memory; }
  // It is over, which is told.
  void done(StepId step);
  // The plan waits for nothing more of it; its end is told by another step.
  void goes_on(StepId step) { run_of(step).state = StepState::done; }
  void skip(StepId step, Setback setback);

 private:
  StepRun& run_of(StepId step) { return runs_[step]; }
  void look(bool at_tick);
  bool due(StepId step, bool at_tick);
  void begin(StepId step);
  void expect(const PlanStep& step);
  bool conditions_hold(const PlanStep& step, StepRun& run);
  void acted(StepId step);
  bool anything_waits() const;
  void push_tick();
  std::optional<Unfinished> unfinished(const PlanStep& step) const;
  Unfinished unmet(const PlanStep& step, const StepRun& run) const;
  bool kept_waiting(const PlanStep& step, const StepRun& run) const;
  static Unfinished stuck(StepId step, const Setback& setback);
  Shared& shared_;
  const OperatorView& view_;
  Hands hands_;
  std::map<StepId, StepRun> runs_;
  Micros tick_at_ = kNever;  // of the tick that is due; others are void
};

}  // namespace pindah::migration
