// Runs a share of the reads on the other platform as well, and compares the answers. The shopper
// does not wait for it.
#pragma once

#include <map>

#include "migration/shared.h"
#include "scenario/steps/shadow_read.h"

namespace pindah::migration {

// A read on its way.
struct Shadow {
  CallId call = -1;
  Slots before, after;
  bool well = false;  // the first answer was no refusal and no failure
  template <class A>
  void archive(A& a) {
    a(call, before, after, well);
  }
};

class ShadowReader : public TransferHandler {
 public:
  explicit ShadowReader(Shared& shared);

  void start(StepId step);
  void stop(StepId step);
  bool compares(ServiceId service, Side home, const Buckets& buckets) const;
  void was_read(const ReadSeen& seen);
  // Says what has been found of a service so far, once its shadow reads are over.
  void report(ServiceId service);

  Next read(Transfer&) override { return Next::on; }
  Next write(Transfer& transfer) override;
  void back(Transfer transfer) override;

  template <class A>
  void archive(A& a) {
    a(on_their_way_);
  }

 private:
  std::optional<ShadowMismatch> difference(const Shadow& first, const Slots& second,
                                           RanEnd end) const;
  std::string comparable(const Value& value) const;
  Shared& shared_;
  std::map<std::uint64_t, Shadow> on_their_way_;  // by the transfer's serial
};

}  // namespace pindah::migration
