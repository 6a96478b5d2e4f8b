#include "migration/shared.h"

#include <algorithm>

namespace pindah::migration {

Shared::Shared(const MigrationSite& site, Observer& tells)
    : world(site.site.world),
      scenario(site.site.scenario),
      draws(site.site.draws),
      clockwork(site.site.clockwork),
      backends(site.site.backends),
      workers(site.site.workers),
      gates(site.site.gates),
      ledgers(site.site.ledgers),
      recent(site.recent),
      custody(site.custody),
      observer(tells),
      rename(site.rename),
      answer(site.answer),
      offer(site.offer),
      movers(world, backends, constants_of(world, scenario.scale, scenario.settings)),
      trips(site.site),
      services(world.services.size()) {}

void Shared::push(Micros at, Kind kind, std::uint64_t entity, std::uint64_t turn) {
  clockwork.events.push({at, EventClass::migration, entity, 0, kind, 0, turn});
}

void Shared::tell(int step, PlanEventKind kind, ServiceId service, std::string phase,
                  std::string text) {
  observer.plan({now(), kind, step, service, std::move(phase), std::move(text)});
}

void Shared::trim(ServiceId id, Side origin) {
  Stream& s = stream(id, origin);
  s.log.forget(std::min(trips.oldest_read(id, origin, s.position), service(id).fence_position));
}

void Shared::extract(Trip& trip) {
  for (const RootKey& root : trip.keys) {
    if (trip.batches.empty() || trip.batches.back().move != root.move)
      trip.batches.push_back({root.move, {}, {}});
    movers.at(root.move).extract_root(root.key, trip.batches.back());
  }
}

std::string Shared::extract_roots(Trip& trip) {
  return reading(trip.origin, trip.service, [&] { extract(trip); });
}

void Shared::picture(Trip& trip) {
  try {
    extract(trip);
  } catch (const SqlFailure& failure) {
    trip.error = failure.what();
  }
}

std::string Shared::reading(Side side, ServiceId id, const std::function<void()>& work) {
  return backend(side).transact(id, now(), Writer{}, work).reason;
}

void Shared::hand_over(const Trip& trip, const RootKey& root, WriterKind kind) {
  const Side side = other(trip.origin);
  Writer writer;
  writer.kind = kind;
  writer.lsn = trip.read_lsn;
  custody.record(root,
                 {side, now(), backend(side).lsn(), writer, gates.owner(trip.service), false});
}

}  // namespace pindah::migration
