#include "migration/applier.h"

#include <fmt/format.h>

#include <algorithm>

namespace pindah::migration {

Applier::Applier(Shared& shared) : shared_(shared) { shared.trips.serve(Errand::apply, *this); }

void Applier::start(ServiceId service, Side origin, int step) {
  Stream& stream = shared_.stream(service, origin);
  stream.apply_step = step;
  if (step >= 0) {
    stream.poll = shared_.step(step).poll;
    stream.batch = shared_.step(step).batch;
  }
  if (!stream.applying) stream.position = stream.log.started_at();
  stream.applying = true;
  stream.idle_since = shared_.now();
  captured(service, origin);
}

void Applier::stop(ServiceId service, Side origin) {
  Stream& stream = shared_.stream(service, origin);
  if (stream.trip != 0) shared_.trips.cancel(stream.trip);
  stream.trip = 0;
  stream.applying = stream.armed = stream.flat_out = false;
  stream.limit = UINT64_MAX;
  ++stream.turn;
}

void Applier::captured(ServiceId service, Side origin) {
  Stream& stream = shared_.stream(service, origin);
  if (!stream.applying || stream.trip != 0 || stream.armed) return;
  if (stream.log.backlog(stream.position) == 0) return;
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
  if (stream.trip == 0) arm(stream_number(service, origin), stream, shared_.now());
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
  std::uint64_t upto = stream.position;
  Trip trip;
  trip.keys = stream.log.take(stream.position, stream.limit, stream.batch, upto);
  stream.idle_since = shared_.now();
  if (trip.keys.empty()) return;
  trip.errand = Errand::apply;
  trip.owner = number;
  trip.service = service_of(number);
  trip.origin = origin_of(number);
  trip.roots = static_cast<std::int64_t>(trip.keys.size());
  stream.upto = upto;
  stream.trip = shared_.trips.start(std::move(trip));
}

Next Applier::read(Trip& trip) {
  trip.error = shared_.reading(trip.origin, trip.service, [&] {
    for (const RootKey& root : trip.keys) {
      if (trip.batches.empty() || trip.batches.back().move != root.move)
        trip.batches.push_back({root.move, {}, {}});
      shared_.movers.at(root.move).extract_root(root.key, trip.batches.back());
    }
  });
  trip.read_lsn = shared_.backend(trip.origin).lsn();
  trip.was_read = true;
  return trip.error.empty() ? Next::on : Next::over;
}

Next Applier::write(Trip& trip) {
  trip.error = erase_and_load(trip);
  if (!trip.error.empty()) return Next::over;
  for (const RootKey& root : trip.keys) shared_.hand_over(trip, root, WriterKind::change);
  return Next::on;
}

// What is gone goes first and backwards, so that a key or a parent is free when its successor
// comes.
std::string Applier::erase_and_load(const Trip& trip) {
  Writer writer;
  writer.kind = WriterKind::change;
  writer.lsn = trip.read_lsn;
  RootKey at;
  Backend& destination = shared_.backend(other(trip.origin));
  const Ran ran = destination.transact(trip.service, shared_.now(), writer, [&] {
    for (auto batch = trip.batches.rbegin(); batch != trip.batches.rend(); ++batch)
      for (const Value& key : batch->gone) {
        at = {batch->move, key};
        shared_.movers.at(batch->move).erase(key);
      }
    for (const Batch& batch : trip.batches) {
      Mover& mover = shared_.movers.at(batch.move);
      for (std::size_t row = 0; row < mover.rows(batch); ++row) {
        at = {batch.move, mover.key(batch, row)};
        mover.load(batch, row);
      }
    }
  });
  if (ran.end == RanEnd::ok) return {};
  return fmt::format("{} (root {})", ran.reason, to_text(at.key));
}

void Applier::back(Trip trip) {
  Stream& stream = shared_.stream(trip.service, trip.origin);
  stream.trip = 0;
  if (!trip.error.empty()) {
    if (stream.error.empty())
      shared_.tell(stream.apply_step, PlanEventKind::waiting, trip.service, "apply",
                   fmt::format("apply of {} is stuck: {}", shared_.name(trip.service), trip.error));
    stream.error = trip.error;
    return arm(trip.owner, stream, shared_.now() + kRetry);
  }
  stream.error.clear();
  stream.position = stream.upto;
  shared_.trim(trip.service, trip.origin);
  shared_.on_applied(trip.service, trip.origin);
  if (stream.applying && stream.trip == 0 && !stream.armed) cycle(trip.owner, stream);
}

}  // namespace pindah::migration
