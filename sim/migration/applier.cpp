#include "migration/applier.h"

#include <algorithm>
#include <utility>

#include "migration/apply_batch.h"
#include "selfcheck/invariants.h"

namespace pindah::migration {

namespace {

bool lost_entries(const Stream& stream) { return stream.dropped > stream.position; }

}  // namespace

Applier::Applier(Shared& shared) : shared_(shared) {
  shared.transfers.serve(TransferKind::apply, *this);
}

void Applier::start(ServiceId service, Side origin, StepId step) {
  Stream& stream = shared_.stream(service, origin);
  if (step != StepId::none) {
    if (stream.apply_step != StepId::none) shared_.tell_over(stream.apply_step, service, step);
    stream.begun_by = step;
  }
  stream.apply_step = step;
  if (step != StepId::none) stream.set(shared_.options<Apply>(step));
  if (!stream.applying) stream.position = stream.taken = stream.log.started_at();
  stream.applying = true;
  stream.idle_since = shared_.now();
  captured(service, origin);
}

void Applier::stop(ServiceId service, Side origin) {
  Stream& stream = shared_.stream(service, origin);
  for (const BatchInFlight& flight : stream.flights) shared_.transfers.cancel(flight.transfer);
  stream.flights.clear();
  stream.taken = stream.position;
  stream.applying = stream.armed = stream.flat_out = false;
  stream.limit = UINT64_MAX;
  stream.stuck.reset();
  stream.failures = 0;
  ++stream.turn;
}

void Applier::captured(ServiceId service, Side origin) {
  Stream& stream = shared_.stream(service, origin);
  if (shared_.dead || !stream.applying || stream.full() || stream.armed) return;
  if (stream.log.backlog(stream.taken) == 0) return;
  const Micros now = shared_.now();
  // The polls since it fell idle: only the one that finds something needs an event.
  const std::int64_t polls =
      (now - stream.idle_since).us / std::max<std::int64_t>(stream.poll.us, 1);
  const Micros next = stream.idle_since + stream.poll * (polls + 1);
  arm(stream_number(service, origin), stream, stream.flat_out ? now : next);
}

void Applier::arm(int number, Stream& stream, Micros at) {
  stream.armed = true;
  shared_.push(at, apply_poll, static_cast<std::uint64_t>(number), ++stream.turn);
}

void Applier::limit(ServiceId service, Side origin, std::uint64_t limit) {
  shared_.stream(service, origin).limit = limit;
}

void Applier::hurry(ServiceId service, Side origin) {
  Stream& stream = shared_.stream(service, origin);
  stream.flat_out = true;
  if (!stream.full()) arm(stream_number(service, origin), stream, shared_.now());
}

void Applier::go_easy(ServiceId service, Side origin) {
  Stream& stream = shared_.stream(service, origin);
  stream.limit = UINT64_MAX;
  stream.flat_out = false;
  stream.idle_since = shared_.now();
  captured(service, origin);
}

void Applier::handle(const Event& poll) {
  const int number = static_cast<int>(poll.entity);
  Stream& stream = shared_.stream(service_of(number), origin_of(number));
  if (!stream.applying || !stream.armed || stream.turn != poll.b) return;
  stream.armed = false;
  cycle(number, stream);
}

void Applier::cycle(int number, Stream& stream) {
  stream.idle_since = shared_.now();
  if (lost_entries(stream)) return wait(service_of(number), stream, Why::changelog_dropped);
  for (BatchInFlight& flight : stream.flights)
    if (flight.stage == BatchInFlight::Stage::failed) {
      flight.stage = BatchInFlight::Stage::sent;
      flight.transfer = shared_.transfers.start(std::move(flight.again));
      flight.again = {};
    }
  while (!stream.full()) {
    std::uint64_t upto = stream.taken;
    Transfer transfer = next_transfer(number, stream, upto);
    if (transfer.keys.empty()) return;
    BatchInFlight& flight = stream.flights.emplace_back();
    flight.upto = stream.taken = upto;
    flight.transfer = shared_.transfers.start(std::move(transfer));
  }
}

// With pictures every entry travels as it is; otherwise each root once.
Transfer Applier::next_transfer(int number, Stream& stream, std::uint64_t& upto) const {
  Transfer transfer;
  transfer.kind = TransferKind::apply;
  transfer.service = service_of(number);
  transfer.origin = origin_of(number);
  const auto entries = stream.log.entries(stream.taken, stream.limit, stream.batch, upto);
  for (const LogEntry* entry : entries) {
    transfer.keys.push_back(entry->root);
    if (entry->created && stream.missing != MissingRow::insert)
      transfer.created.push_back(entry->root);
    if (entry->pictured) transfer.batches.push_back(entry->picture);
  }
  // One that has none: all are read as they are by then.
  if (transfer.batches.size() < entries.size()) transfer.batches.clear();
  std::sort(transfer.keys.begin(), transfer.keys.end());
  transfer.keys.erase(std::unique(transfer.keys.begin(), transfer.keys.end()), transfer.keys.end());
  transfer.roots = static_cast<std::int64_t>(transfer.keys.size());
  return transfer;
}

Next Applier::read(Transfer& transfer) {
  const bool pictures = !transfer.batches.empty();
  transfer.error = pictures ? std::string() : shared_.extract_roots(transfer);
  transfer.read_lsn = shared_.backend(transfer.origin).lsn();
  transfer.was_read = true;
  if (!transfer.error.empty()) return Next::over;
  reached(transfer, BatchInFlight::Stage::read);
  return Next::on;
}

Next Applier::write(Transfer& transfer) {
  const Stream& stream = shared_.stream(transfer.service, transfer.origin);
  ApplyRules rules;
  rules.kind = WriterKind::change;
  rules.conflict = stream.conflict;
  rules.missing = stream.missing;
  rules.in_order = stream.carries == Carries::images;
  transfer.error = apply_batch(shared_, transfer, rules);
  if (!transfer.error.empty()) return Next::over;
  reached(transfer, BatchInFlight::Stage::written);
  return Next::on;
}

void Applier::reached(const Transfer& transfer, BatchInFlight::Stage stage) {
  for (BatchInFlight& flight : shared_.stream(transfer.service, transfer.origin).flights)
    if (flight.transfer == transfer.serial) flight.stage = stage;
}

void Applier::back(Transfer transfer) {
  Stream& stream = shared_.stream(transfer.service, transfer.origin);
  const int number = stream_number(transfer.service, transfer.origin);
  const ServiceId service = transfer.service;
  const Side origin = transfer.origin;
  if (!transfer.error.empty()) {
    wait(service, stream, Why::refused, transfer.error);
    return stuck(stream, std::move(transfer));
  }
  reached(transfer, BatchInFlight::Stage::done);
  check_taken(stream, transfer);
  check_landed(shared_, transfer);
  stream.stuck.reset();
  stream.failures = 0;
  while (!stream.flights.empty() && stream.flights.front().stage == BatchInFlight::Stage::done) {
    stream.position = stream.flights.front().upto;
    stream.flights.pop_front();
  }
  shared_.trim(service, origin);
  shared_.on_applied(service, origin);
  if (stream.applying && !stream.full() && !stream.armed) cycle(number, stream);
}

// Every root of the entries that this batch stands for was in it.
void Applier::check_taken(const Stream& stream, const Transfer& transfer) const {
  std::uint64_t after = stream.position;
  for (const BatchInFlight& flight : stream.flights) {
    if (flight.transfer == transfer.serial) {
      std::uint64_t last = 0;
      for (const LogEntry* entry : stream.log.entries(after, flight.upto, INT32_MAX, last))
        must_hold(std::binary_search(transfer.keys.begin(), transfer.keys.end(), entry->root),
                  Invariant::logged_taken, shared_.now(), [&] {
                    return shared_.name(transfer.service) + " " + to_text(entry->root.key) +
                           ", commit " + std::to_string(entry->lsn);
                  });
      return;
    }
    after = flight.upto;
  }
}

// One batch at a time: whatever has been added meanwhile is taken along when it is tried again.
void Applier::stuck(Stream& stream, Transfer transfer) {
  if (stream.at_once == 1) {
    stream.flights.clear();
    stream.taken = stream.position;
    return;
  }
  for (BatchInFlight& flight : stream.flights) {
    if (flight.transfer != transfer.serial) continue;
    flight.stage = BatchInFlight::Stage::failed;
    flight.transfer = 0;
    if (stream.carries == Carries::state) transfer.batches.clear();
    transfer.error.clear();
    flight.again = std::move(transfer);
    return;
  }
}

void Applier::wait(ServiceId service, Stream& stream, Why why, const std::string& error) {
  const Side origin =
      &stream == &shared_.stream(service, Side::source) ? Side::source : Side::target;
  Setback setback{why, Phase::apply, service, origin, {}, error};
  setback.since = stream.stuck ? stream.stuck->since : shared_.now();
  const bool told = stream.stuck.has_value();
  stream.stuck = std::move(setback);
  if (!told) shared_.tell_setback(stream.begun_by, PlanEventKind::waiting, *stream.stuck);
  arm(stream_number(service, origin), stream, shared_.now() + retry_after(++stream.failures));
}

void Applier::die() {
  for (ServiceState& service : shared_.services)
    for (Stream& stream : service.streams) {
      const BatchInFlight::Stage kept = stream.checkpoint == Checkpoint::apart
                                            ? BatchInFlight::Stage::read
                                            : BatchInFlight::Stage::written;
      for (const BatchInFlight& flight : stream.flights) {
        if (flight.stage < kept) break;
        stream.position = flight.upto;
      }
      for (const BatchInFlight& flight : stream.flights) shared_.transfers.cancel(flight.transfer);
      stream.flights.clear();
      stream.taken = stream.position;
      stream.armed = false;
      ++stream.turn;
    }
}

void Applier::resume() {
  for (ServiceId id = 0; id < static_cast<ServiceId>(shared_.services.size()); ++id)
    for (const Side origin : {Side::source, Side::target}) {
      Stream& stream = shared_.stream(id, origin);
      stream.idle_since = shared_.now();
      if (!stream.applying) continue;
      shared_.on_applied(id, origin);
      captured(id, origin);
    }
}

}  // namespace pindah::migration
