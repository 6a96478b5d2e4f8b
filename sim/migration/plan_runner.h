// Starts the plan's steps when their time has come, and remembers how each of them went.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "migration/cutover.h"
#include "migration/dual_writer.h"
#include "migration/operator_view.h"
#include "migration/shadow_reader.h"

namespace pindah::migration {

enum class StepState : std::uint8_t { waiting, running, done, failed, skipped };

struct StepRun {
  StepState state = StepState::waiting;
  std::optional<Micros> held_since;        // `when` has been true since this tick
  std::optional<std::int64_t> last_value;  // of `when`, at the last tick
  std::optional<Setback> setback;          // why it was skipped, or aborted
  Micros expected = kNever;                // the instant of the event pushed for it; kNever: none
  template <class A>
  void archive(A& a) {
    a(state, held_since, last_value, setback, expected);
  }
};

// Reads or writes led to the target in growing shares.
struct Ramp {
  Micros started;
  std::vector<std::int64_t> reads_from, writes_from;  // ppm, by service of the step
  template <class A>
  void archive(A& a) {
    a(started, reads_from, writes_from);
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
  void ramp(const Event& event);
  void retire_fully(const Event& event);
  // The migrator is back: what was due meanwhile begins.
  void resume();
  // A copy, verify, cutover or rollback is over.
  void step_over(StepId step, bool well);
  void note(StepId step, const Setback& setback) { run_of(step).setback = setback; }
  std::vector<Unfinished> unfinished() const;

  template <class A>
  void archive(A& a) {
    a(runs_, ramps_, tick_at_);
  }

 private:
  StepRun& run_of(StepId step) { return runs_[step]; }
  StepState state_of(StepId step) const;
  void look(bool at_tick);
  bool due(StepId step, bool at_tick);
  void begin(StepId step);
  void do_step(StepId step);
  void capture(StepId step);
  const PlanStep* step_that_applies(ServiceId service) const;
  void cut(StepId step);
  void verify(StepId step);
  void skip(StepId step, Setback setback);
  void reverse(StepId step);
  void dual_write(StepId step);
  void shadow_read(StepId step);
  void retire(StepId step);
  void offer(const PlanStep& step, bool offered);
  void route(StepId step);
  void advance_ramp(StepId step);
  void set_shares(const PlanStep& step, const Ramp& ramp, std::int64_t passed, std::int64_t over);
  void expect(const PlanStep& step);
  bool anything_waits() const;
  void push_tick();
  void done(StepId step);
  std::optional<Unfinished> unfinished(const PlanStep& step) const;
  const std::vector<PlanStep>& plan() const { return shared_.scenario.plan; }
  Shared& shared_;
  const OperatorView& view_;
  Hands hands_;
  std::map<StepId, StepRun> runs_;
  std::map<StepId, Ramp> ramps_;
  Micros tick_at_ = kNever;  // of the tick that is due; others are void
};

}  // namespace pindah::migration
