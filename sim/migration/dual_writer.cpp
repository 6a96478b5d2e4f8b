#include "migration/dual_writer.h"

#include "migration/carry.h"

namespace pindah::migration {

DualWriter::DualWriter(Shared& shared) : shared_(shared) {
  shared.trips.serve(Errand::second, *this);
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
Trip DualWriter::trip_of(const Commit& commit, const std::vector<RootKey>& roots) {
  Trip trip;
  trip.errand = Errand::second;
  trip.step = shared_.service(commit.service).dual.step;
  trip.service = commit.service;
  trip.origin = commit.side;
  trip.roots = static_cast<std::int64_t>(roots.size());
  trip.keys = roots;
  trip.read_lsn = commit.lsn;
  trip.once = shared_.options<WriteTwice>(trip.step).half_write != HalfWrite::retry;
  shared_.picture(trip);
  return trip;
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
  log.forget(shared_.trips.oldest_read(commit.service, commit.side, log.last()));
  log.append(std::move(entries));
  pending_ = trip_of(commit, roots);
  return true;
}

bool DualWriter::wrote(const RunName& run) {
  if (!pending_) return false;
  Trip trip = std::move(*pending_);
  pending_.reset();
  DualWrite& dual = shared_.service(trip.service).dual;
  const WriteTwice& twice = shared_.options<WriteTwice>(trip.step);
  if (twice.sync()) {
    trip.waits = run;
    set_out(std::move(trip));
    return true;
  }
  if (dual.under_way < twice.slots)
    set_out(std::move(trip));
  else
    dual.waiting.push_back(std::move(trip));
  return false;
}

void DualWriter::set_out(Trip trip) {
  ++shared_.service(trip.service).dual.under_way;
  shared_.trips.start_loaded(std::move(trip));
}

Next DualWriter::read(Trip& trip) {
  trip.batches.clear();
  trip.error = shared_.extract_roots(trip);
  trip.read_lsn = shared_.backend(trip.origin).lsn();
  return trip.error.empty() ? Next::on : Next::over;
}

Next DualWriter::write(Trip& trip) {
  if (!trip.error.empty()) return Next::over;  // the rows could not be had as the call committed
  DualWrite& dual = shared_.service(trip.service).dual;
  std::set<RootKey> newer;
  if (shared_.options<WriteTwice>(trip.step).ordered)
    for (const RootKey& root : trip.keys)
      if (dual.arrived[root] > trip.read_lsn) newer.insert(root);
  CarryRules rules;
  rules.kind = WriterKind::change;
  trip.error = carry(shared_, trip, rules, newer);
  if (!trip.error.empty()) return Next::over;
  for (const RootKey& root : trip.keys)
    dual.arrived[root] = std::max(dual.arrived[root], trip.read_lsn);
  return Next::on;
}

void DualWriter::back(Trip trip) {
  DualWrite& dual = shared_.service(trip.service).dual;
  if (!trip.error.empty()) half_written(trip);
  const HalfWrite then = shared_.options<WriteTwice>(trip.step).half_write;
  if (!trip.error.empty() && then == HalfWrite::retry) {
    trip.error.clear();
    shared_.trips.start_later(std::move(trip), kRetry);
    return;
  }
  settle(trip);
  const bool well = trip.error.empty() || then == HalfWrite::ignore;
  if (trip.waits) shared_.answer(*trip.waits, well);
  if (!dual.waiting.empty()) {
    Trip next = std::move(dual.waiting.front());
    dual.waiting.pop_front();
    set_out(std::move(next));
  }
  shared_.on_applied(trip.service, trip.origin);
}

void DualWriter::half_written(const Trip& trip) {
  DualWrite& dual = shared_.service(trip.service).dual;
  if (dual.half_written++ > 0) return;
  shared_.tell_setback(trip.step, PlanEventKind::waiting,
                       {Why::refused, Phase::second_write, trip.service, {}, {}, trip.error});
}

void DualWriter::settle(const Trip& trip) {
  DualWrite& dual = shared_.service(trip.service).dual;
  --dual.under_way;
  for (const RootKey& root : trip.keys)
    if (--dual.outstanding[root] == 0) dual.outstanding.erase(root);
}

}  // namespace pindah::migration
