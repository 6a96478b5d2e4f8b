#include "migration/dual_writer.h"

#include "migration/apply_batch.h"

namespace pindah::migration {

DualWriter::DualWriter(Shared& shared) : shared_(shared) {
  shared.transfers.serve(TransferKind::second, *this);
}

void DualWriter::start(StepId step) {
  for (ServiceId id : shared_.step(step).services) {
    DualWrite& dual = shared_.service(id).dual;
    dual.step = step;
    for (const Side side : {Side::source, Side::target})
      if (!dual.logs[index(side)].on()) dual.logs[index(side)].start(shared_.backend(side).lsn());
  }
}

// What is on its way still arrives.
void DualWriter::stop(StepId step) {
  for (ServiceId id : shared_.step(step).services) shared_.service(id).dual.step = StepId::none;
}

// The rows as the call left them: it has them at hand.
Transfer DualWriter::transfer_of(const Commit& commit, const std::vector<RootKey>& roots) {
  Transfer transfer;
  transfer.kind = TransferKind::second;
  transfer.step = shared_.service(commit.service).dual.step;
  transfer.service = commit.service;
  transfer.origin = commit.side;
  transfer.roots = static_cast<std::int64_t>(roots.size());
  transfer.keys = roots;
  transfer.read_lsn = commit.lsn;
  transfer.once = shared_.options<WriteTwice>(transfer.step).half_write != HalfWrite::retry;
  shared_.picture(transfer);
  return transfer;
}

bool DualWriter::committed(const Commit& commit, const std::vector<RootKey>& roots) {
  pending_.reset();
  DualWrite& dual = shared_.service(commit.service).dual;
  if (dual.step == StepId::none || roots.empty() || commit.writer.home == Side::target)
    return false;
  const WriteTwice& twice = shared_.options<WriteTwice>(dual.step);
  if (!twice.sync() && twice.when_busy == WhenBusy::drop && dual.under_way >= twice.slots) {
    ++dual.dropped;
    return false;
  }
  std::vector<LogEntry> entries;
  for (const RootKey& root : roots) {
    LogEntry& entry = entries.emplace_back();
    entry.lsn = commit.lsn;
    entry.committed_at = commit.at;
    entry.root = root;
    ++dual.outstanding[root];
  }
  Changelog& log = dual.logs[index(commit.side)];
  log.forget(shared_.transfers.oldest_read(commit.service, commit.side, log.last()));
  log.append(std::move(entries));
  pending_ = transfer_of(commit, roots);
  return true;
}

bool DualWriter::wrote(const RunName& run) {
  if (!pending_) return false;
  Transfer transfer = std::move(*pending_);
  pending_.reset();
  DualWrite& dual = shared_.service(transfer.service).dual;
  const WriteTwice& twice = shared_.options<WriteTwice>(transfer.step);
  if (twice.sync()) {
    transfer.waits = run;
    set_out(std::move(transfer));
    return true;
  }
  if (dual.under_way < twice.slots)
    set_out(std::move(transfer));
  else
    dual.waiting.push_back(std::move(transfer));
  return false;
}

void DualWriter::set_out(Transfer transfer) {
  ++shared_.service(transfer.service).dual.under_way;
  shared_.transfers.start_loaded(std::move(transfer));
}

Next DualWriter::read(Transfer& transfer) {
  transfer.batches.clear();
  transfer.error = shared_.extract_roots(transfer);
  transfer.read_lsn = shared_.backend(transfer.origin).lsn();
  return transfer.error.empty() ? Next::on : Next::over;
}

Next DualWriter::write(Transfer& transfer) {
  if (!transfer.error.empty())
    return Next::over;  // the rows could not be had as the call committed
  DualWrite& dual = shared_.service(transfer.service).dual;
  std::set<RootKey> newer;
  if (shared_.options<WriteTwice>(transfer.step).ordered)
    for (const RootKey& root : transfer.keys)
      if (dual.arrived[root] > transfer.read_lsn) newer.insert(root);
  ApplyRules rules;
  rules.kind = WriterKind::change;
  transfer.error = apply_batch(shared_, transfer, rules, newer);
  if (!transfer.error.empty()) return Next::over;
  for (const RootKey& root : transfer.keys)
    dual.arrived[root] = std::max(dual.arrived[root], transfer.read_lsn);
  return Next::on;
}

void DualWriter::back(Transfer transfer) {
  check_landed(shared_, transfer);
  DualWrite& dual = shared_.service(transfer.service).dual;
  if (!transfer.error.empty()) half_written(transfer);
  const HalfWrite then = shared_.options<WriteTwice>(transfer.step).half_write;
  if (!transfer.error.empty() && then == HalfWrite::retry) {
    Setback setback{Why::refused, Phase::second_write, transfer.service, {}, {}, transfer.error};
    setback.since = dual.stuck ? dual.stuck->since : shared_.now();
    dual.stuck = std::move(setback);
    dual.stuck_step = transfer.step;
    transfer.error.clear();
    const Micros after = retry_after(++transfer.failures);
    shared_.transfers.start_later(std::move(transfer), after);
    return;
  }
  settle(transfer);
  if (transfer.failures > 0) dual.stuck.reset();
  const bool well = transfer.error.empty() || then == HalfWrite::ignore;
  if (transfer.waits) shared_.answer(*transfer.waits, well);
  if (!dual.waiting.empty()) {
    Transfer next = std::move(dual.waiting.front());
    dual.waiting.pop_front();
    set_out(std::move(next));
  }
  shared_.on_applied(transfer.service, transfer.origin);
}

void DualWriter::half_written(const Transfer& transfer) {
  DualWrite& dual = shared_.service(transfer.service).dual;
  if (dual.half_written++ > 0) return;
  shared_.tell_setback(
      transfer.step, PlanEventKind::waiting,
      {Why::refused, Phase::second_write, transfer.service, {}, {}, transfer.error});
}

void DualWriter::settle(const Transfer& transfer) {
  DualWrite& dual = shared_.service(transfer.service).dual;
  --dual.under_way;
  for (const RootKey& root : transfer.keys)
    if (--dual.outstanding[root] == 0) dual.outstanding.erase(root);
}

}  // namespace pindah::migration
