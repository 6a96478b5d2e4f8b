// What the parts of the migrator share: the site, the movers, the trips, and one stream for each
// service and side, which is the changelog there and how far it has been applied on the other side.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "migration/changelog.h"
#include "migration/migrator.h"
#include "migration/trips.h"

namespace pindah::migration {

// A transaction of the migrator that failed is tried again after this long.
constexpr Micros kRetry = seconds(1);
constexpr int kFailuresMax = 5;  // in a row, before a copy or a verify gives up

// A batch of a stream on its way.
struct Flight {
  enum class Stage : std::uint8_t { failed, sent, read, written, done };
  std::uint64_t trip = 0;  // serial
  std::uint64_t upto = 0;  // LSN of its last entry
  Stage stage = Stage::sent;
  Trip again;  // failed: what is to be sent once more
  template <class A>
  void archive(A& a) {
    a(trip, upto, stage, again);
  }
};

struct Stream {
  Changelog log;
  int capture_step = -1, apply_step = -1;  // whose it is; -1: a cutover's own
  bool applying = false;
  std::uint64_t position = 0;  // every entry up to this LSN is on the other side, and acknowledged
  std::uint64_t dropped = 0;   // entries up to this LSN were kept for as long as they are kept
  Micros retention;            // of entries; zero: until they are applied
  bool origin_tag = true;      // false: what the migrator writes on the origin is in it, too
  // As the plan's step sets them.
  Micros poll = millis(50);
  int batch = 200;
  int at_once = 1;
  CopyConflict conflict = CopyConflict::upsert;
  MissingRow missing = MissingRow::insert;
  Carries carries = Carries::state;
  Checkpoint checkpoint = Checkpoint::with_data;
  // During a cutover: apply up to here, and without waiting between cycles.
  std::uint64_t limit = UINT64_MAX;
  bool flat_out = false;
  // What is under way, in the order of the changelog.
  std::deque<Flight> flights;
  std::uint64_t taken = 0;  // every entry up to this LSN is in a flight, or was
  bool armed = false;       // a poll event is on its way
  std::uint64_t turn = 0;   // polls of earlier turns are ignored
  Micros idle_since;
  std::string error;  // why it is stuck; empty: it is not

  bool full() const { return static_cast<int>(flights.size()) >= at_once; }
  void set(const PlanStep& step) {
    poll = step.poll;
    batch = step.batch;
    at_once = step.at_once;
    conflict = step.conflict;
    missing = step.missing;
    carries = step.carries;
    checkpoint = step.checkpoint;
  }
  template <class A>
  void archive(A& a) {
    a(log, capture_step, apply_step, applying, position, dropped, retention, origin_tag, poll,
      batch, at_once, conflict, missing, carries, checkpoint, limit, flat_out);
    a(flights, taken, armed, turn, idle_since, error);
  }
};

// How much of a service has been copied.
struct CopyProgress {
  bool surveyed = false;
  std::int64_t roots = 0;   // there were, when the copy of the service began
  std::int64_t passed = 0;  // read, written and acknowledged
  bool finished = false;
  std::map<int, Value> reached;  // by move: the last root of its last chunk
  template <class A>
  void archive(A& a) {
    a(surveyed, roots, passed, finished, reached);
  }
};

// Roots of a chunk that a locking copy has read and not loaded yet.
struct ChunkLock {
  int move = -1;
  Value from, to;
  bool holds(const RootKey& root) const {
    return root.move == move && root.key >= from && root.key <= to;
  }
  template <class A>
  void archive(A& a) {
    a(move, from, to);
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

// The writing to both sides of a service.
struct DualWrite {
  int step = -1;                             // whose settings hold; -1: off
  PerSide<Changelog> logs;                   // by origin: what was written twice
  std::map<RootKey, int> outstanding;        // roots with second writes on their way or waiting
  std::map<RootKey, std::uint64_t> arrived;  // LSN of the newest that has arrived
  std::deque<Trip> waiting;                  // asynchronous ones, for a slot
  int under_way = 0;
  std::int64_t half_written = 0, dropped = 0;
  // Roots that cannot be compared now: written since, or on their way.
  std::set<RootKey> moving(Side origin, std::uint64_t read_lsn) const {
    std::set<RootKey> roots = logs[index(origin)].changed_after(read_lsn);
    for (const auto& [root, count] : outstanding) roots.insert(root);
    return roots;
  }
  template <class A>
  void archive(A& a) {
    a(step, logs, outstanding, arrived, waiting, under_way, half_written, dropped);
  }
};

// The reads that run on both sides.
struct ShadowReads {
  int step = -1;  // -1: off
  std::int64_t compared = 0, mismatches = 0;
  std::vector<std::string> kept;  // the first mismatches, in words
  template <class A>
  void archive(A& a) {
    a(step, compared, mismatches, kept);
  }
};

struct ServiceState {
  PerSide<Stream> streams;  // by origin
  DualWrite dual;
  ShadowReads shadow;
  CopyProgress copy;
  Verified verified;
  std::optional<ChunkLock> lock;
  bool in_cutover = false;
  std::uint64_t fence_position = UINT64_MAX;  // entries above are needed for the cutover's verify
  template <class A>
  void archive(A& a) {
    a(streams, dual, shadow, copy, verified, lock, in_cutover, fence_position);
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
  // The same inside a commit, where no transaction is to be had.
  void picture(Trip& trip) {
    try {
      extract(trip);
    } catch (const SqlFailure& failure) {
      trip.error = failure.what();
    }
  }
  void extract(Trip& trip) {
    for (const RootKey& root : trip.keys) {
      if (trip.batches.empty() || trip.batches.back().move != root.move)
        trip.batches.push_back({root.move, {}, {}});
      movers.at(root.move).extract_root(root.key, trip.batches.back());
    }
  }
  // Fills the trip's batches with its roots as they are now.
  std::string extract_roots(Trip& trip) {
    return reading(trip.origin, trip.service, [&] { extract(trip); });
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
  bool dead = false;  // the migrator has been killed
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
