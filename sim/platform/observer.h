// What can be watched of a universe. Observers change nothing: a run with and without them has the
// same digest.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/time.h"
#include "base/value.h"
#include "platform/plan_event.h"
#include "sqlite/change_capture.h"
#include "world/world.h"

namespace pindah {

// The values of a page's run, by SlotId; NULL where nobody filled one.
using Slots = std::vector<Value>;

// Who runs a page. An undo page takes back what a shopper gave up on.
enum class Actor : std::uint8_t { shopper, audit, callback, job, undo };

// How a page ended for the one who waited.
enum class PageEnd : std::uint8_t { ok, refused, failed, timed_out };

// Why a page was slow or failed, as the path of the request knows it (not who is to blame).
enum class Obstacle : std::uint8_t {
  none,
  fence_held,     // waited at a closed fence
  fence_refused,  // turned away at a closed fence, or the fence's buffer was full
  not_owner,      // the platform no longer (or not yet) owns the service, and nothing led on
  retired,        // the platform is switched off for the service
  queue_full,     // no place in the platform's queue
  queue_wait,     // waited for a worker
  platform_down,  // killed
  lost,           // a message was lost on a link, or the link is cut
  sql_error,      // the database said no (a constraint, a missing row that must be there)
  ledger,         // waited for the ledger
  second_write,   // waited for the write on the other platform, or it failed
  row_lock,       // waited until a copied chunk was over
  closed,         // the front does not offer the page at present
};

// What the time of a page goes to, apart from thinking: beside an obstacle, which is the largest
// one met, these add up, so that two lives can be held against each other.
enum class Delay : std::uint8_t {
  fence,         // at a closed gate
  queue_source,  // for a worker
  queue_target,
  work_source,  // at one
  work_target,
  link,  // on the way, with messages that were lost and sent again
  ledger,
  second_write,
  row_lock,
  sent_on,  // to another platform than was asked first
  other,    // tries that failed in another way
  count
};

// Microseconds by Delay; longer than an hour is an hour.
class Delays {
 public:
  void add(Delay what, Micros time) {
    std::int64_t all = us_[static_cast<std::size_t>(what)] + time.us;
    if (all < 0) all = 0;
    us_[static_cast<std::size_t>(what)] =
        static_cast<std::uint32_t>(all < hours(1).us ? all : hours(1).us);
  }
  void add(const Delays& more) {
    for (std::size_t i = 0; i < us_.size(); ++i)
      add(static_cast<Delay>(i), Micros{static_cast<std::int64_t>(more.us_[i])});
  }
  std::int64_t us(Delay what) const { return us_[static_cast<std::size_t>(what)]; }
  template <class A>
  void archive(A& a) {
    a(us_);
  }

