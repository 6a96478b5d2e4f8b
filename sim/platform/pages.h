// Runs pages: sends their calls in order to the owners of their services, through edge, link, gate,
// queue and worker, and takes back what was done when a later call refuses. A page's run is a saga.
#pragma once

#include <string>
#include <vector>

#include "base/draws.h"
#include "platform/backend.h"
#include "platform/beside.h"
#include "platform/clockwork.h"
#include "platform/edges.h"
#include "platform/gates.h"
#include "platform/ledgers.h"
#include "platform/links.h"
#include "platform/observer.h"
#include "platform/workers.h"

namespace pindah {

// Orders a run's events within an instant and keys its draws: made of what is the same in both
// universes. `what` names the visit (or the idem, or the turn of a job) among its actor's, below
// 2^53.
constexpr std::uint64_t kSagaKeyMask = (std::uint64_t{1} << 61) - 1;
constexpr std::uint64_t saga_key(Actor actor, std::uint64_t what, std::uint8_t attempt) {
  return (static_cast<std::uint64_t>(actor) + 1) << 61 | ((what << 8 | attempt) & kSagaKeyMask);
}

// One run of a page. Plain data; lives in Pages' pool and is named by its index there.
struct Saga {
  bool alive = false;
  std::uint32_t generation = 0;  // events of an earlier run in the same place are ignored
  std::uint64_t key = 0;         // orders its events within an instant; the same in both universes
  std::uint32_t seq = 0;
  Actor actor{};
  std::uint64_t who =
      0;  // shopper, audit, undo: intent; callback: ledger entry; job: job * 2 + side
  std::uint32_t visit = 0;
  std::uint8_t attempt = 0;
  Side home{};
  bool inside = false;  // runs at a platform (callback, job), not at an edge:
  Side at{};            // which
  bool pinned = false;  // its reads run there, whoever owns the service
  int edge = 0;
  PageId page = -1;
  Micros intended, started;
  Slots slots;
  int step = -1;
  bool undoing = false;
  int undo_tries = 0;
  std::uint64_t ran = 0;
  // The call on its way.
  Side side{};
  bool routed_read = false;
  bool admitted = false;
  bool moved = false;  // the reply on its way says so
  int bounces = 0;
  Micros sent, knocked, admitted_at;
  Micros service_time;
  Micros waits_since;                                  // for a lock, or for the second write
  std::uint32_t executed = 0, executed_on_target = 0;  // by service: its last call ran, and where
  // How it ended.
  PageEnd end = PageEnd::ok;
  std::string reason;
  Obstacle obstacle{};
  Micros obstacle_size, hindered;
  ServiceId service = -1;
  PerSide<bool> asked{};
  Lots lots = kNoLots;  // as far as they are known; looked for only when they matter
  template <class A>
  void archive(A& a) {
    a(alive, generation, key, seq, actor, who, visit, attempt, home, inside, at, pinned, edge, page,
      intended, started);
    a(slots, step, undoing, undo_tries, ran, side, routed_read, admitted, moved, bounces, sent,
      knocked, admitted_at);
    a(service_time, waits_since, executed, executed_on_target, end, reason, obstacle, obstacle_size,
      hindered, service, asked, lots);
  }
};

// The parts of a universe that a request meets.
struct Site {
  const World& world;
  const Scenario& scenario;
  Draws draws;
  Clockwork& clockwork;
  PerSide<Backend*> backends;
  PerSide<Workers*> workers;
  Links& links;
  Gates& gates;
  Edges& edges;
  Ledgers& ledgers;
};

class Pages {
 public:
  explicit Pages(Site site);

  // Starts a run; the caller fills key, actor, who, visit, attempt, home, edge/inside/at, page,
  // intended and slots (all of World::slots). Returns its index.
  std::uint32_t start(Saga saga);
  // Takes back, in the background, the steps of a page that `ran` names (all ones: whatever has an
  // undo).
  void undo(const Saga& saga, std::uint64_t ran);
  const Saga& saga(std::uint32_t index) const { return sagas_[index]; }
  // Runs that have ended, in order; their maker looks at saga(index) and then calls release(). Undo
  // runs release themselves.
  bool any_finished() const { return !finished_.empty(); }
  std::vector<std::uint32_t> take_finished();
  void release(std::uint32_t index);

  // The page that a job's list call makes on its own.
  PageId page_of_list(std::size_t job) const {
    return static_cast<PageId>(site_.world.pages.size() + job);
  }
  // Set once, before anything runs; outlives it. None: nothing goes on beside a call.
  void set_beside(Beside* beside) { beside_ = beside; }
  // The second write of a call that waits for it is over.
  void answer(const RunName& run, bool well);
  // The front of the shop that moves offers the page to its shoppers, or does not.
  void offer(PageId page, bool offered) { closed_[static_cast<std::size_t>(page)] = !offered; }

  // She waits no longer: if the run stands at a closed fence, that is its obstacle.
  void note_hold(std::uint32_t index);

  // EventClass::edge (entity = saga's key, a = index, b = generation).
  void handle(const Event& event);
  // Work of a saga that a killed platform dropped.
  void dropped(const Event& event);

  // Surprises: added service time.
  void slow_platform(Side side, Micros by) { slow_platform_[pindah::index(side)] += by; }
  void slow_service(ServiceId service, Micros by) {
    slow_service_[static_cast<std::size_t>(service)] += by;
  }

  template <class A>
  void archive(A& a) {
    a(sagas_, free_, finished_, slow_platform_, slow_service_, closed_);
  }

 private:
  enum Kind : std::uint16_t {
    arrived,
    served,
    replied,
    ledger_asked,
    ledger_replied,
    lost,
    undo_again
  };
  const Page& page_of(const Saga& saga) const;
  const PageStep& step_of(const Saga& saga) const;
  CallId call_of(const Saga& saga) const;
  Knock knock_of(const Saga& saga) const;
  bool wanted(const PageStep& step, const Saga& saga) const;
  void turn_away(std::uint32_t index);
  void advance(std::uint32_t index);
  void advance_undo(std::uint32_t index);
  void choose_side(Saga& saga);
  void find_lots(Saga& saga);
  void send(std::uint32_t index);
  void on_knock(std::uint32_t index);
  void held_at_gate(Saga& saga, ServiceId service);
  void admit(std::uint32_t index, const Knock& knock);
  void on_served(std::uint32_t index);
  Ran run_call(Saga& saga, const Writer& writer);
  void locked_out(std::uint32_t index);
  void reply(std::uint32_t index, PageEnd end, std::string reason = {});
  void on_replied(std::uint32_t index);
  void on_undo_replied(std::uint32_t index);
  void ask_ledger(std::uint32_t index);
  void on_ledger_asked(std::uint32_t index);
  void finish(std::uint32_t index);
  std::optional<Micros> travel(Saga& saga, Direction direction);
  std::optional<Micros> travel_to_ledger(Saga& saga, Direction direction);
  void go(std::uint32_t index, std::optional<Micros> delay, Kind kind);
  Micros service_time(const Saga& saga, CallId call) const;
  void meet(Saga& saga, Obstacle obstacle, Micros size, ServiceId service);
  Event event(std::uint32_t index, Kind kind, Micros at);

  Site site_;
  Beside* beside_ = nullptr;
  std::vector<Page> lists_;  // by job
  std::vector<Saga> sagas_;
  std::vector<std::uint32_t> free_;
  std::vector<std::uint32_t> finished_;
  PerSide<Micros> slow_platform_{};
  std::vector<Micros> slow_service_;
  std::vector<std::uint8_t> closed_;  // by page
};

}  // namespace pindah
