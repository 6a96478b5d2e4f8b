// What the migrator knows: for each service one stream a side, how much is copied, what a dual
// write has outstanding, what a verify found. Plain data, archived with the universe.
//
// A stream is the changelog of one side and how far it has been applied on the other. By LSN:
//
//        position             taken               limit
//   ────────┴───────────────────┴───────────────────┴─────────────▶ the changelog grows
//    applied, │ in a flight, or   │ waits for a       │ waits until the
//    and      │ failed and to be  │ flight            │ cutover is over
//    acked    │ sent again        │                   │
//
//   position  Where apply begins it is where the capture began. Applier::back moves it up, over the
//             flights at the front that are done. When the migrator dies, Applier::die puts it at
//             the checkpoint: past what was written, or, with a checkpoint kept apart, past what
//             was only read, which is then lost.
//   taken     Applier::cycle moves it up, to the end of each batch that sets out. It falls back to
//             `position` when a batch failed (one at a time), apply stops, or the migrator dies.
//   limit     A cutover sets it to the LSN that it read as its stop, so that nothing above is taken
//             any more; UINT64_MAX otherwise.
//   dropped   Entries up to here outlived the retention: a commit moves it up. Above `position`,
//             changes are lost, and the stream is stuck for good.
//
// Always position ≤ taken ≤ the last entry's LSN, taken ≤ limit. The changelog forgets what is
// below `position` and below every read that is still on its way (Shared::trim).
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "migration/changelog.h"
#include "migration/transfers.h"
#include "platform/plan_event.h"
#include "scenario/steps/apply.h"
#include "scenario/steps/copy.h"

namespace pindah::migration {

// How a row that a change brings is loaded over one that is there.
constexpr CopyConflict conflict_of(PresentRow present) {
  switch (present) {
    case PresentRow::replace:
      return CopyConflict::replace;
    case PresentRow::ignore:
      return CopyConflict::ignore;
    case PresentRow::fail:
      return CopyConflict::fail;
    case PresentRow::upsert:
      break;
  }
  return CopyConflict::upsert;
}

// A batch of a stream on its way.
struct BatchInFlight {
  enum class Stage : std::uint8_t { failed, sent, read, written, done };
  std::uint64_t transfer = 0;  // serial
  std::uint64_t upto = 0;      // LSN of its last entry
  Stage stage = Stage::sent;
  Transfer again;  // failed: what is to be sent once more
  template <class A>
  void archive(A& a) {
    a(transfer, upto, stage, again);
  }
};

struct Stream {
  Changelog log;
  StepId capture_step{}, apply_step{};  // whose it is; none: a cutover's own
  StepId begun_by{};                    // the step that has it applied, also a cutover
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
  std::deque<BatchInFlight> flights;
  std::uint64_t taken = 0;  // every entry up to this LSN is in a flight, or was
  bool armed = false;       // a poll event is on its way
  std::uint64_t turn = 0;   // polls of earlier turns are ignored
  Micros idle_since;
  int failures = 0;              // in a row
  std::optional<Setback> stuck;  // the last batch could not be applied: why

  bool full() const { return static_cast<int>(flights.size()) >= at_once; }
  void set(const Apply& apply) {
    poll = apply.poll;
    batch = apply.batch;
    at_once = apply.at_once;
    conflict = conflict_of(apply.conflict);
    missing = apply.missing;
    carries = apply.carries;
    checkpoint = apply.checkpoint;
  }
  template <class A>
  void archive(A& a) {
    a(log, capture_step, apply_step, applying, position, dropped, retention, origin_tag, poll,
      batch, at_once, conflict, missing, carries, checkpoint, limit, flat_out);
    a(flights, taken, armed, turn, idle_since, failures, stuck, begun_by);
  }
};

// How much of a service has been copied.
struct CopyProgress {
  std::int64_t roots = 0;   // there were, when the copy of the service began
  std::int64_t passed = 0;  // read, written and acknowledged
  bool finished = false;
  std::map<int, Value> reached;  // by move: the last root of its last chunk
  template <class A>
  void archive(A& a) {
    a(roots, passed, finished, reached);
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
  std::optional<Mismatch> first;
  template <class A>
  void archive(A& a) {
    a(finished, mismatches, first);
  }
};

// The writing to both sides of a service.
struct DualWrite {
  StepId step{};                             // whose settings hold; none: off
  PerSide<Changelog> logs;                   // by origin: what was written twice
  std::map<RootKey, int> outstanding;        // roots with second writes on their way or waiting
  std::map<RootKey, std::uint64_t> arrived;  // LSN of the newest that has arrived
  std::deque<Transfer> waiting;              // asynchronous ones, for a slot
  int under_way = 0;
  std::int64_t half_written = 0, dropped = 0;
  std::optional<Setback> stuck;  // a second write is refused, and tried again: why
  StepId stuck_step{};           // whose that is
  // Roots that cannot be compared now: written since, or on their way.
  std::set<RootKey> moving(Side origin, std::uint64_t read_lsn) const {
    std::set<RootKey> roots = logs[index(origin)].changed_after(read_lsn);
    for (const auto& [root, count] : outstanding) roots.insert(root);
    return roots;
  }
  template <class A>
  void archive(A& a) {
    a(step, logs, outstanding, arrived, waiting, under_way, half_written, dropped, stuck,
      stuck_step);
  }
};

// The reads that run on both sides.
struct ShadowReads {
  StepId step{};  // none: off
  std::int64_t compared = 0, mismatches = 0;
  std::optional<ShadowMismatch> first;
  template <class A>
  void archive(A& a) {
    a(step, compared, mismatches, first);
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
  // By origin: roots that changed since they were last found equal on both sides, with the LSN of
  // their last change; what was changed before anything was captured or written twice is not in it.
  PerSide<std::map<RootKey, std::uint64_t>> uncompared;
  // By origin, of the shoppers who move: LSN of the last write of a call, and of the last that the
  // stream's changelog took down. For the engine's checks of itself.
  PerSide<std::uint64_t> last_write{}, last_captured{};
  // By side: when it handed over what had been drained there; what was admitted before has run.
  PerSide<Micros> drained_at{Micros{-1}, Micros{-1}};
  // Everything up to this LSN was found equal.
  void found_equal(Side origin, std::uint64_t lsn) {
    std::erase_if(uncompared[index(origin)], [lsn](const auto& one) { return one.second <= lsn; });
  }
  template <class A>
  void archive(A& a) {
    a(streams, dual, shadow, copy, verified, lock, in_cutover, uncompared, last_write,
      last_captured, drained_at);
  }
};

// The number of a stream in events and transfers, and back.
constexpr int stream_number(ServiceId id, Side origin) {
  return id * 2 + static_cast<int>(index(origin));
}
constexpr ServiceId service_of(int stream) { return stream / 2; }
constexpr Side origin_of(int stream) { return stream % 2 == 0 ? Side::source : Side::target; }

}  // namespace pindah::migration
