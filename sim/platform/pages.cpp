#include "platform/pages.h"

#include <algorithm>

#include "base/problem.h"

namespace pindah {

namespace {

// A request that is sent on this often finds no owner; the routes go round in a circle.
constexpr int kBouncesMax = 8;
// An undo is tried this often, then what it should have taken back stays, as it would in life.
constexpr int kUndoTriesMax = 60;
constexpr Micros kUndoPause = seconds(1);
// How often a write looks whether the rows that it needs are free.
constexpr Micros kLockPoll = millis(5);

std::uint64_t bit(int step) { return std::uint64_t{1} << step; }

}  // namespace

Pages::Pages(Site site)
    : site_(site), slow_service_(site.world.services.size()), closed_(site.world.pages.size()) {
  for (const Job& job : site.world.jobs) {
    Page page;
    page.name = page.as = job.name;
    page.steps.resize(1);
    page.steps[0].call = job.list;
    lists_.push_back(std::move(page));
  }
}

std::uint32_t Pages::start(Saga saga) {
  std::uint32_t index = 0;
  if (free_.empty()) {
    index = static_cast<std::uint32_t>(sagas_.size());
    sagas_.emplace_back();
  } else {
    index = free_.back();
    free_.pop_back();
  }
  saga.generation = sagas_[index].generation + 1;
  saga.alive = true;
  saga.started = site_.clockwork.now;
  ensure(saga.key != 0, "a run without a key");
  const bool closed = saga.actor == Actor::shopper && saga.home == Side::source &&
                      closed_[static_cast<std::size_t>(saga.page)];
  sagas_[index] = std::move(saga);
  if (closed)
    turn_away(index);
  else if (sagas_[index].undoing)
    advance_undo(index);
  else
    advance(index);
  return index;
}

// Before any platform is asked.
void Pages::turn_away(std::uint32_t index) {
  Saga& saga = sagas_[index];
  saga.step = 0;
  saga.end = PageEnd::failed;
  saga.reason = "closed";
  meet(saga, Obstacle::closed, Micros{}, -1);
  finish(index);
}

void Pages::undo(const Saga& saga, std::uint64_t ran) {
  const std::vector<PageStep>& steps = page_of(saga).steps;
  const bool needed = [&] {
    for (std::size_t i = 0; i < steps.size(); ++i)
      if (steps[i].undo >= 0 && (ran & bit(static_cast<int>(i))) != 0) return true;
    return false;
  }();
  if (!needed) return;
  Saga undo;
  undo.actor = Actor::undo;
  undo.key = saga_key(Actor::undo, saga.key & kSagaKeyMask, 0);
  undo.who = saga.who;
  undo.visit = saga.visit;
  undo.attempt = saga.attempt;
  undo.home = saga.home;
  undo.inside = saga.inside;
  undo.at = saga.at;
  undo.edge = saga.edge;
  undo.page = saga.page;
  undo.intended = site_.clockwork.now;
  undo.slots = saga.slots;
  undo.lots = saga.lots;
  undo.undoing = true;
  undo.step = static_cast<int>(steps.size());
  undo.ran = ran;
  start(std::move(undo));
}

std::vector<std::uint32_t> Pages::take_finished() { return std::exchange(finished_, {}); }

void Pages::release(std::uint32_t index) {
  Saga& saga = sagas_[index];
  ensure(saga.alive, "a page's run is released twice");
  saga.alive = false;
  free_.push_back(index);
}

void Pages::note_hold(std::uint32_t index) {
  Saga& saga = sagas_[index];
  if (!saga.alive || saga.admitted || saga.knocked == kNever) return;
  meet(saga, Obstacle::fence_held, site_.clockwork.now - saga.knocked, knock_of(saga).service);
}

void Pages::handle(const Event& e) {
  const auto index = static_cast<std::uint32_t>(e.a);
  const Saga& saga = sagas_[index];
  if (!saga.alive || saga.generation != e.b) return;
  switch (static_cast<Kind>(e.kind)) {
    case arrived:
      return on_knock(index);
    case served:
      return on_served(index);
    case replied:
      return on_replied(index);
    case ledger_asked:
      return on_ledger_asked(index);
    case ledger_replied:
      sagas_[index].ran |= bit(saga.step);
      return advance(index);
    case lost:
      sagas_[index].end = PageEnd::failed;
      sagas_[index].reason = "no answer";
      meet(sagas_[index], Obstacle::lost, site_.clockwork.now - saga.sent, knock_of(saga).service);
      return saga.undoing ? on_undo_replied(index) : finish(index);
    case undo_again:
      return send(index);
  }
}

void Pages::dropped(const Event& e) {
  const auto index = static_cast<std::uint32_t>(e.a);
  Saga& saga = sagas_[index];
  if (!saga.alive || saga.generation != e.b) return;
  site_.gates.left(knock_of(saga));
  meet(saga, Obstacle::platform_down, Micros{}, knock_of(saga).service);
  reply(index, PageEnd::failed, "the platform went down");
}

const Page& Pages::page_of(const Saga& saga) const {
  const auto page = static_cast<std::size_t>(saga.page);
  const std::size_t pages = site_.world.pages.size();
  return page < pages ? site_.world.pages[page] : lists_[page - pages];
}

const PageStep& Pages::step_of(const Saga& saga) const {
  return page_of(saga).steps[static_cast<std::size_t>(saga.step)];
}

CallId Pages::call_of(const Saga& saga) const {
  return saga.undoing ? step_of(saga).undo : step_of(saga).call;
}

Knock Pages::knock_of(const Saga& saga) const {
  const PageStep& step = step_of(saga);
  if (step.ledger >= 0 && !saga.undoing)
    return {
        saga.side, saga.home, site_.world.ledgers[static_cast<std::size_t>(step.ledger)].service,
        false,     false,     saga.lots};
  const Call& call = site_.world.calls[static_cast<std::size_t>(call_of(saga))];
  return {saga.side, saga.home, call.service, call.writes, saga.routed_read, saga.lots};
}

bool Pages::wanted(const PageStep& step, const Saga& saga) const {
  if (step.if_slot < 0) return true;
  const Value& value = saga.slots[static_cast<std::size_t>(step.if_slot)];
  return !is_null(value) && to_text(value) == step.if_equals;
}

void Pages::advance(std::uint32_t index) {
  Saga& saga = sagas_[index];
  const std::vector<PageStep>& steps = page_of(saga).steps;
  do ++saga.step;
  while (saga.step < static_cast<int>(steps.size()) && !wanted(step_of(saga), saga));
  saga.bounces = 0;
  if (saga.step == static_cast<int>(steps.size())) {
    saga.step = static_cast<int>(steps.size()) - 1;
    return finish(index);
  }
  if (step_of(saga).ledger >= 0) return ask_ledger(index);
  send(index);
}

void Pages::advance_undo(std::uint32_t index) {
  Saga& saga = sagas_[index];
  do --saga.step;
  while (saga.step >= 0 && (step_of(saga).undo < 0 || (saga.ran & bit(saga.step)) == 0));
  saga.bounces = saga.undo_tries = 0;
  if (saga.step < 0) {
    saga.step = 0;
    return release(index);
  }
  send(index);
}

// An edge goes by its cached route; a platform that runs a callback or a job knows the owner.
void Pages::choose_side(Saga& saga) {
  const Call& call = site_.world.calls[static_cast<std::size_t>(call_of(saga))];
  const Gates& gates = site_.gates;
  saga.routed_read = false;
  if (gates.goes_by_lots(call.service)) find_lots(saga);
  if (saga.inside)
    saga.side = gates.owner(call.service, saga.home, saga.lots);
  else
    saga.side = site_.edges.route(saga.edge, call.service, saga.home, saga.lots, gates,
                                  site_.clockwork.now);
  if (call.writes || saga.home == Side::target) return;
  Side reads = saga.side;
  if (saga.pinned)
    reads = saga.at;
  else if (const auto led = gates.led_reads(call.service);
           led && gates.owner(call.service) == Side::source)
    reads = takes(led->ppm, saga.lots[led->by]) ? Side::target : Side::source;
  saga.routed_read = reads != saga.side;
  saga.side = reads;
}

void Pages::find_lots(Saga& saga) {
  note_lots(site_.world, site_.draws, saga.slots, saga.lots);
  saga.lots[kByRequest] = static_cast<std::int16_t>(site_.draws.below(
      static_cast<std::uint64_t>(kLots), Domain::edge, saga.key, saga.seq, purpose("request")));
}

void Pages::send(std::uint32_t index) {
  Saga& saga = sagas_[index];
  choose_side(saga);
  if (saga.bounces == 0) saga.sent = site_.clockwork.now;
  saga.knocked = kNever;
  saga.admitted = false;
  go(index, travel(saga, Direction::there), arrived);
}

std::optional<Micros> Pages::travel(Saga& saga, Direction direction) {
  if (!saga.inside) return site_.links.send(edge_link(saga.side), direction, saga.key, saga.seq);
  if (saga.at == saga.side) return Micros{};
  const bool reversed = saga.at == Side::target;
  const Direction way =
      (direction == Direction::there) != reversed ? Direction::there : Direction::back;
  return site_.links.send(LinkId::source_target, way, saga.key, saga.seq);
}

std::optional<Micros> Pages::travel_to_ledger(Saga& saga, Direction direction) {
  const std::optional<Micros> first = travel(saga, direction);
  const std::optional<Micros> second =
      site_.links.send(LinkId::gateway, direction, saga.key, saga.seq);
  return first && second ? std::optional(*first + *second) : std::nullopt;
}

// A message that is lost is noticed when the wait for its answer ends.
void Pages::go(std::uint32_t index, std::optional<Micros> delay, Kind kind) {
  const Micros now = site_.clockwork.now;
  const Event next = delay ? event(index, kind, now + *delay)
                           : event(index, lost, now + site_.world.client.timeout);
  site_.clockwork.events.push(next);
}

Event Pages::event(std::uint32_t index, Kind kind, Micros at) {
  Saga& saga = sagas_[index];
  return {at, EventClass::edge, saga.key, saga.seq++, kind, index, saga.generation};
}

void Pages::on_knock(std::uint32_t index) {
  Saga& saga = sagas_[index];
  const Knock knock = knock_of(saga);
  const Micros now = site_.clockwork.now;
  if (saga.knocked == kNever) saga.knocked = now;
  if (site_.workers[pindah::index(saga.side)]->down()) {
    meet(saga, Obstacle::platform_down, Micros{}, knock.service);
    return reply(index, PageEnd::failed, "the platform is down");
  }
  switch (site_.gates.ask(knock, now)) {
    case Admission::admit:
      return admit(index, knock);
    case Admission::hold:
      return site_.gates.hold(knock, event(index, arrived, now));
    case Admission::moved:  // perhaps while it was held
      held_at_gate(saga, knock.service);
      saga.moved = true;
      return reply(index, PageEnd::ok);
    case Admission::refuse:
      meet(saga, Obstacle::fence_refused, now - saga.knocked, knock.service);
      return reply(index, PageEnd::failed, "closed for a moment");
    case Admission::retired:
      meet(saga, Obstacle::retired, Micros{}, knock.service);
      return reply(index, PageEnd::failed, "switched off");
  }
}

void Pages::held_at_gate(Saga& saga, ServiceId service) {
  const Micros held = site_.clockwork.now - saga.knocked;
  if (held <= Micros{}) return;
  saga.hindered += held;
  meet(saga, Obstacle::fence_held, held, service);
}

void Pages::admit(std::uint32_t index, const Knock& knock) {
  Saga& saga = sagas_[index];
  const Micros now = site_.clockwork.now;
  held_at_gate(saga, knock.service);
  saga.admitted = true;
  saga.admitted_at = now;
  saga.service_time = service_time(saga, call_of(saga));
  site_.gates.entered(knock);
  const Work work{event(index, served, now), saga.service_time, now};
  if (site_.workers[pindah::index(saga.side)]->submit(work, site_.clockwork)) return;
  site_.gates.left(knock);
  meet(saga, Obstacle::queue_full, Micros{}, knock.service);
  reply(index, PageEnd::failed, "too busy");
}

Micros Pages::service_time(const Saga& saga, CallId call) const {
  const auto side = pindah::index(saga.side);
  const std::uint64_t ordinal = static_cast<std::uint64_t>(saga.step) + (saga.undoing ? 64 : 0);
  const std::uint64_t drawn =
      site_.draws.bits(Domain::service_time, saga.key, ordinal, purpose("service"));
  const auto service =
      static_cast<std::size_t>(site_.world.calls[static_cast<std::size_t>(call)].service);
  return site_.scenario.platforms[side].service_time.sample(drawn) + slow_platform_[side] +
         slow_service_[service];
}

void Pages::on_served(std::uint32_t index) {
  Saga& saga = sagas_[index];
  const CallId id = call_of(saga);
  const Knock knock = knock_of(saga);
  const Micros now = site_.clockwork.now;
  meet(saga, Obstacle::queue_wait, now - saga.admitted_at - saga.service_time, knock.service);
  const std::int64_t idem =
      integer_or(saga.slots[static_cast<std::size_t>(site_.world.slot_idem)], 0);
  const Writer writer{WriterKind::call, saga.home, idem, id, saga.admitted_at, 0, saga.lots};
  Ran ran = run_call(saga, writer);
  if (ran.end == RanEnd::locked) return locked_out(index);
  site_.gates.left(knock);
  const std::uint32_t service_bit = std::uint32_t{1} << knock.service;
  saga.executed |= service_bit;
  saga.executed_on_target = saga.side == Side::target ? saga.executed_on_target | service_bit
                                                      : saga.executed_on_target & ~service_bit;
  saga.asked[pindah::index(saga.side)] = true;
  saga.waits_since = now;
  const bool second = knock.writes && beside_ != nullptr && ran.end == RanEnd::ok;
  if (second && beside_->wrote({index, saga.generation})) return;
  if (ran.end == RanEnd::ok) return reply(index, PageEnd::ok);
  if (ran.end == RanEnd::refused) return reply(index, PageEnd::refused, std::move(ran.reason));
  meet(saga, Obstacle::sql_error, Micros{}, knock.service);
  reply(index, PageEnd::failed, std::move(ran.reason));
}

Ran Pages::run_call(Saga& saga, const Writer& writer) {
  const Call& call = site_.world.calls[static_cast<std::size_t>(writer.call)];
  const Micros now = site_.clockwork.now;
  Backend& backend = *site_.backends[pindah::index(saga.side)];
  const bool compared =
      !call.writes && beside_ != nullptr && beside_->compares(call.service, saga.home, saga.lots);
  if (!compared) return backend.run(writer.call, saga.slots, now, writer);
  const Slots before = saga.slots;
  Ran ran = backend.run(writer.call, saga.slots, now, writer);
  beside_->was_read({writer.call, call.service, saga.side, before, saga.slots, ran.end});
  return ran;
}

// Some of its rows are being copied: it is tried again until they are not.
void Pages::locked_out(std::uint32_t index) {
  Saga& saga = sagas_[index];
  const Micros now = site_.clockwork.now;
  meet(saga, Obstacle::row_lock, now - saga.admitted_at - saga.service_time,
       knock_of(saga).service);
  site_.clockwork.events.push(event(index, served, now + kLockPoll));
}

void Pages::answer(const RunName& name, bool well) {
  Saga& saga = sagas_[name.run];
  if (!saga.alive || saga.generation != name.generation) return;
  const ServiceId service = knock_of(saga).service;
  if (well) {
    meet(saga, Obstacle::second_write, site_.clockwork.now - saga.waits_since, service);
    return reply(name.run, PageEnd::ok);
  }
  // What failed is the largest obstacle, however long it took.
  saga.obstacle = Obstacle::second_write;
  saga.service = service;
  reply(name.run, PageEnd::failed, "the second write failed");
}

void Pages::reply(std::uint32_t index, PageEnd end, std::string reason) {
  Saga& saga = sagas_[index];
  saga.end = end;
  saga.reason = std::move(reason);
  go(index, travel(saga, Direction::back), replied);
}

void Pages::on_replied(std::uint32_t index) {
  Saga& saga = sagas_[index];
  if (std::exchange(saga.moved, false)) {
    const ServiceId service = knock_of(saga).service;
    if (!saga.inside) site_.edges.learn(saga.edge, service, site_.clockwork.now);
    if (++saga.bounces <= kBouncesMax) return send(index);
    saga.end = PageEnd::failed;
    saga.reason = "no platform takes it";
    meet(saga, Obstacle::not_owner, site_.clockwork.now - saga.sent, service);
  }
  if (saga.undoing) return on_undo_replied(index);
  if (saga.end != PageEnd::ok) return finish(index);
  saga.ran |= bit(saga.step);
  advance(index);
}

void Pages::on_undo_replied(std::uint32_t index) {
  Saga& saga = sagas_[index];
  if (saga.end != PageEnd::failed || ++saga.undo_tries >= kUndoTriesMax) return advance_undo(index);
  saga.bounces = 0;
  site_.clockwork.events.push(event(index, undo_again, site_.clockwork.now + kUndoPause));
}

// A ledger is asked by the platform that ran the page's last call of the ledger's service, or else
// by its owner.
void Pages::ask_ledger(std::uint32_t index) {
  Saga& saga = sagas_[index];
  const ServiceId service =
      site_.world.ledgers[static_cast<std::size_t>(step_of(saga).ledger)].service;
  const std::uint32_t service_bit = std::uint32_t{1} << service;
  if ((saga.executed & service_bit) != 0)
    saga.side = (saga.executed_on_target & service_bit) != 0 ? Side::target : Side::source;
  else
    saga.side = site_.gates.owner(service, saga.home, saga.lots);
  saga.sent = site_.clockwork.now;
  go(index, travel_to_ledger(saga, Direction::there), ledger_asked);
}

void Pages::on_ledger_asked(std::uint32_t index) {
  Saga& saga = sagas_[index];
  const PageStep& step = step_of(saga);
  const Ledger& ledger = site_.world.ledgers[static_cast<std::size_t>(step.ledger)];
  Micros answer_after;
  if (step.reverses) {
    const bool refunded = site_.ledgers.reverse(step.ledger, saga.slots, site_.clockwork);
    saga.slots[static_cast<std::size_t>(ledger.refund_state)] =
        std::string(refunded ? "refunded" : "refused");
  } else {
    note_lots(site_.world, site_.draws, saga.slots, saga.lots);
    const Ledgers::Entered entered = site_.ledgers.enter(
        step.ledger, {saga.slots, saga.home, saga.lots, saga.side}, site_.clockwork);
    saga.slots[static_cast<std::size_t>(ledger.state)] = ledger_state_text(entered.state);
    answer_after = entered.answer_after;
    meet(saga, Obstacle::ledger, answer_after, ledger.service);
  }
  const std::optional<Micros> back = travel_to_ledger(saga, Direction::back);
  go(index, back ? std::optional(*back + answer_after) : std::nullopt, ledger_replied);
}

// A refusal is the answer at once; what had been done meanwhile is taken back behind it.
void Pages::finish(std::uint32_t index) {
  if (sagas_[index].undoing) return release(index);
  if (sagas_[index].end == PageEnd::refused) {
    const Saga refused = sagas_[index];
    undo(refused, refused.ran);
  }
  finished_.push_back(index);
}

void Pages::meet(Saga& saga, Obstacle obstacle, Micros size, ServiceId service) {
  const bool failed = obstacle != Obstacle::fence_held && obstacle != Obstacle::queue_wait &&
                      obstacle != Obstacle::ledger && obstacle != Obstacle::second_write &&
                      obstacle != Obstacle::row_lock;
  if (size <= Micros{} && !failed) return;
  if (!failed && size < saga.obstacle_size) return;
  saga.obstacle = obstacle;
  saga.obstacle_size = size;
  saga.service = service;
}

}  // namespace pindah
