// The front doors of the platforms: who owns a service or a share of it, fences, held requests,
// reads led elsewhere, the drain's count. Ownership speaks of source-home data only: what belongs
// to the target's own people is always the target's.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "platform/buckets.h"
#include "platform/sim_state.h"
#include "scenario/steps/fence.h"
#include "world/world.h"

namespace pindah {

enum class Admission : std::uint8_t { admit, hold, refuse, moved, retired };

enum class Retired : std::uint8_t { nothing, writes, everything };

// What a request shows at a gate.
struct Knock {
  Side at{};
  Side home{};
  ServiceId service = -1;
  bool writes = false;
  bool routed_read = false;  // sent to the non-owner by `route`
  Buckets buckets = kNoBuckets;
  bool of_a_job = false;  // nobody waits for it
};

// What people have asked of a service: calls of the shoppers who move, and of payments that call
// back; jobs ask for nobody. Each counts once, however often it is sent on.
struct Business {
  std::int64_t begun = 0;
  std::int64_t hindered = 0;         // held or turned away by a fence
  std::int64_t in_flight = 0;        // admitted and not yet committed
  PerSide<std::int64_t> answered{};  // calls that ran there
  Micros last = kNever;              // when a shopper's last one began; kNever: none has
  template <class A>
  void archive(A& a) {
    a(begun, hindered, in_flight, answered, last);
  }
};

class Gates {
 public:
  Gates(std::size_t services, Observer& observer);

  // Without buckets: of whatever is not shared out.
  Side owner(ServiceId service, Side home = Side::source,
             const Buckets& buckets = kNoBuckets) const;
  // Who owned it at an instant: what a cached route of that age says.
  Side owner_at(ServiceId service, Micros instant, const Buckets& buckets = kNoBuckets) const;
  // `side` owned it at some moment of that instant: a service may change hands within one.
  bool owned_at(ServiceId service, Side side, Micros instant, const Buckets& buckets) const;
  // From now on `side` owns all of the service.
  void set_owner(ServiceId service, Side side, Micros now);
  // From now on the target owns this share of what the source owns.
  void share_out(ServiceId service, Share share, Micros now);
  Share shared_out(ServiceId service) const {
    return service_state_[at(service)].owners.back().share;
  }
  // Whether buckets matter: some share of writes or reads was ever led to the target.
  bool goes_by_buckets(ServiceId service) const { return service_state_[at(service)].by_buckets; }

  // Writes of the service wait (or are turned away) at its owner's gate from now on.
  void fence(ServiceId service, FenceDoes does, int hold_at_most, Micros now);
  // Opens the fence; the requests held knock again at this instant.
  void release(ServiceId service, SimState& sim);
  std::optional<Micros> fenced_since(ServiceId service) const;
  // Of a fence that is closed: the first request that it held or turned away.
  std::optional<Micros> hinders_since(ServiceId service) const;
  int held(ServiceId service) const;
  // Calls see(event) for whatever waits at a closed fence.
  template <class See>
  void each_held(See see) const {
    for (const State& state : service_state_)
      for (const Event& event : state.held) see(event);
  }
  // By all its fences so far.
  std::int64_t refused(ServiceId service) const { return service_state_[at(service)].refused; }

  // The platform turns away what it is told to of the service.
  void retire(ServiceId service, Side side, Retired what) {
    // What is off stays off, whatever is retired after it.
    Retired& state = service_state_[at(service)].retired[index(side)];
    if (what > state) state = what;
  }
  bool retired(ServiceId service, Side side) const {
    return service_state_[at(service)].retired[index(side)] != Retired::nothing;
  }
  // From now on this share of the reads goes to the target while the source owns the service, and
  // the rest to the source, whoever owns the share. nullopt: reads go to the owner.
  void lead_reads(ServiceId service, std::optional<Share> share);
  std::optional<Share> led_reads(ServiceId service) const {
    return service_state_[at(service)].led;
  }
  void forward_callbacks(ServiceId service, bool on) { service_state_[at(service)].forwards = on; }
  bool forwards_callbacks(ServiceId service) const { return service_state_[at(service)].forwards; }

  // What the gate says. `hold`: the caller then calls hold() with the event that makes the request
  // knock again.
  Admission ask(const Knock& knock, Micros now);
  void hold(const Knock& knock, const Event& again);

  // Admitted and not yet committed: calls of source-home people only. What a drain waits for are
  // the writes.
  void entered(const Knock& knock) { count(knock, 1); }
  void left(const Knock& knock) { count(knock, -1); }
  std::int64_t writes_in_flight(ServiceId service, Side side) const;
  // A call of somebody who moves sets out for the service, or has run there.
  void began(ServiceId service, bool by_shopper, Micros now);
  void answered(ServiceId service, Side side) {
    ++service_state_[at(service)].business.answered[index(side)];
  }
  const Business& business(ServiceId service) const { return service_state_[at(service)].business; }
  // Those that began in the minute before `now` (to the second), or more where more are in flight.
  std::int64_t around(ServiceId service, Micros now) const;
  std::int64_t in_flight(ServiceId service, Side side) const;

  template <class A>
  void archive(A& a) {
    a(service_state_);
  }

 private:
  static constexpr std::size_t kMinute = 60;
  struct OwnerSince {
    Micros since;
    Side side{};
    Share share;  // of the source's, which the target owns
    template <class A>
    void archive(A& a) {
      a(since, side, share);
    }
    Side of(const Buckets& buckets) const {
      return in_share(share.ppm, buckets[share.by]) ? Side::target : side;
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
    std::int64_t refused = 0;
    PerSide<Retired> retired{};
    std::optional<Share> led;
    bool by_buckets = false;
    bool forwards = false;
    PerSide<std::int64_t> writes{}, reads{};
    std::int64_t natives = 0;  // calls of the target's own people
    Business business;
    std::array<std::int64_t, kMinute> seconds{}, begun_in{};  // which second, plus one; how many
    template <class A>
    void archive(A& a) {
      a(owners, fenced, does, hold_at_most, fenced_at, hindered_at, held, refused, retired, led,
        by_buckets, forwards, writes, reads, natives, business, seconds, begun_in);
    }
  };
  static std::size_t at(ServiceId service) { return static_cast<std::size_t>(service); }
  void count(const Knock& knock, int more);
  std::vector<State> service_state_;
  Observer& observer_;
};

}  // namespace pindah
