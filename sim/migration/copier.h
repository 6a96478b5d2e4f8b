// Copies services in chunks by root key, move after move, beside the shoppers' own work.
#pragma once

#include <map>

#include "migration/conditions_held.h"
#include "migration/shared.h"

namespace pindah::migration {

// The copy of one step. One chunk is under way at a time.
struct CopyJob {
  std::vector<ServiceId> services;  // one after another
  bool under_fence = false;         // no throttle, no pause
  std::size_t at_service = 0;
  std::size_t at_move = 0;  // into the moves of the service
  // By move: its last root when the service's turn came; empty: that has not come.
  std::vector<std::optional<Value>> ends;
  std::optional<Value> after;  // checkpoint: chunks up to here are on the other side
  Micros chunk_started;
  std::uint64_t transfer = 0;
  // Of the chunk on its way: what the checkpoint will be, and how far it has come.
  std::optional<Value> chunk_end;
  bool chunk_read = false, chunk_written = false;
  std::uint64_t turn = 0;  // waits of earlier turns are ignored
  int failures = 0;
  ConditionsHeld pausing;              // how long what it pauses for has been true
  std::optional<Micros> paused_since;  // it waits for that, since then
  bool told_pause = false;             // the first of its pauses is told
  template <class A>
  void archive(A& a) {
    a(services, under_fence, at_service, at_move, ends, after, chunk_started, transfer, chunk_end,
      chunk_read, chunk_written, turn, failures, pausing, paused_since, told_pause);
  }
};

class Copier : public TransferHandler {
 public:
  explicit Copier(Shared& shared);

  void start(StepId step, std::vector<ServiceId> services, bool under_fence);
  void cancel(StepId step);
  bool running(StepId step) const { return jobs_.count(step) != 0; }
  // One of them is being copied, or is still to be by a copy that runs.
  bool busy(const std::vector<ServiceId>& services) const;
  // A copy that waits because its `pause_when` holds: since when, and of which service.
  std::optional<Setback> paused(StepId step) const;
  void handle(const Event& next);
  // The migrator has died: the chunk on its way is lost, and each copy goes on from its checkpoint
  // when the migrator is back.
  void die();
  void resume();

  Next read(Transfer& transfer) override;
  Next write(Transfer& transfer) override;
  void back(Transfer transfer) override;

  // Set by the migrator: whether an expression over operator metrics holds now.
  std::function<bool(const Expression&)> holds;

  template <class A>
  void archive(A& a) {
    a(jobs_);
  }

 private:
  ServiceId service_of_job(const CopyJob& job) const { return job.services[job.at_service]; }
  void next(StepId step, CopyJob& job);
  bool pauses(StepId step, CopyJob& job);
  void survey(StepId step, CopyJob& job, ServiceId service);
  void wait(StepId step, CopyJob& job, Micros until);
  std::vector<int> moves_of(StepId step, ServiceId service) const;
  void chunk_done(StepId step, CopyJob& job, const Transfer& transfer);
  void move_done(StepId step, CopyJob& job);
  void failed(StepId step, CopyJob& job, const std::string& error);
  std::set<RootKey> newer_than(const Transfer& transfer) const;
  Shared& shared_;
  std::map<StepId, CopyJob> jobs_;
};

}  // namespace pindah::migration
