// What the parts of the migrator share: the site, the movers, the trips, and one stream for each
// service and side, which is the changelog there and how far it has been applied on the other side.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "migration/changelog.h"
#include "migration/migrator.h"
#include "migration/trips.h"

namespace pindah::migration {

// A transaction of the migrator that failed is tried again after this long.
constexpr Micros kRetry = seconds(1);

struct Stream {
  Changelog log;
  int capture_step = -1, apply_step = -1;  // whose it is; -1: a cutover's own
  bool applying = false;
  std::uint64_t position = 0;  // every entry up to this LSN is on the other side, and acknowledged
  Micros poll = millis(50);
  int batch = 200;
  // During a cutover: apply up to here, and without waiting between cycles.
  std::uint64_t limit = UINT64_MAX;
  bool flat_out = false;
  // The cycle under way.
  std::uint64_t trip = 0;  // serial; 0: none
  std::uint64_t upto = 0;  // what the position will be when it is acknowledged
  bool armed = false;      // a poll event is on its way
  std::uint64_t turn = 0;  // polls of earlier turns are ignored
  Micros idle_since;
  std::string error;  // why it is stuck; empty: it is not

  template <class A>
  void archive(A& a) {
    a(log, capture_step, apply_step, applying, position, poll, batch, limit, flat_out);
    a(trip, upto, armed, turn, idle_since, error);
  }
};

// How much of a service has been copied.
struct CopyProgress {
  bool surveyed = false;
  std::int64_t roots = 0;   // there were, when the copy of the service began
  std::int64_t passed = 0;  // read, written and acknowledged
  bool finished = false;
  template <class A>
  void archive(A& a) {
    a(surveyed, roots, passed, finished);
  }
};

// What the last verify of a service found.
struct Verified {
  bool finished = false;
  std::int64_t mismatches = 0;
  std::string first;  // "loans 576…: differs"; empty: none
  template <class A>
  void archive(A& a) {
    a(finished, mismatches, first);
  }
};

struct ServiceState {
  PerSide<Stream> streams;  // by origin
  CopyProgress copy;
  Verified verified;
  bool in_cutover = false;
  std::uint64_t fence_position = UINT64_MAX;  // entries above are needed for the cutover's verify
  template <class A>
  void archive(A& a) {
    a(streams, copy, verified, in_cutover, fence_position);
  }
};

struct Shared {
  explicit Shared(MigrationSite s)
      : site(std::move(s)),
        movers(
            site.site.world, site.site.backends,
            constants_of(site.site.world, site.site.scenario.scale, site.site.scenario.settings)),
        trips(site.site),
        services(site.site.world.services.size()) {}

  ServiceState& service(ServiceId id) { return services[static_cast<std::size_t>(id)]; }
  const ServiceState& service(ServiceId id) const { return services[static_cast<std::size_t>(id)]; }
  Stream& stream(ServiceId id, Side origin) { return service(id).streams[index(origin)]; }
  const PlanStep& step(int number) const {
    return site.site.scenario.plan[static_cast<std::size_t>(number)];
  }
  const std::string& name(ServiceId id) const {
    return site.site.world.services[static_cast<std::size_t>(id)].name;
  }
  Micros now() const { return site.site.clockwork.now; }
  Backend& backend(Side side) { return *site.site.backends[index(side)]; }
  void push(Micros at, Kind kind, std::uint64_t entity, std::uint64_t turn) {
    site.site.clockwork.events.push({at, EventClass::migration, entity, 0, kind, 0, turn});
  }
  // Tells the observers.
  void tell(int step, PlanEventKind kind, ServiceId service, std::string phase, std::string text) {
    site.observer.plan({now(), kind, step, service, std::move(phase), std::move(text)});
  }
  // Drops the changelog's entries that nobody needs any more.
  void trim(ServiceId id, Side origin) {
    Stream& s = stream(id, origin);
    s.log.forget(std::min(trips.oldest_read(id, origin, s.position), service(id).fence_position));
  }
  // Reads (or compares) on a side; what the database says against it comes back as text.
  std::string reading(Side side, ServiceId id, const std::function<void()>& work) {
    return backend(side).transact(id, now(), Writer{}, work).reason;
  }
  // Under the origin's name, that a trip wrote this root on the other side.
  void hand_over(const Trip& trip, const RootKey& root, WriterKind kind) {
    const Side side = other(trip.origin);
    Writer writer;
    writer.kind = kind;
    writer.lsn = trip.read_lsn;
    site.custody.record(root, {side, now(), backend(side).lsn(), writer,
                               site.site.gates.owner(trip.service), false});
  }

  MigrationSite site;
  Movers movers;
  Trips trips;
  std::vector<ServiceState> services;
  // Set by the migrator, once.
  std::function<void(ServiceId, Side)> on_applied;        // a position has moved
  std::function<void(int step, bool well)> on_step_over;  // copy, verify, cutover, route
};

// The number of a stream in events and trips, and back.
constexpr int stream_number(ServiceId id, Side origin) {
  return id * 2 + static_cast<int>(index(origin));
}
constexpr ServiceId service_of(int stream) { return stream / 2; }
constexpr Side origin_of(int stream) { return stream % 2 == 0 ? Side::source : Side::target; }

}  // namespace pindah::migration
