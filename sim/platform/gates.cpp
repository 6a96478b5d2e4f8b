#include "platform/gates.h"

#include <algorithm>

#include "base/problem.h"
#include "selfcheck/invariants.h"

namespace pindah {

Gates::Gates(std::size_t services, Observer& observer)
    : service_state_(services), observer_(observer) {
  for (State& state : service_state_) state.owners = {{Micros{INT64_MIN}, Side::source, {}}};
}

Side Gates::owner(ServiceId service, Side home, const Buckets& buckets) const {
  return home == Side::target ? Side::target
                              : service_state_[at(service)].owners.back().of(buckets);
}

Side Gates::owner_at(ServiceId service, Micros instant, const Buckets& buckets) const {
  const auto& owners = service_state_[at(service)].owners;
  const auto later = std::find_if(owners.rbegin(), owners.rend(),
                                  [instant](const OwnerSince& o) { return o.since <= instant; });
  ensure(later != owners.rend(), "a service without an owner");
  return later->of(buckets);
}

bool Gates::owned_at(ServiceId service, Side side, Micros instant, const Buckets& buckets) const {
  const auto& owners = service_state_[at(service)].owners;
  for (auto one = owners.rbegin(); one != owners.rend(); ++one) {
    if (one->since <= instant && one->of(buckets) == side) return true;
    if (one->since < instant) return false;
  }
  return false;
}

void Gates::set_owner(ServiceId service, Side side, Micros now) {
  service_state_[at(service)].owners.push_back({now, side, {}});
}

void Gates::share_out(ServiceId service, Share share, Micros now) {
  State& state = service_state_[at(service)];
  ensure(state.owners.back().side == Side::source, "only what the source owns is shared out");
  state.owners.push_back({now, Side::source, share});
  state.by_buckets = true;
}

void Gates::lead_reads(ServiceId service, std::optional<Share> share) {
  State& state = service_state_[at(service)];
  state.led = share;
  state.by_buckets = state.by_buckets || share;
}

void Gates::fence(ServiceId service, FenceDoes does, int hold_at_most, Micros now) {
  State& state = service_state_[at(service)];
  ensure(!state.fenced, "a fence is closed twice");
  state.fenced = true;
  state.does = does;
  state.hold_at_most = hold_at_most;
  state.fenced_at = now;
  state.hindered_at = kNever;
}

void Gates::release(ServiceId service, SimState& sim) {
  State& state = service_state_[at(service)];
  ensure(state.fenced, "a fence is opened that is not closed");
  state.fenced = false;
  if (state.hindered_at != kNever) observer_.outage(service, state.hindered_at, sim.now);
  for (Event again : state.held) {
    again.time = sim.now;
    sim.events.push(again);
  }
  state.held.clear();
}

std::optional<Micros> Gates::fenced_since(ServiceId service) const {
  const State& state = service_state_[at(service)];
  return state.fenced ? std::optional(state.fenced_at) : std::nullopt;
}

int Gates::held(ServiceId service) const {
  return static_cast<int>(service_state_[at(service)].held.size());
}

Admission Gates::ask(const Knock& knock, Micros now) {
  State& state = service_state_[at(knock.service)];
  if (knock.home == Side::target)
    return knock.at == Side::target ? Admission::admit : Admission::moved;
  const Retired gone = state.retired[index(knock.at)];
  if (gone == Retired::everything || (gone == Retired::writes && knock.writes))
    return Admission::retired;
  if (state.owners.back().of(knock.buckets) != knock.at) {
    const bool read_here = knock.routed_read && !knock.writes;
    return read_here ? Admission::admit : Admission::moved;
  }
  if (!state.fenced || !knock.writes) return Admission::admit;
  state.hindered_at = std::min(state.hindered_at, now);
  const bool room = static_cast<int>(state.held.size()) < state.hold_at_most;
  if (!knock.of_a_job) ++state.business.hindered;
  if (state.does == FenceDoes::hold && room) return Admission::hold;
  ++state.refused;
  return Admission::refuse;
}

void Gates::hold(const Knock& knock, const Event& again) {
  service_state_[at(knock.service)].held.push_back(again);
}

void Gates::began(ServiceId service, bool by_shopper, Micros now) {
  State& state = service_state_[at(service)];
  const std::int64_t second = now.us / seconds(1).us + 1;
  const auto place = static_cast<std::size_t>(second) % kMinute;
  if (state.seconds[place] != second) state.begun_in[place] = 0;
  state.seconds[place] = second;
  ++state.begun_in[place];
  ++state.business.begun;
  if (by_shopper) state.business.last = now;
}

std::int64_t Gates::around(ServiceId service, Micros now) const {
  const State& state = service_state_[at(service)];
  const std::int64_t oldest = now.us / seconds(1).us + 2 - static_cast<std::int64_t>(kMinute);
  std::int64_t begun = 0;
  for (std::size_t i = 0; i < kMinute; ++i)
    if (state.seconds[i] >= oldest) begun += state.begun_in[i];
  return std::max(begun, state.business.in_flight);
}

void Gates::count(const Knock& knock, int more) {
  State& state = service_state_[at(knock.service)];
  const bool moves = knock.home == Side::source;
  std::int64_t& inside =
      moves ? (knock.writes ? state.writes : state.reads)[index(knock.at)] : state.natives;
  inside += more;
  must_hold(inside >= 0, Invariant::gate_counts, kNever,
            [&] { return "service number " + std::to_string(knock.service); });
  if (moves && !knock.of_a_job) state.business.in_flight += more;
}

std::int64_t Gates::writes_in_flight(ServiceId service, Side side) const {
  return service_state_[at(service)].writes[index(side)];
}

std::optional<Micros> Gates::hinders_since(ServiceId service) const {
  const State& state = service_state_[at(service)];
  const bool hinders = state.fenced && state.hindered_at != kNever;
  return hinders ? std::optional(state.hindered_at) : std::nullopt;
}

std::int64_t Gates::in_flight(ServiceId service, Side side) const {
  const State& state = service_state_[at(service)];
  return state.writes[index(side)] + state.reads[index(side)] +
         (side == owner(service) ? static_cast<std::int64_t>(state.held.size()) : 0);
}

}  // namespace pindah
