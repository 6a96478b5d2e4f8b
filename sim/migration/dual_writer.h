// Writes what a call wrote on the other platform as well: the aggregates that it touched, through
// the moves, so that ids stay mapped. In the path of the request: the migrator's death does not
// stop it.
#pragma once

#include "migration/shared.h"
#include "scenario/steps/dual_write.h"

namespace pindah::migration {

class DualWriter : public TransferHandler {
 public:
  explicit DualWriter(Shared& shared);

  void start(StepId step);
  void stop(StepId step);
  // A call has committed and touched these roots; false: nothing is written twice. The next
  // wrote() is of the same call.
  bool committed(const Commit& commit, const std::vector<RootKey>& roots);
  // True: the call's answer waits for the second write.
  bool wrote(const RunName& run);

  // Only what has to be tried again is read at the origin; otherwise the rows are at hand.
  Next read(Transfer& transfer) override;
  Next write(Transfer& transfer) override;
  void back(Transfer transfer) override;

  template <class A>
  void archive(A& a) {
    a(pending_);
  }

 private:
  Transfer transfer_of(const Commit& commit, const std::vector<RootKey>& roots);
  void set_out(Transfer transfer);
  void half_written(const Transfer& transfer);
  void settle(const Transfer& transfer);
  Shared& shared_;
  std::optional<Transfer> pending_;  // of the call that is just running
};

}  // namespace pindah::migration
