// Compares both sides through the moves: what the source yields against what the target holds; in a
// rollback the other way. It has its own cursor, so that it does not skip what the copy skipped,
// and it compares a root only while nothing of it is on its way.
#pragma once

#include <map>

#include "migration/shared.h"
#include "scenario/steps/verify.h"

namespace pindah::migration {

// A root that differed or could not be compared, to be looked at again.
struct Doubt {
  RootKey root;
  int differed = 0;  // looks in which it differed
  int waited = 0;    // looks at which changes of it were on their way
  template <class A>
  void archive(A& a) {
    a(root, differed, waited);
  }
};

// The verify of one step, or the one inside a cutover.
struct VerifyJob {
  std::vector<ServiceId> services;  // one after another
  Side origin = Side::source;
  bool at_cutover = false;    // looks at `doubts`, at nothing else
  bool before_fence = false;  // of these: again where they differ, and not at what is on its way
  std::uint64_t from = 0;     // LSN of the origin as the look at a service began
  std::size_t at_service = 0;
  std::size_t at_move = 0;
  bool ranges_done = false;
  std::optional<Value> after;
  std::vector<Doubt> doubts;  // this round's
  std::size_t at_doubt = 0;
  std::vector<Doubt> again;  // the next round's
  std::int64_t compared = 0;
  Verified found;
  Micros read_started;
  std::uint64_t transfer = 0;
  int failures = 0;
  std::uint64_t turn = 0;  // waits of earlier turns are ignored
  template <class A>
  void archive(A& a) {
    a(services, origin, at_cutover, before_fence, from, at_service, at_move, ranges_done, after,
      doubts, at_doubt);
    a(again, compared, found, read_started, transfer, failures, turn);
  }
};

class Verifier : public TransferHandler {
 public:
  explicit Verifier(Shared& shared);

  void start(StepId step, std::vector<ServiceId> services);
  // Cutover: compares these roots, under the fence once. The services' results stay as they are;
  // the step's end tells whether all were equal. Before the fence what is equal is no longer
  // uncompared.
  void start_roots(StepId step, Side origin, std::vector<RootKey> roots, bool before_fence);
  void cancel(StepId step);
  bool running(StepId step) const { return jobs_.count(step) != 0; }
  void handle(const Event& next);
  // The migrator has died, and is back: what was compared stays so.
  void die();
  void resume();

  Next read(Transfer& transfer) override;
  Next write(Transfer& transfer) override;
  void back(Transfer transfer) override;

  template <class A>
  void archive(A& a) {
    a(jobs_);
  }

 private:
  void begin_service(VerifyJob& job);
  void next(StepId step, VerifyJob& job);
  void next_range(StepId step, VerifyJob& job);
  void next_doubts(StepId step, VerifyJob& job);
  void round_over(StepId step, VerifyJob& job);
  void service_done(StepId step, VerifyJob& job);
  void over(StepId step, bool well);
  void wait(StepId step, VerifyJob& job, Micros until);
  bool sampled(Transfer& transfer, const RootKey& root) const;
  void read_range(Transfer& transfer);
  void compare(Transfer& transfer);
  void compare_rows(Transfer& transfer, const Batch& batch, const std::set<RootKey>& moving);
  void try_comparison(const Batch& batch, std::size_t row);
  void compare_absent(Transfer& transfer, const std::set<RootKey>& moving);
  void take_range(VerifyJob& job, const Transfer& transfer);
  void take_doubts(VerifyJob& job, const Transfer& transfer);
  bool looks_at_all(StepId step) const;
  void settle(const Transfer& transfer, const RootKey& root);
  static void mismatch(VerifyJob& job, const RootKey& root, bool at_rest);
  Shared& shared_;
  std::map<StepId, VerifyJob> jobs_;
  std::set<int> tried_;  // moves whose comparison was shown a difference; not archived
};

}  // namespace pindah::migration
