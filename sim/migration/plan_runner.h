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
  std::string note;                        // why it was skipped, or failed
  template <class A>
  void archive(A& a) {
    a(state, held_since, last_value, note);
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
  bool waits(int step) const;
  void handle(const Event& event);
  void ramp(const Event& event);
  void retire_fully(const Event& event);
  // The migrator is back: what was due meanwhile begins.
  void resume();
  // A copy, verify, cutover or rollback is over.
  void step_over(int step, bool well);
  void note(int step, std::string text) { run_of(step).note = std::move(text); }
  std::vector<std::string> unfinished() const;

  template <class A>
  void archive(A& a) {
    a(runs_, expected_, ramps_, tick_at_);
  }

 private:
  StepRun& run_of(int step) { return runs_[static_cast<std::size_t>(step)]; }
  void look(bool at_tick);
  bool due(int step, bool at_tick);
  void begin(int step);
  void do_step(int step);
  void capture(int step);
  const PlanStep* step_that_applies(ServiceId service) const;
  void cut(int step);
  void verify(int step);
  void skip(int step, ServiceId service, std::string why);
  void reverse(int step);
  void dual_write(int step);
  void shadow_read(int step);
  void retire(int step);
  void offer(const PlanStep& step, bool offered);
  void route(int step);
  void advance_ramp(int step);
  void set_shares(const PlanStep& step, const Ramp& ramp, std::int64_t passed, std::int64_t over);
  void expect(int step);
  bool anything_waits() const;
  void push_tick();
  void done(int step);
  std::string unfinished(int step) const;
  Shared& shared_;
  const OperatorView& view_;
  Hands hands_;
  std::vector<StepRun> runs_;
  std::vector<Micros> expected_;  // by step: the instant of the event pushed for it; kNever: none
  std::map<int, Ramp> ramps_;     // by step
  Micros tick_at_ = kNever;       // of the tick that is due; others are void
};

}  // namespace pindah::migration
