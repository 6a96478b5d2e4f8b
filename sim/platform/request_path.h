// The way of one call: from an edge (or a platform) over a link to the owner of its service,
// through gate, queue and worker, and back; or, of a ledger's operation, to the gateway and back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "platform/call_hooks.h"
#include "platform/saga_pool.h"
#include "platform/site.h"

namespace pindah {

// Works on the runs of a pool by their index; says of each what it met and how the call ended
// (Saga::end, reason, slots). Part of one universe; used from its thread only.
class RequestPath {
 public:
  // Event::kind of EventClass::edge.
  enum Kind : std::uint16_t {
    arrived,  // at the gate
    served,   // its service is over: the SQL runs now
    replied,
    ledger_asked,
    ledger_replied,
    lost,       // a message was: the wait for its answer is over
    undo_again  // SagaRunner's: an undo that failed sets out once more
  };

  // `pool` outlives it.
  RequestPath(const Site& site, SagaPool& pool);

  // The call of the run's step sets out.
  void send(std::uint32_t index);
  // The same where the step is a ledger's operation.
  void ask_ledger(std::uint32_t index);
  // An event of a run that is under way. True: its call is over.
  bool handle(const Event& event);

  // Set once, before anything runs; outlives it. None: nothing goes on beside a call.
  void set_hooks(CallHooks* hooks) { hooks_ = hooks; }
  // The second write of a call that waits for it is over.
  void answer(const RunName& run, bool well);
  // She waits no longer: if the run stands at a closed fence, that is its obstacle.
  void note_hold(std::uint32_t index);
  // Work of a run that a killed platform dropped.
  void dropped(const Event& event);

  // Surprises: added service time.
  void slow_platform(Side side, Micros by) { slow_platform_[pindah::index(side)] += by; }
  void slow_service(ServiceId service, Micros by) {
    slow_service_[static_cast<std::size_t>(service)] += by;
  }

  template <class A>
  void archive(A& a) {
    a(slow_platform_, slow_service_);
  }

 private:
  const Call& call_of(const Saga& saga) const;
  Knock knock_of(const Saga& saga) const;
  void began(Saga& saga);
  void choose_side(Saga& saga);
  void find_buckets(Saga& saga);
  std::optional<Micros> travel(Saga& saga, Direction direction);
  std::optional<Micros> travel_to_ledger(Saga& saga, Direction direction);
  void go(std::uint32_t index, std::optional<Micros> delay, Kind kind);
  void on_knock(std::uint32_t index);
  void held_at_gate(Saga& saga, ServiceId service);
  void note_wait(Saga& saga, ServiceId service);
  void note_answer(Saga& saga, const Knock& knock);
  void admit(std::uint32_t index, const Knock& knock);
  void hold_once(const Saga& saga, bool holds) const;
  Micros service_time(const Saga& saga) const;
  void on_served(std::uint32_t index);
  Ran run_call(Saga& saga, const Writer& writer);
  void locked_out(std::uint32_t index);
  void reply(std::uint32_t index, PageEnd end, std::string reason = {});
  bool on_replied(std::uint32_t index);
  void on_lost(std::uint32_t index);
  void on_ledger_asked(std::uint32_t index);

  Site site_;
  SagaPool& pool_;
  CallHooks* hooks_ = nullptr;
  PerSide<Micros> slow_platform_{};
  std::vector<Micros> slow_service_;
};

}  // namespace pindah
