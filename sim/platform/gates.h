// The front doors of the platforms: who owns a service, fences, held requests, reads led elsewhere,
// the drain's count. Ownership speaks of source-home data only: what belongs to the target's own
// people is always the target's.
#pragma once

#include <vector>

#include "platform/clockwork.h"
#include "platform/observer.h"
#include "scenario/scenario.h"
#include "world/world.h"

namespace pindah {

enum class Admission : std::uint8_t { admit, hold, refuse, moved, retired };

// What a request shows at a gate.
struct Knock {
  Side at{};
  Side home{};
  ServiceId service = -1;
  bool writes = false;
  bool routed_read = false;  // sent to the non-owner by `route`
};

class Gates {
 public:
  Gates(std::size_t services, Observer& observer);

  Side owner(ServiceId service, Side home = Side::source) const;
  // Who owned it at an instant: what a cached route of that age says.
  Side owner_at(ServiceId service, Micros instant) const;
  // From now on `side` owns the service.
  void set_owner(ServiceId service, Side side, Micros now);

  // Writes of the service wait (or are turned away) at its owner's gate from now on.
  void fence(ServiceId service, FenceDoes does, int hold_at_most, Micros now);
  // Opens the fence; the requests held knock again at this instant.
  void release(ServiceId service, Clockwork& clockwork);
  std::optional<Micros> fenced_since(ServiceId service) const;
  int held(ServiceId service) const;

  // The platform turns away everything of the service.
  void retire(ServiceId service, Side side) {
    service_state_[at(service)].retired[index(side)] = true;
  }
  bool retired(ServiceId service, Side side) const {
    return service_state_[at(service)].retired[index(side)];
  }
  void route_reads(ServiceId service, std::int64_t ppm) {
    service_state_[at(service)].reads_ppm = ppm;
  }
  std::int64_t reads_ppm(ServiceId service) const { return service_state_[at(service)].reads_ppm; }
  void forward_callbacks(ServiceId service, bool on) { service_state_[at(service)].forwards = on; }
  bool forwards_callbacks(ServiceId service) const { return service_state_[at(service)].forwards; }

  // What the gate says. `hold`: the caller then calls hold() with the event that makes the request
  // knock again.
  Admission ask(const Knock& knock, Micros now);
  void hold(const Knock& knock, const Event& again);

  // Admitted and not yet committed: calls of source-home people only. What a drain waits for are
  // the writes.
  void entered(const Knock& knock) { count(knock) += 1; }
  void left(const Knock& knock) { count(knock) -= 1; }
  std::int64_t writes_in_flight(ServiceId service, Side side) const;
  std::int64_t in_flight(ServiceId service, Side side) const;

  template <class A>
  void archive(A& a) {
    a(service_state_);
  }

 private:
  struct OwnerSince {
    Micros since;
    Side side{};
    template <class A>
    void archive(A& a) {
      a(since, side);
    }
  };
  struct State {
    std::vector<OwnerSince> owners;
    bool fenced = false;
    FenceDoes does{};
    int hold_at_most = 0;
    Micros fenced_at;
    Micros hindered_at = kNever;  // first request held or refused by this fence
    std::vector<Event> held;
    PerSide<bool> retired{};
    std::int64_t reads_ppm = 0;
    bool forwards = false;
    PerSide<std::int64_t> writes{}, reads{};
    std::int64_t natives = 0;  // calls of the target's own people
    template <class A>
    void archive(A& a) {
      a(owners, fenced, does, hold_at_most, fenced_at, hindered_at, held, retired, reads_ppm,
        forwards, writes, reads, natives);
    }
  };
  static std::size_t at(ServiceId service) { return static_cast<std::size_t>(service); }
  std::int64_t& count(const Knock& knock);
  std::vector<State> service_state_;
  Observer& observer_;
};

}  // namespace pindah