 private:
  std::array<std::uint32_t, static_cast<std::size_t>(Delay::count)> us_{};
};
constexpr Delay queue_of(Side side) {
  return side == Side::source ? Delay::queue_source : Delay::queue_target;
}
constexpr Delay work_of(Side side) {
  return side == Side::source ? Delay::work_source : Delay::work_target;
}

// Visits of an intent have numbers below this; audit visits from here on, so that they pair with
// the twin's, and below kVisits.
constexpr std::uint32_t kAuditVisit = 256;
constexpr std::uint32_t kVisits = 65'536;
static_assert(limit::kSession.most <= kAuditVisit);

// The witness of a visit: what the idempotency key, the ledgers and the oracle carry.
constexpr std::int64_t idem_of(std::uint32_t intent, std::uint32_t visit) {
  return (static_cast<std::int64_t>(intent) + 1) * kAuditVisit + static_cast<std::int64_t>(visit);
}
constexpr std::uint32_t intent_of(std::int64_t idem) {
  return static_cast<std::uint32_t>(idem / kAuditVisit - 1);
}

// A visit that has ended: all tries of it. Callbacks and jobs with an idem are messages to
// `intent`.
struct PageSeen {
  Actor actor{};
  std::uint32_t intent = 0;  // index of the session among the scenario's intents
  Side home{};
  int edge = 0;
  PageId page = -1;
  std::uint32_t visit = 0;  // ordinal within the session; audit: kAuditVisit + n (see Shoppers)
  int tries = 1;
  Micros intended, replied;  // latency is replied - intended
  PageEnd end{};
  std::string_view reason;  // of a refusal or failure
  CallId failed_call = -1;  // the call that a database refused, in its words; -1: none
  Side failed_on{};         // where it ran
  std::uint64_t ran = 0;    // bit i: step i of the page ran and its answer is in `slots`
  static_assert(limit::kSteps.most <= 64);
  Obstacle obstacle{};     // the largest one met, in the last try
  Micros hindered;         // time spent at fences and for repeated sending, in the last try
  ServiceId service = -1;  // where the obstacle was met; -1: nowhere
  PerSide<bool> asked{};   // platforms that ran calls of this visit
  // Of the last try. Bit i: the target answered step i; it was answered by a platform that did not
  // own the service for her at that instant.
  std::uint64_t on_target = 0, strayed = 0;
  int step = -1;    // where it ended
  Side at{};        // to which platform that step's call went
  Delays delays{};  // of all tries
  const Slots* slots = nullptr;
};

// In which part of each partition a piece of work lies (platform/buckets.h): the world's
// partitions, and last a part that is drawn anew for every request. -1: not known.
constexpr std::size_t kByRequest = kPartitionsMax;
using Buckets = std::array<std::int16_t, kByRequest + 1>;
constexpr Buckets kNoBuckets{-1, -1, -1, -1};
static_assert(kNoBuckets.size() == 4, "one -1 for each");

// Who wrote a committed row version.
enum class WriterKind : std::uint8_t { call, chunk, change };
struct Writer {
  WriterKind kind = WriterKind::call;
  Side home{};            // whose data: of the call's shopper
  std::int64_t idem = 0;  // of the call's page
  CallId call = -1;
  Micros admitted;        // call: when it passed the gate
  std::uint64_t lsn = 0;  // chunk: LSN of the origin when the chunk was read; change: its LSN there
  Buckets buckets = kNoBuckets;  // call: of its page
  template <class A>
  void archive(A& a) {
    a(kind, home, idem, call, admitted, lsn, buckets);
  }
};

// A transaction that has committed and changed something.
struct Commit {
  Side side{};
  std::uint64_t lsn = 0;  // per platform, from 1, without gaps
  Micros at;
  ServiceId service = -1;
  Writer writer;
  Side owner{};           // who owned the service for the writer's home at this instant
  bool captured = false;  // a changelog of that side took it down
  const Changes* changes = nullptr;
};

enum class LedgerState : std::uint8_t { pending, captured, refunded, none };
std::string ledger_state_text(LedgerState state);  // as worlds write it
// One collection of a ledger: ground truth of money (or of parcels).
struct LedgerEntry {
  LedgerId ledger = -1;
  std::string ref;
  std::int64_t witness = 0;  // the idem of the page that entered it
  std::int64_t amount = 0;
  int method = 0;  // into Ledger::methods
  Side home{};
  Buckets buckets = kNoBuckets;        // of the page that entered it
  Side address{};                      // the platform that asked: callbacks go there
  Micros entered, captured, refunded;  // kNever where it did not happen
  LedgerState state{};
  bool answers_at_once = false;
  int callbacks = 0;  // tries so far
  bool told = false;  // a callback succeeded
  template <class A>
  void archive(A& a) {
    a(ledger, ref, witness, amount, method, home, buckets, address, entered, captured, refunded,
      state, answers_at_once, callbacks, told);
  }
};

class Observer {
 public:
  virtual ~Observer() = default;
  virtual void page(const PageSeen&) {}
  // A try of a shopper's page failed, and she tries once more.
  virtual void tried(const PageSeen&) {}
  virtual void committed(const Commit&) {}
  // Every change of an entry's state.
  virtual void ledger(const LedgerEntry&, Micros /*now*/) {}
  // A reversal of a ref that this ledger does not know.
  virtual void reversal_refused(LedgerId, std::int64_t /*witness*/, Micros /*now*/) {}
  virtual void plan(const PlanEvent&) {}
  // Requests of a service were held or turned away from the first instant to the second.
  virtual void outage(ServiceId, Micros /*from*/, Micros /*until*/) {}
};

}  // namespace pindah
