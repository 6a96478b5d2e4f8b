#include "migration/transfers.h"

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

Transfer& Transfers::place(Transfer transfer) {
  auto place = std::find_if(transfers_.begin(), transfers_.end(),
                            [](const Transfer& t) { return !t.alive; });
  if (place == transfers_.end()) place = transfers_.emplace(transfers_.end());
  transfer.alive = true;
  transfer.serial = ++last_serial_;
  transfer.seq = 0;
  *place = std::move(transfer);
  return *place;
}

std::uint64_t Transfers::start(Transfer transfer) {
  Transfer& placed = place(std::move(transfer));
  const std::uint64_t serial = placed.serial;
  submit(placed, placed.origin, read_ended, read_again);
  return serial;
}

std::uint64_t Transfers::start_loaded(Transfer transfer) {
  Transfer& placed = place(std::move(transfer));
  const std::uint64_t serial = placed.serial;
  send(placed, other(placed.origin), arrived, send_again);
  return serial;
}

void Transfers::cancel(std::uint64_t serial) {
  for (Transfer& transfer : transfers_)
    if (transfer.serial == serial) transfer = {};
}

std::uint64_t Transfers::start_later(Transfer transfer, Micros after) {
  Transfer& placed = place(std::move(transfer));
  push(placed, read_again, site_.sim.now + after);
  return placed.serial;
}

Transfer* Transfers::find(const Event& e) {
  if (e.a >= transfers_.size()) return nullptr;
  Transfer& transfer = transfers_[e.a];
  return transfer.alive && transfer.serial == e.b ? &transfer : nullptr;
}

Event Transfers::event(Transfer& transfer, Kind kind, Micros at) const {
  const auto place = static_cast<std::uint64_t>(&transfer - transfers_.data());
  return {at, EventClass::migration, transfer.serial, transfer.seq++, kind, place, transfer.serial};
}

void Transfers::push(Transfer& transfer, Kind kind, Micros at) {
  site_.sim.events.push(event(transfer, kind, at));
}

void Transfers::submit(Transfer& transfer, Side at, Kind then, Kind again) {
  const Micros now = site_.sim.now;
  const PlatformCapacity& capacity = site_.scenario.platforms[index(at)];
  const std::uint64_t u =
      site_.draws.bits(Domain::migration, transfer.serial, transfer.seq, purpose("service"));
  const Micros service = capacity.service_time.sample(u) + kPerRoot * transfer.roots;
  const Work work{event(transfer, then, now), service, now};
  if (!site_.workers[index(at)]->submit(work, site_.sim, !transfer.once))
    again_or_fail(transfer, again);
}

// It is noticed late that no answer comes, and told as the end of the transfer.
void Transfers::again_or_fail(Transfer& transfer, Kind again) {
  const Micros now = site_.sim.now;
  if (!transfer.once) return push(transfer, again, now + kPause);
  transfer.error = "no answer";
  push(transfer, answered, now + kPause);
}

void Transfers::send(Transfer& transfer, Side to, Kind then, Kind again) {
  const Direction direction = to == Side::target ? Direction::there : Direction::back;
  const std::optional<Micros> delay = site_.links.send(
      LinkId::source_target, direction, {kEntities | transfer.serial, transfer.seq, site_.sim.now});
  const Micros now = site_.sim.now;
  if (delay)
    push(transfer, then, now + *delay);
  else
    again_or_fail(transfer, again);
}

void Transfers::handle(const Event& e) {
  Transfer* transfer = find(e);
  if (transfer == nullptr) return;
  switch (static_cast<Kind>(e.kind)) {
    case read_again:
      return submit(*transfer, transfer->origin, read_ended, read_again);
    case read_ended:
      return run(*transfer, true);
    case send_again:
      return send(*transfer, other(transfer->origin), arrived, send_again);
    case arrived:
      return submit(*transfer, other(transfer->origin), write_ended, arrived);
    case write_ended:
      return run(*transfer, false);
    case answer_again:
      return send(*transfer, transfer->origin, answered, answer_again);
    case answered:
      return finish(*transfer);
    default:
      throw Defect("an event that is not a transfer's");
  }
}

void Transfers::run(Transfer& transfer, bool reads) {
  TransferHandler& handler = *handlers_[static_cast<std::size_t>(transfer.kind)];
  const Next next = reads ? handler.read(transfer) : handler.write(transfer);
  if (next == Next::over) return finish(transfer);
  if (reads) return send(transfer, other(transfer.origin), arrived, send_again);
  send(transfer, transfer.origin, answered, answer_again);
}

void Transfers::finish(Transfer& transfer) {
  Transfer done = std::move(transfer);
  transfer = {};
  handlers_[static_cast<std::size_t>(done.kind)]->back(std::move(done));
}

void Transfers::dropped(const Event& e) {
  Transfer* transfer = find(e);
  if (transfer == nullptr) return;
  again_or_fail(*transfer, e.kind == read_ended ? read_again : arrived);
}

std::uint64_t Transfers::oldest_read(ServiceId service, Side origin,
                                     std::uint64_t otherwise) const {
  std::uint64_t oldest = otherwise;
  for (const Transfer& transfer : transfers_)
    if (transfer.alive && transfer.was_read && transfer.service == service &&
        transfer.origin == origin)
      oldest = std::min(oldest, transfer.read_lsn);
  return oldest;
}

}  // namespace pindah::migration
