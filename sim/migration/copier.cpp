#include "migration/copier.h"

#include <algorithm>
#include <utility>

#include "migration/apply_batch.h"

namespace pindah::migration {

namespace {

// How often a paused copy looks again.
constexpr Micros kPauseLook = seconds(1);

}  // namespace

Copier::Copier(Shared& shared) : shared_(shared) {
  shared.transfers.serve(TransferKind::copy, *this);
}

void Copier::start(StepId step, std::vector<ServiceId> services, bool under_fence) {
  CopyJob& job = jobs_[step];
  job.services = std::move(services);
  job.under_fence = under_fence;
  for (ServiceId service : job.services) shared_.service(service).copy = {};
  next(step, job);
}

void Copier::cancel(StepId step) {
  const auto found = jobs_.find(step);
  if (found == jobs_.end()) return;
  shared_.transfers.cancel(found->second.transfer);
  for (ServiceId service : found->second.services) shared_.service(service).lock.reset();
  jobs_.erase(found);
}

bool Copier::busy(const std::vector<ServiceId>& services) const {
  const auto copies = [&services](const auto& entry) {
    const CopyJob& job = entry.second;
    return std::any_of(job.services.begin() + static_cast<std::ptrdiff_t>(job.at_service),
                       job.services.end(), [&services](ServiceId id) {
                         return std::find(services.begin(), services.end(), id) != services.end();
                       });
  };
  return std::any_of(jobs_.begin(), jobs_.end(), copies);
}

std::optional<Setback> Copier::paused(StepId step) const {
  const auto found = jobs_.find(step);
  if (found == jobs_.end() || !found->second.paused_since) return {};
  Setback setback{Why::paused, Phase::copy, service_of_job(found->second), {}, {}, {}};
  setback.since = *found->second.paused_since;
  return setback;
}

void Copier::die() {
  for (auto& [step, job] : jobs_) {
    shared_.transfers.cancel(job.transfer);
    job.transfer = 0;
    ++job.turn;
    shared_.service(service_of_job(job)).lock.reset();
    const bool apart = shared_.options<Copy>(step).checkpoint == Checkpoint::apart;
    if (job.chunk_end && (apart ? job.chunk_read : job.chunk_written)) job.after = job.chunk_end;
  }
}

void Copier::resume() {
  for (auto& [step, job] : jobs_) wait(step, job, shared_.now());
}

void Copier::handle(const Event& event) {
  const auto found = jobs_.find(StepId{event.entity});
  if (found == jobs_.end() || found->second.turn != event.b) return;
  next(found->first, found->second);
}

void Copier::wait(StepId step, CopyJob& job, Micros until) {
  shared_.push(until, copy_next, static_cast<std::uint64_t>(step), ++job.turn);
}

std::vector<int> Copier::moves_of(StepId step, ServiceId service) const {
  std::vector<int> moves = shared_.moves.of(service, Side::source);
  if (shared_.options<Copy>(step).order == CopyOrder::parents_last)
    std::reverse(moves.begin(), moves.end());
  return moves;
}

bool Copier::pauses(StepId step, CopyJob& job) {
  const Conditions& pause = shared_.options<Copy>(step).pause_when;
  if (pause.empty() || job.under_fence) return false;
  const bool pauses =
      job.pausing.look(pause, shared_.now(), [this](const Expression& e) { return holds(e); });
  if (!pauses) {
    job.paused_since.reset();
    return false;
  }
  if (!job.paused_since) job.paused_since = shared_.now();
  if (!std::exchange(job.told_pause, true))
    shared_.tell_setback(step, PlanEventKind::waiting, *paused(step));
  return true;
}

// Reads the next chunk, after the throttle and the pause.
void Copier::next(StepId step, CopyJob& job) {
  if (pauses(step, job)) return wait(step, job, shared_.now() + kPauseLook);
  const ServiceId service = service_of_job(job);
  const std::vector<int> moves = moves_of(step, service);
  if (job.at_move >= moves.size()) return move_done(step, job);
  job.chunk_end.reset();
  job.chunk_read = job.chunk_written = false;
  Transfer transfer;
  transfer.kind = TransferKind::copy;
  transfer.step = step;
  transfer.service = service;
  transfer.origin = Side::source;
  transfer.move = moves[job.at_move];
  transfer.after = job.after;
  transfer.chunk = std::max(1, shared_.options<Copy>(step).chunk);
  transfer.roots = transfer.chunk;
  job.chunk_started = shared_.now();
  job.transfer = shared_.transfers.start(std::move(transfer));
}

// How far the copy of this service goes: to the roots that are there now. What comes later is the
// changelog's.
void Copier::survey(StepId step, CopyJob& job, ServiceId service) {
  if (!job.ends.empty()) return;
  CopyProgress& progress = shared_.service(service).copy;
  progress = {};
  for (int move : moves_of(step, service)) {
    const std::optional<KeyRange> all = shared_.moves.at(move).survey();
    progress.roots += all ? all->roots : 0;
    job.ends.push_back(all ? std::optional(all->to) : std::nullopt);
  }
}

Next Copier::read(Transfer& transfer) {
  CopyJob& job = jobs_.at(transfer.step);
  transfer.error = shared_.reading(transfer.origin, transfer.service, [&] {
    survey(transfer.step, job, transfer.service);
    transfer.end = job.ends[job.at_move];
    if (!transfer.end) return;  // the table was empty
    MoveStatements& statements = shared_.moves.at(transfer.move);
    transfer.range = statements.next_chunk(transfer.after, transfer.end, transfer.chunk);
    if (!transfer.range) return;
    Batch& batch = transfer.batches.emplace_back();
    batch.move = transfer.move;
    transfer.roots = static_cast<std::int64_t>(
        statements.extract(transfer.range->from, transfer.range->to, batch));
  });
  transfer.read_lsn = shared_.backend(transfer.origin).lsn();
  transfer.was_read = true;
  const bool something =
      transfer.error.empty() && transfer.range && !transfer.batches.front().cells.empty();
  if (!something) return Next::over;
  job.chunk_end = transfer.range->to;
  job.chunk_read = true;
  if (shared_.options<Copy>(transfer.step).locking)
    shared_.service(transfer.service).lock =
        ChunkLock{transfer.move, transfer.range->from, transfer.range->to};
  return Next::on;
}

// What the changelog, or a dual write, brings anyway: the rows of the chunk are older.
std::set<RootKey> Copier::newer_than(const Transfer& transfer) const {
  const Changelog& log = shared_.stream(transfer.service, transfer.origin).log;
  std::set<RootKey> newer;
  if (log.on()) newer = log.changed_after(transfer.read_lsn, transfer.move);
  const Changelog& doubles = shared_.service(transfer.service).dual.logs[index(transfer.origin)];
  newer.merge(doubles.changed_after(transfer.read_lsn, transfer.move));
  return newer;
}

Next Copier::write(Transfer& transfer) {
  ApplyRules rules;
  rules.kind = WriterKind::chunk;
  rules.conflict = shared_.options<Copy>(transfer.step).conflict;
  std::set<RootKey> newer;
  if (rules.conflict == CopyConflict::changelog_wins) newer = newer_than(transfer);
  transfer.error = apply_batch(shared_, transfer, rules, newer);
  if (!transfer.error.empty()) return Next::over;
  jobs_.at(transfer.step).chunk_written = true;
  return Next::on;
}

void Copier::back(Transfer transfer) {
  const auto found = jobs_.find(transfer.step);
  ensure(found != jobs_.end(), "a chunk comes back to a copy that is over");
  CopyJob& job = found->second;
  job.transfer = 0;
  shared_.service(transfer.service).lock.reset();
  if (!transfer.error.empty()) return failed(transfer.step, job, transfer.error);
  check_landed(shared_, transfer);
  job.failures = 0;
  chunk_done(transfer.step, job, transfer);
}

void Copier::failed(StepId step, CopyJob& job, const std::string& error) {
  if (++job.failures < kFailuresMax) return wait(step, job, shared_.now() + kRetry);
  const ServiceId service = service_of_job(job);
  shared_.tell_setback(step, PlanEventKind::aborted,
                       {Why::refused, Phase::copy, service, {}, {}, error});
  jobs_.erase(step);
  shared_.on_step_over(step, false);
}

void Copier::chunk_done(StepId step, CopyJob& job, const Transfer& transfer) {
  const bool last = !transfer.range || transfer.range->to == transfer.end ||
                    transfer.range->roots < transfer.chunk;
  const std::int64_t roots = transfer.range ? transfer.range->roots : 0;
  shared_.service(transfer.service).copy.passed += roots;
  if (transfer.range) {
    job.after = transfer.range->to;
    shared_.service(transfer.service).copy.reached[transfer.move] = transfer.range->to;
  }
  if (last) {
    ++job.at_move;
    job.after.reset();
    if (job.at_move >= moves_of(step, transfer.service).size()) return move_done(step, job);
  }
  const std::int64_t speed = shared_.options<Copy>(step).rows_per_second;
  const Micros due = speed > 0 && !job.under_fence
                         ? job.chunk_started + Micros{roots * 1'000'000 / speed}
                         : shared_.now();
  wait(step, job, std::max(due, shared_.now()));
}

// The last move of a service is through.
void Copier::move_done(StepId step, CopyJob& job) {
  shared_.service(service_of_job(job)).copy.finished = true;
  job.at_move = 0;
  job.after.reset();
  job.ends.clear();
  if (++job.at_service < job.services.size()) return wait(step, job, shared_.now());
  jobs_.erase(step);
  shared_.on_step_over(step, true);
}

}  // namespace pindah::migration
