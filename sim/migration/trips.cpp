#include "migration/trips.h"

#include <algorithm>

namespace pindah::migration {

namespace {

// What one root adds to the service time of a read or a write: extracting or loading an aggregate
// of a few rows takes SQLite about this long; a server's database is not quicker. A choice.
constexpr Micros kPerRoot{20};
// A message that was lost, a platform that is down: tried again after this long, as replication
// tools do.
constexpr Micros kPause = seconds(1);
// Keys of draws and of messages on links that nobody else uses: pages' runs use lower ones.
constexpr std::uint64_t kEntities = std::uint64_t{7} << 61;

}  // namespace

Trip& Trips::place(Trip trip) {
  auto place = std::find_if(trips_.begin(), trips_.end(), [](const Trip& t) { return !t.alive; });
  if (place == trips_.end()) place = trips_.emplace(trips_.end());
  trip.alive = true;
  trip.serial = ++last_serial_;
  trip.seq = 0;
  *place = std::move(trip);
  return *place;
}

std::uint64_t Trips::start(Trip trip) {
  Trip& placed = place(std::move(trip));
  const std::uint64_t serial = placed.serial;
  submit(placed, placed.origin, read_ended, read_again);
  return serial;
}

std::uint64_t Trips::start_loaded(Trip trip) {
  Trip& placed = place(std::move(trip));
  const std::uint64_t serial = placed.serial;
  send(placed, other(placed.origin), arrived, send_again);
  return serial;
}

void Trips::cancel(std::uint64_t serial) {
  for (Trip& trip : trips_)
    if (trip.serial == serial) trip = {};
}

std::uint64_t Trips::start_later(Trip trip, Micros after) {
  Trip& placed = place(std::move(trip));
  push(placed, read_again, site_.clockwork.now + after);
  return placed.serial;
}

Trip* Trips::find(const Event& e) {
  if (e.a >= trips_.size()) return nullptr;
  Trip& trip = trips_[e.a];
  return trip.alive && trip.serial == e.b ? &trip : nullptr;
}

Event Trips::event(Trip& trip, Kind kind, Micros at) const {
  const auto place = static_cast<std::uint64_t>(&trip - trips_.data());
  return {at, EventClass::migration, trip.serial, trip.seq++, kind, place, trip.serial};
}

void Trips::push(Trip& trip, Kind kind, Micros at) {
  site_.clockwork.events.push(event(trip, kind, at));
}

void Trips::submit(Trip& trip, Side at, Kind then, Kind again) {
  const Micros now = site_.clockwork.now;
  const PlatformCapacity& capacity = site_.scenario.platforms[index(at)];
  const std::uint64_t u =
      site_.draws.bits(Domain::migration, trip.serial, trip.seq, purpose("service"));
  const Micros service = capacity.service_time.sample(u) + kPerRoot * trip.roots;
  const Work work{event(trip, then, now), service, now};
  if (!site_.workers[index(at)]->submit(work, site_.clockwork, !trip.once))
    again_or_fail(trip, again);
}

// It is noticed late that no answer comes, and told as the end of the trip.
void Trips::again_or_fail(Trip& trip, Kind again) {
  const Micros now = site_.clockwork.now;
  if (!trip.once) return push(trip, again, now + kPause);
  trip.error = "no answer";
  push(trip, answered, now + kPause);
}

void Trips::send(Trip& trip, Side to, Kind then, Kind again) {
  const Direction direction = to == Side::target ? Direction::there : Direction::back;
  const std::optional<Micros> delay =
      site_.links.send(LinkId::source_target, direction, kEntities | trip.serial, trip.seq);
  const Micros now = site_.clockwork.now;
  if (delay)
    push(trip, then, now + *delay);
  else
    again_or_fail(trip, again);
}

void Trips::handle(const Event& e) {
  Trip* trip = find(e);
  if (trip == nullptr) return;
  switch (static_cast<Kind>(e.kind)) {
    case read_again:
      return submit(*trip, trip->origin, read_ended, read_again);
    case read_ended:
      return run(*trip, true);
    case send_again:
      return send(*trip, other(trip->origin), arrived, send_again);
    case arrived:
      return submit(*trip, other(trip->origin), write_ended, arrived);
    case write_ended:
      return run(*trip, false);
    case answer_again:
      return send(*trip, trip->origin, answered, answer_again);
    case answered:
      return finish(*trip);
    default:
      throw Defect("an event that is not a trip's");
  }
}

void Trips::run(Trip& trip, bool reads) {
  Traveller& traveller = *travellers_[static_cast<std::size_t>(trip.errand)];
  const Next next = reads ? traveller.read(trip) : traveller.write(trip);
  if (next == Next::over) return finish(trip);
  if (reads) return send(trip, other(trip.origin), arrived, send_again);
  send(trip, trip.origin, answered, answer_again);
}

void Trips::finish(Trip& trip) {
  Trip done = std::move(trip);
  trip = {};
  travellers_[static_cast<std::size_t>(done.errand)]->back(std::move(done));
}

void Trips::dropped(const Event& e) {
  Trip* trip = find(e);
  if (trip == nullptr) return;
  again_or_fail(*trip, e.kind == read_ended ? read_again : arrived);
}

std::uint64_t Trips::oldest_read(ServiceId service, Side origin, std::uint64_t otherwise) const {
  std::uint64_t oldest = otherwise;
  for (const Trip& trip : trips_)
    if (trip.alive && trip.was_read && trip.service == service && trip.origin == origin)
      oldest = std::min(oldest, trip.read_lsn);
  return oldest;
}

}  // namespace pindah::migration
