#include "platform/request_path.h"

#include <fmt/format.h>

#include <utility>

#include "selfcheck/invariants.h"

namespace pindah {
namespace {

// A request that is sent on this often finds no owner; the routes go round in a circle.
constexpr int kBouncesMax = 8;
// How often a write looks whether the rows that it needs are free.
constexpr Micros kLockPoll = millis(5);

// Somebody who moves asks; what a job asks, nobody waits for.
bool counts(const Saga& saga) { return saga.home == Side::source && saga.actor != Actor::job; }

std::uint32_t bit_of_service(ServiceId service) { return std::uint32_t{1} << service; }

enum class Hop : std::uint64_t { platform, ledger };

// By the step of the page, the hop, and how often it was sent on or an undo tried: the same in both
// lives, however many other things happened on the way. Being told that the service is elsewhere,
// and setting out once more, are messages of their own; the answer is the one that it always was.
MessageName message_of(const Saga& saga, Hop hop, Direction direction) {
  static_assert(limit::kSteps.most <= 64);
  const auto bits = [](auto number, int at) { return static_cast<std::uint64_t>(number) << at; };
  const int sent_on = direction == Direction::there ? saga.call.bounces
                                                    : (saga.call.moved ? saga.call.bounces + 1 : 0);
  return {saga.key,
          bits(saga.step, 0) | bits(saga.undoing, 6) | bits(hop, 7) | bits(sent_on, 8) |
              bits(saga.undo_tries, 16),
          saga.intended};
}

}  // namespace

RequestPath::RequestPath(const Site& site, SagaPool& pool)
    : site_(site), pool_(pool), slow_service_(site.world.services.size()) {}

bool RequestPath::handle(const Event& event) {
  const auto index = static_cast<std::uint32_t>(event.a);
  switch (static_cast<Kind>(event.kind)) {
    case arrived:
      on_knock(index);
      return false;
    case served:
      on_served(index);
      return false;
    case replied:
      return on_replied(index);
    case ledger_asked:
      on_ledger_asked(index);
      return false;
    case lost:
      on_lost(index);
      return true;
    case ledger_replied:
    case undo_again:
      return true;
  }
  return true;
}

const Call& RequestPath::call_of(const Saga& saga) const {
  return site_.world.calls[static_cast<std::size_t>(pool_.call_of(saga))];
}

Knock RequestPath::knock_of(const Saga& saga) const {
  const PageStep& step = pool_.step_of(saga);
  if (step.ledger >= 0 && !saga.undoing)
    return {saga.call.side,
            saga.home,
            site_.world.ledgers[static_cast<std::size_t>(step.ledger)].service,
            false,
            false,
            saga.buckets,
            saga.actor == Actor::job};
  const Call& call = call_of(saga);
  return {saga.call.side,
          saga.home,
          call.service,
          call.writes,
          saga.call.routed_read,
          saga.buckets,
          saga.actor == Actor::job};
}

void RequestPath::send(std::uint32_t index) {
  Saga& saga = pool_[index];
  choose_side(saga);
  if (saga.call.bounces == 0) began(saga);
  saga.call.knocked = kNever;
  saga.call.admitted = saga.call.ran = saga.call.locked = false;
  saga.call.travelled = Micros{};
  go(index, travel(saga, Direction::there), arrived);
}

void RequestPath::began(Saga& saga) {
  saga.call.sent = site_.sim.now;
  const bool by_shopper = saga.actor == Actor::shopper || saga.actor == Actor::audit;
  if (counts(saga)) site_.gates.began(call_of(saga).service, by_shopper, site_.sim.now);
}

// An edge goes by its cached route; a platform that runs a callback or a job knows the owner.
void RequestPath::choose_side(Saga& saga) {
  const Call& call = call_of(saga);
  const Gates& gates = site_.gates;
  saga.call.routed_read = false;
  if (gates.goes_by_buckets(call.service)) find_buckets(saga);
  if (saga.inside)
    saga.call.side = gates.owner(call.service, saga.home, saga.buckets);
  else
    saga.call.side =
        site_.edges.route(saga.edge, call.service, saga.home, saga.buckets, gates, site_.sim.now);
  if (call.writes || saga.home == Side::target) return;
  Side reads = saga.call.side;
  if (saga.pinned)
    reads = saga.at;
  else if (const auto led = gates.led_reads(call.service);
           led && gates.owner(call.service) == Side::source)
    reads = in_share(led->ppm, saga.buckets[led->by]) ? Side::target : Side::source;
  saga.call.routed_read = reads != saga.call.side;
  saga.call.side = reads;
}

void RequestPath::find_buckets(Saga& saga) {
  note_buckets(site_.world, site_.draws, saga.slots, saga.buckets);
  saga.buckets[kByRequest] = static_cast<std::int16_t>(site_.draws.below(
      static_cast<std::uint64_t>(kBuckets), Domain::edge, saga.key, saga.seq, purpose("request")));
}

std::optional<Micros> RequestPath::travel(Saga& saga, Direction direction) {
  const MessageName name = message_of(saga, Hop::platform, direction);
  if (!saga.inside) return site_.links.send(edge_link(saga.call.side), direction, name);
  if (saga.at == saga.call.side) return Micros{};
  const bool reversed = saga.at == Side::target;
  const Direction way =
      (direction == Direction::there) != reversed ? Direction::there : Direction::back;
  return site_.links.send(LinkId::source_target, way, name);
}

// A message that is lost is noticed when the wait for its answer ends.
void RequestPath::go(std::uint32_t index, std::optional<Micros> delay, Kind kind) {
  const Micros now = site_.sim.now;
  Saga& saga = pool_[index];
  saga.call.travelled = saga.call.travelled + delay.value_or(site_.world.client.timeout);
  saga.delays.add(Delay::link, delay.value_or(site_.world.client.timeout));
  const Event next = delay ? pool_.event(index, kind, now + *delay)
                           : pool_.event(index, lost, now + site_.world.client.timeout);
  site_.sim.events.push(next);
}

void RequestPath::on_knock(std::uint32_t index) {
  Saga& saga = pool_[index];
  const Knock knock = knock_of(saga);
  const Micros now = site_.sim.now;
  if (saga.call.knocked == kNever) saga.call.knocked = now;
  if (site_.workers[pindah::index(saga.call.side)]->down()) {
    saga.meet(Obstacle::platform_down, Micros{}, knock.service);
    return reply(index, PageEnd::failed, "the platform is down");
  }
  switch (site_.gates.ask(knock, now)) {
    case Admission::admit:
      return admit(index, knock);
    case Admission::hold:
      return site_.gates.hold(knock, pool_.event(index, arrived, now));
    case Admission::moved:  // perhaps while it was held
      held_at_gate(saga, knock.service);
      saga.call.moved = true;
      return reply(index, PageEnd::ok);
    case Admission::refuse:
      saga.meet(Obstacle::fence_refused, now - saga.call.knocked, knock.service);
      return reply(index, PageEnd::failed, "closed for a moment");
    case Admission::retired:
      saga.meet(Obstacle::retired, Micros{}, knock.service);
      return reply(index, PageEnd::failed, "switched off");
  }
}

void RequestPath::held_at_gate(Saga& saga, ServiceId service) {
  const Micros held = site_.sim.now - saga.call.knocked;
  if (held <= Micros{}) return;
  saga.hindered += held;
  saga.delays.add(Delay::fence, held);
  saga.meet(Obstacle::fence_held, held, service);
}

void RequestPath::hold_once(const Saga& saga, bool holds) const {
  must_hold(holds, Invariant::runs_once, site_.sim.now, [&] {
    return fmt::format("{} on {}, key {}", call_of(saga).name,
                       site_.world.platforms[pindah::index(saga.call.side)].name,
                       to_text(saga.slots[static_cast<std::size_t>(site_.world.slot_idem)]));
  });
}

void RequestPath::admit(std::uint32_t index, const Knock& knock) {
  Saga& saga = pool_[index];
  const Micros now = site_.sim.now;
  hold_once(saga, !saga.call.admitted);
  const bool owns = site_.gates.owner(knock.service, knock.home, knock.buckets) == knock.at;
  must_hold(owns || !knock.writes, Invariant::owner_commits, now,
            [&] { return "a write is let in: " + call_of(saga).name; });
  held_at_gate(saga, knock.service);
  saga.call.admitted = true;
  saga.call.admitted_at = now;
  saga.call.service_time = service_time(saga);
  site_.gates.entered(knock);
  const Work work{pool_.event(index, served, now), saga.call.service_time, now};
  if (site_.workers[pindah::index(saga.call.side)]->submit(work, site_.sim)) return;
  site_.gates.left(knock);
  saga.meet(Obstacle::queue_full, Micros{}, knock.service);
  reply(index, PageEnd::failed, "too busy");
}

Micros RequestPath::service_time(const Saga& saga) const {
  const auto side = pindah::index(saga.call.side);
  const std::uint64_t ordinal = static_cast<std::uint64_t>(saga.step) + (saga.undoing ? 64 : 0);
  static_assert(limit::kSteps.most <= 64);
  const std::uint64_t drawn =
      site_.draws.bits(Domain::service_time, saga.key, ordinal, purpose("service"));
  const auto service = static_cast<std::size_t>(call_of(saga).service);
  return site_.scenario.platforms[side].service_time.sample(drawn) + slow_platform_[side] +
         slow_service_[service];
}

void RequestPath::on_served(std::uint32_t index) {
  Saga& saga = pool_[index];
  const CallId id = pool_.call_of(saga);
  const Knock knock = knock_of(saga);
  const Micros now = site_.sim.now;
  hold_once(saga, saga.call.admitted && !saga.call.ran);
  note_wait(saga, knock.service);
  const std::int64_t idem =
      integer_or(saga.slots[static_cast<std::size_t>(site_.world.slot_idem)], 0);
  const Writer writer{WriterKind::call,      saga.home, idem,        id,
                      saga.call.admitted_at, 0,         saga.buckets};
  Ran ran = run_call(saga, writer);
  if (ran.end == RanEnd::locked) return locked_out(index);
  saga.call.ran = true;
  site_.gates.left(knock);
  const std::uint32_t service_bit = bit_of_service(knock.service);
  saga.executed |= service_bit;
  saga.executed_on_target = saga.call.side == Side::target ? saga.executed_on_target | service_bit
                                                           : saga.executed_on_target & ~service_bit;
  saga.asked[pindah::index(saga.call.side)] = true;
  if (counts(saga)) site_.gates.answered(knock.service, saga.call.side);
  note_answer(saga, knock);
  saga.call.waits_since = now;
  const bool second = knock.writes && hooks_ != nullptr && ran.end == RanEnd::ok;
  if (second && hooks_->wrote({index, saga.generation})) return;
  if (ran.end == RanEnd::ok) return reply(index, PageEnd::ok);
  if (ran.end == RanEnd::refused) return reply(index, PageEnd::refused, std::move(ran.reason));
  saga.meet(Obstacle::sql_error, Micros{}, knock.service);
  saga.failed_call = id;
  saga.failed_on = saga.call.side;
  reply(index, PageEnd::failed, std::move(ran.reason));
}

void RequestPath::note_wait(Saga& saga, ServiceId service) {
  const Micros waited = site_.sim.now - saga.call.admitted_at - saga.call.service_time;
  saga.meet(Obstacle::queue_wait, waited, service);
  if (saga.call.locked) return;
  saga.delays.add(queue_of(saga.call.side), waited);
  saga.delays.add(work_of(saga.call.side), saga.call.service_time);
}

void RequestPath::note_answer(Saga& saga, const Knock& knock) {
  if (saga.undoing) return;
  const std::uint64_t bit = std::uint64_t{1} << saga.step;
  const bool owned = saga.call.side == site_.gates.owner(knock.service, saga.home, saga.buckets);
  saga.on_target = saga.call.side == Side::target ? saga.on_target | bit : saga.on_target & ~bit;
  saga.strayed = owned ? saga.strayed & ~bit : saga.strayed | bit;
}

Ran RequestPath::run_call(Saga& saga, const Writer& writer) {
  const Call& call = site_.world.calls[static_cast<std::size_t>(writer.call)];
  const Micros now = site_.sim.now;
  Backend& backend = *site_.backends[pindah::index(saga.call.side)];
  const bool compared =
      !call.writes && hooks_ != nullptr && hooks_->compares(call.service, saga.home, saga.buckets);
  if (!compared) return backend.run(writer.call, saga.slots, now, writer);
  const Slots before = saga.slots;
  Ran ran = backend.run(writer.call, saga.slots, now, writer);
  hooks_->was_read({writer.call, call.service, saga.call.side, before, saga.slots, ran.end});
  return ran;
}

// Some of its rows are being copied: it is tried again until they are not.
void RequestPath::locked_out(std::uint32_t index) {
  Saga& saga = pool_[index];
  const Micros now = site_.sim.now;
  saga.meet(Obstacle::row_lock, now - saga.call.admitted_at - saga.call.service_time,
            knock_of(saga).service);
  saga.call.locked = true;
  saga.delays.add(Delay::row_lock, kLockPoll);
  site_.sim.events.push(pool_.event(index, served, now + kLockPoll));
}

void RequestPath::answer(const RunName& name, bool well) {
  Saga& saga = pool_[name.run];
  if (!pool_.runs(name.run, name.generation)) return;
  const ServiceId service = knock_of(saga).service;
  saga.delays.add(Delay::second_write, site_.sim.now - saga.call.waits_since);
  if (well) {
    saga.meet(Obstacle::second_write, site_.sim.now - saga.call.waits_since, service);
    return reply(name.run, PageEnd::ok);
  }
  // What failed is the largest obstacle, however long it took.
  saga.obstacle = Obstacle::second_write;
  saga.service = service;
  reply(name.run, PageEnd::failed, "the second write failed");
}

void RequestPath::reply(std::uint32_t index, PageEnd end, std::string reason) {
  Saga& saga = pool_[index];
  saga.end = end;
  saga.reason = std::move(reason);
  go(index, travel(saga, Direction::back), replied);
}

bool RequestPath::on_replied(std::uint32_t index) {
  Saga& saga = pool_[index];
  if (!std::exchange(saga.call.moved, false)) return true;
  const ServiceId service = knock_of(saga).service;
  saga.delays.add(Delay::link, Micros{} - saga.call.travelled);
  saga.delays.add(Delay::sent_on, saga.call.travelled);
  if (!saga.inside) site_.edges.learn(saga.edge, service, site_.sim.now);
  if (++saga.call.bounces <= kBouncesMax) {
    send(index);
    return false;
  }
  saga.end = PageEnd::failed;
  saga.reason = "no platform takes it";
  saga.meet(Obstacle::not_owner, site_.sim.now - saga.call.sent, service);
  return true;
}

void RequestPath::on_lost(std::uint32_t index) {
  Saga& saga = pool_[index];
  saga.end = PageEnd::failed;
  saga.reason = "no answer";
  saga.meet(Obstacle::lost, site_.sim.now - saga.call.sent, knock_of(saga).service);
}

void RequestPath::dropped(const Event& e) {
  const auto index = static_cast<std::uint32_t>(e.a);
  Saga& saga = pool_[index];
  if (!pool_.runs(index, e.b)) return;
  site_.gates.left(knock_of(saga));
  saga.meet(Obstacle::platform_down, Micros{}, knock_of(saga).service);
  reply(index, PageEnd::failed, "the platform went down");
}

void RequestPath::note_hold(std::uint32_t index) {
  Saga& saga = pool_[index];
  if (!saga.alive || saga.call.knocked == kNever) return;
  const Micros now = site_.sim.now;
  if (!saga.call.admitted) {
    saga.delays.add(Delay::fence, now - saga.call.knocked);
    return saga.meet(Obstacle::fence_held, now - saga.call.knocked, knock_of(saga).service);
  }
  if (saga.call.waits_since >= saga.call.admitted_at || saga.call.locked) return;
  saga.delays.add(queue_of(saga.call.side), now - saga.call.admitted_at);
  saga.meet(Obstacle::queue_wait, now - saga.call.admitted_at, knock_of(saga).service);
}

// A ledger is asked by the platform that ran the page's last call of the ledger's service, or else
// by its owner.
void RequestPath::ask_ledger(std::uint32_t index) {
  Saga& saga = pool_[index];
  const ServiceId service =
      site_.world.ledgers[static_cast<std::size_t>(pool_.step_of(saga).ledger)].service;
  const std::uint32_t service_bit = bit_of_service(service);
  if ((saga.executed & service_bit) != 0)
    saga.call.side = (saga.executed_on_target & service_bit) != 0 ? Side::target : Side::source;
  else
    saga.call.side = site_.gates.owner(service, saga.home, saga.buckets);
  saga.call.sent = site_.sim.now;
  go(index, travel_to_ledger(saga, Direction::there), ledger_asked);
}

std::optional<Micros> RequestPath::travel_to_ledger(Saga& saga, Direction direction) {
  const std::optional<Micros> first = travel(saga, direction);
  const std::optional<Micros> second =
      site_.links.send(LinkId::gateway, direction, message_of(saga, Hop::ledger, direction));
  return first && second ? std::optional(*first + *second) : std::nullopt;
}

void RequestPath::on_ledger_asked(std::uint32_t index) {
  Saga& saga = pool_[index];
  const PageStep& step = pool_.step_of(saga);
  const Ledger& ledger = site_.world.ledgers[static_cast<std::size_t>(step.ledger)];
  Micros answer_after;
  if (step.reverses) {
    const bool refunded = site_.ledgers.reverse(step.ledger, saga.slots, site_.sim);
    saga.slots[static_cast<std::size_t>(ledger.refund_state)] =
        std::string(refunded ? "refunded" : "refused");
  } else {
    note_buckets(site_.world, site_.draws, saga.slots, saga.buckets);
    const Ledgers::Entered entered = site_.ledgers.enter(
        step.ledger, {saga.slots, saga.home, saga.buckets, saga.call.side}, site_.sim);
    saga.slots[static_cast<std::size_t>(ledger.state)] = ledger_state_text(entered.state);
    answer_after = entered.answer_after;
    saga.meet(Obstacle::ledger, answer_after, ledger.service);
    saga.delays.add(Delay::ledger, answer_after);
  }
  const std::optional<Micros> back = travel_to_ledger(saga, Direction::back);
  go(index, back ? std::optional(*back + answer_after) : std::nullopt, ledger_replied);
}

}  // namespace pindah
