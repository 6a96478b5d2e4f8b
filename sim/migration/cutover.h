// The change of ownership: fence, drain, position, catch up, verify, switch, release. A rollback is
// the same the other way. All that it knows between two events is plain data.
#pragma once

#include <map>

#include "migration/applier.h"
#include "migration/copier.h"
#include "migration/shared.h"
#include "migration/verifier.h"
#include "scenario/steps/cutover.h"
#include "scenario/steps/rollback.h"

namespace pindah::migration {

struct CutoverJob {
  Side from{};
  Phase phase = Phase::compare;
  bool fenced = false;
  int rounds = 0;  // of comparing before the fence
  Micros fenced_at;
  bool entered = false;        // the phase has begun and is waited for
  std::uint64_t transfer = 0;  // reads the position
  std::uint64_t stop = 0;      // the position: LSN of the last entry to apply
  template <class A>
  void archive(A& a) {
    a(from, phase, fenced, rounds, fenced_at, entered, transfer, stop);
  }
};

class Cutovers : public TransferHandler {
 public:
  Cutovers(Shared& shared, Applier& applier, Copier& copier, Verifier& verifier);

  // A cutover (from the source) or a rollback (from the target).
  void start(StepId step);
  bool running(StepId step) const { return jobs_.count(step) != 0; }
  // One of its services is in another cutover.
  bool busy(StepId step) const;
  void handle(const Event& event);
  // The migrator is back after its death.
  void resume();
  // A position has moved; the copy or the verify inside a cutover is over.
  void applied(ServiceId service);
  void part_over(StepId step, bool well);

  // The transfer to the origin's workers that reads the position; it carries nothing further.
  Next read(Transfer& transfer) override;
  Next write(Transfer&) override { return Next::over; }
  void back(Transfer transfer) override;

  // The stream from `origin` on from its present end: what was written before is not in it.
  // `step` is told when it is stuck.
  void start_stream(ServiceId service, Side origin, StepId step);

  template <class A>
  void archive(A& a) {
    a(jobs_);
  }

 private:
  // What a cutover and a rollback are, seen alike.
  struct SwitchPlan {
    Side from{};
    Fence fence;
    bool copies = false, catches_up = true, verifies = true;
    bool streams_back = true, forwards_callbacks = false;
    Share share{1'000'000, 0};
  };
  SwitchPlan planned(StepId step) const;
  const std::vector<ServiceId>& services(StepId step) const { return shared_.step(step).services; }
  void advance(StepId step);
  bool drained(StepId step, CutoverJob& job);
  bool copied(StepId step, CutoverJob& job);
  bool position_read(StepId step, CutoverJob& job);
  bool caught_up(StepId step, CutoverJob& job);
  bool verified(StepId step, CutoverJob& job);
  void compare_before(StepId step, CutoverJob& job);
  bool can_compare(StepId step, const CutoverJob& job) const;
  void close_fence(StepId step, CutoverJob& job);
  void forget_shared(StepId step, const CutoverJob& job);
  std::vector<RootKey> uncompared(StepId step, Side from, std::uint64_t upto) const;
  void tell_compared(StepId step, Phase phase, const std::vector<RootKey>& roots);
  bool owner_changed(StepId step) const;
  void check_hand_over(StepId step, const CutoverJob& job, ServiceId service) const;
  void switch_over(StepId step, const CutoverJob& job);
  void hand_service_over(StepId step, const CutoverJob& job, ServiceId service);
  void hand_share_over(StepId step, const CutoverJob& job, ServiceId service);
  void release(StepId step, Side from);
  void abort(StepId step, Why why);
  void at_limit(StepId step, CutoverJob& job);
  Phase first(StepId step) const;
  Phase after(StepId step, Phase phase) const;
  bool passed(StepId step, CutoverJob& job);
  void enter(StepId step, CutoverJob& job, Phase phase);
  void tell_phase(StepId step, Phase phase);
  void tell_fence(StepId step, Side from, bool closes);
  Shared& shared_;
  Applier& applier_;
  Copier& copier_;
  Verifier& verifier_;
  // A step runs once: events of one that is over or aborted find nothing here.
  std::map<StepId, CutoverJob> jobs_;
};

}  // namespace pindah::migration
