// One run of a page, as plain data. It is a saga: its calls are sent one after the other, each to
// the owner of its service, and what was done is taken back when a later one refuses.
#pragma once

#include <cstdint>
#include <string>

#include "base/time.h"
#include "platform/observer.h"

namespace pindah {

// Orders a run's events within an instant and keys its draws: made of what is the same in both
// universes. `what` names the visit (or the idem, or the turn of a job) among its actor's, below
// 2^53.
constexpr std::uint64_t kSagaKeyMask = (std::uint64_t{1} << 61) - 1;
static_assert(limit::kRetries.most < 256 && limit::kCallbackRetries.most < 256, "`attempt`");
constexpr std::uint64_t saga_key(Actor actor, std::uint64_t what, std::uint8_t attempt) {
  return (static_cast<std::uint64_t>(actor) + 1) << 61 | ((what << 8 | attempt) & kSagaKeyMask);
}

// What is to run, and for whom: the part that its maker fills in.
struct PageRun {
  std::uint64_t key = 0;  // saga_key(); never 0
  Actor actor{};
  // Shopper, audit, undo: the intent; callback: the ledger entry; job: job * 2 + side.
  std::uint64_t who = 0;
  std::uint32_t visit = 0;
  std::uint8_t attempt = 0;
  Side home{};
  bool inside = false;  // runs at a platform (callback, job), not at an edge:
  Side at{};            // which
  bool pinned = false;  // its reads run there, whoever owns the service
  int edge = 0;
  PageId page = -1;
  Micros intended;
  Slots slots;                   // all of World::slots
  Buckets buckets = kNoBuckets;  // as far as they are known; looked for only when they matter
};

// The call of a run that is on its way.
struct CallUnderWay {
  Side side{};               // to which platform it is sent, or was
  bool routed_read = false;  // a read that was sent away from the owner
  bool admitted = false;     // past the gate
  bool ran = false;          // its SQL did, since then
  bool moved = false;        // the reply on its way says that the service is elsewhere
  int bounces = 0;           // how often it was told so and sent on
  Micros sent;               // the first time
  Micros knocked;            // at the gate, the first time; kNever: it is on its way there
  Micros admitted_at;
  Micros service_time;  // drawn as it is admitted
  Micros waits_since;   // for a lock, or for the second write
  Micros travelled;     // on links, since it was sent last
  bool locked = false;  // it has met rows that are being copied
  template <class A>
  void archive(A& a) {
    a(side, routed_read, admitted, ran, moved, bounces, sent, knocked, admitted_at, service_time,
      waits_since, travelled, locked);
  }
};

struct Saga : PageRun {
  bool alive = false;
  std::uint32_t generation = 0;  // events of an earlier run in the same place are ignored
  std::uint32_t seq = 0;         // of its own draws and events
  Micros started;
  // Where it is: the step whose call is under way; undoing goes back from the last to the first.
  int step = -1;
  bool undoing = false;
  int undo_tries = 0;
  // By step, bit i: step i has run and was answered.
  std::uint64_t ran = 0;
  static_assert(limit::kSteps.most <= 64);
  // By service, bit s: a call of service s has run, and whether the last that did ran on the
  // target.
  std::uint32_t executed = 0, executed_on_target = 0;
  static_assert(limit::kServices.most <= 32);
  CallUnderWay call;
  // How it ended, and the largest obstacle on the way.
  PageEnd end = PageEnd::ok;
  std::string reason;
  CallId failed_call = -1;  // the call that a database refused, and where; -1: none
  Side failed_on{};
  Obstacle obstacle{};
  Micros obstacle_size;
  Micros hindered;                           // time spent at fences
  ServiceId service = -1;                    // where the obstacle was met
  PerSide<bool> asked{};                     // platforms that ran a call of it
  std::uint64_t on_target = 0, strayed = 0;  // as PageSeen's
  Delays delays;

  Saga() = default;
  explicit Saga(PageRun run) : PageRun(std::move(run)) {}
  // Keeps the obstacle if it is the largest so far. What made the call fail is larger than what
  // only took time.
  void meet(Obstacle met, Micros size, ServiceId where);

  template <class A>
  void archive(A& a) {
    a(alive, generation, key, seq, actor, who, visit, attempt, home, inside, at, pinned, edge, page,
      intended, started);
    a(slots, buckets, step, undoing, undo_tries, ran, executed, executed_on_target, call);
    a(end, reason, failed_call, failed_on, obstacle, obstacle_size, hindered, service, asked);
    a(on_target, strayed, delays);
  }
};

}  // namespace pindah
