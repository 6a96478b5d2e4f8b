// Applies changelogs on the other side: for each entry the root's present state, extracted again;
// or the root as the change left it.
#pragma once

#include "migration/shared.h"

namespace pindah::migration {

class Applier : public TransferHandler {
 public:
  explicit Applier(Shared& shared);

  // From the stream's position on. `step` is the plan's step, -1: a cutover's own doing.
  void start(ServiceId service, Side origin, StepId step);
  void stop(ServiceId service, Side origin);
  // Entries were appended: the next poll finds them. On the path of every commit.
  void captured(ServiceId service, Side origin);
  // Cutover: no entry beyond `limit` is applied from now on.
  void limit(ServiceId service, Side origin, std::uint64_t limit);
  // Cutover: no waiting between cycles from now on.
  void hurry(ServiceId service, Side origin);
  // Neither a limit nor hurry any more.
  void go_easy(ServiceId service, Side origin);
  // The migrator has died: what was on its way is lost, and each stream goes on from its checkpoint
  // when the migrator is back.
  void die();
  void resume();

  void handle(const Event& poll);

  Next read(Transfer& transfer) override;
  Next write(Transfer& transfer) override;
  void back(Transfer transfer) override;

 private:
  void arm(int number, Stream& stream, Micros at);
  void cycle(int number, Stream& stream);
  Transfer next_transfer(int number, Stream& stream, std::uint64_t& upto) const;
  void stuck(Stream& stream, Transfer transfer);
  void wait(ServiceId service, Stream& stream, Why why, const std::string& error = {});
  void reached(const Transfer& transfer, BatchInFlight::Stage stage);
  void check_taken(const Stream& stream, const Transfer& transfer) const;
  Shared& shared_;
};

}  // namespace pindah::migration
