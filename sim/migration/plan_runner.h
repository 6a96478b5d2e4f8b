// Starts the plan's steps when their time has come, and remembers how each of them went.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "migration/cutover.h"
#include "migration/operator_view.h"

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

// Reads led to the target in growing shares.
struct Ramp {
  Micros started;
  std::vector<std::int64_t> from_ppm;  // by service of the step
  template <class A>
  void archive(A& a) {
    a(started, from_ppm);
  }
};

class PlanRunner {
 public:
  // EventClass::plan.
  enum Kind : std::uint16_t { tick, step_due };

  PlanRunner(Shared& shared, const OperatorView& view, Applier& applier, Copier& copier,
             Verifier& verifier, Cutovers& cutovers);
  void start();
  void handle(const Event& event);
  void ramp(const Event& event);
  // A copy, verify, cutover or rollback is over.
  void step_over(int step, bool well);
  void note(int step, std::string text) { run_of(step).note = std::move(text); }
  std::vector<std::string> unfinished() const;

  template <class A>
  void archive(A& a) {
    a(runs_, ramps_, ticking_);
  }

 private:
  StepRun& run_of(int step) { return runs_[static_cast<std::size_t>(step)]; }
  void look(bool at_tick);
  bool due(int step, bool at_tick);
  void begin(int step);
  void do_step(int step);
  void capture(int step);
  void cut(int step);
  void verify(int step);
  void skip(int step, ServiceId service, std::string why);
  void reverse(int step);
  void route(int step);
  void advance_ramp(int step);
  bool anything_waits() const;
  void push_tick();
  void done(int step);
  std::string unfinished(int step) const;
  Shared& shared_;
  const OperatorView& view_;
  Applier& applier_;
  Copier& copier_;
  Verifier& verifier_;
  Cutovers& cutovers_;
  std::vector<StepRun> runs_;
  std::map<int, Ramp> ramps_;  // by step
  bool ticking_ = false;
};

}  // namespace pindah::migration
