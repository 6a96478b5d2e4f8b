#include "platform/ledgers.h"

#include <algorithm>

#include "base/problem.h"

namespace pindah {

namespace {

std::size_t method_of(const Ledger& ledger, const Slots& slots) {
  if (ledger.by < 0) return 0;
  const std::string by = to_text(slots[static_cast<std::size_t>(ledger.by)]);
  for (std::size_t i = 0; i < ledger.methods.size(); ++i)
    if (ledger.methods[i].name == by) return i;
  throw WorldFault({{}, "ledger `" + ledger.name + "` knows no method `" + by + "`", {}, {}, {}});
}

}  // namespace

std::string ledger_state_text(LedgerState state) {
  constexpr const char* kNames[] = {"pending", "captured", "refunded", "none"};
  return kNames[static_cast<std::size_t>(state)];
}

Ledgers::Ledgers(const World& world, const Draws& draws, Observer& observer)
    : world_(world),
      draws_(draws),
      observer_(observer),
      slow_(world.ledgers.size()),
      outstanding_(world.services.size()) {}

// What is outstanding has an answer to come, or money that no platform has heard of yet.
bool Ledgers::open(const LedgerEntry& entry) {
  return entry.state == LedgerState::pending ||
         (entry.state == LedgerState::captured && !entry.told);
}

template <class Change>
void Ledgers::change(LedgerEntry& entry, SimState& sim, Change&& how) {
  const Ledger& ledger = world_.ledgers[static_cast<std::size_t>(entry.ledger)];
  std::int64_t& count =
      outstanding_[static_cast<std::size_t>(ledger.service)][index(entry.address)];
  const bool was_open = open(entry);
  how(entry);
  if (entry.home == Side::source)
    count += static_cast<int>(open(entry)) - static_cast<int>(was_open);
  sim.digest.fold(entry.ref);
  sim.digest.fold(static_cast<std::uint64_t>(entry.amount) * 8 +
                  static_cast<std::uint64_t>(entry.state));
  sim.digest.fold(static_cast<std::uint64_t>(sim.now.us));
  observer_.ledger(entry, sim.now);
}

Ledgers::Entered Ledgers::enter(LedgerId id, const Request& request, SimState& sim) {
  const Slots& slots = request.slots;
  const Ledger& ledger = world_.ledgers[static_cast<std::size_t>(id)];
  std::string ref = to_text(slots[static_cast<std::size_t>(ledger.ref)]);
  if (const auto known = by_ref_.find({id, ref}); known != by_ref_.end()) {
    const LedgerEntry& entry = entries_[known->second];
    const bool still_answering = entry.state == LedgerState::pending && entry.answers_at_once;
    return {still_answering ? LedgerState::captured : entry.state,
            still_answering ? entry.captured - sim.now : Micros{}};
  }
  const std::size_t method = method_of(ledger, slots);
  const Method& kind = ledger.methods[method];
  LedgerEntry entry;
  entry.ledger = id;
  entry.ref = ref;
  entry.witness = integer_or(slots[static_cast<std::size_t>(world_.slot_idem)], 0);
  entry.amount =
      ledger.amount < 0 ? 0 : integer_or(slots[static_cast<std::size_t>(ledger.amount)], 0);
  entry.method = static_cast<int>(method);
  entry.home = request.home;
  entry.buckets = request.buckets;
  entry.address = request.asked_by;
  entry.entered = sim.now;
  entry.captured = entry.refunded = kNever;
  entry.answers_at_once = kind.answers == Answers::at_once;
  entry.state = LedgerState::none;  // until it is entered, below
  const std::uint64_t drawn = draws_.bits(Domain::ledger, static_cast<std::uint64_t>(entry.witness),
                                          static_cast<std::uint64_t>(id), purpose("answer"));
  const Micros delay = kind.delay.sample(drawn, kind.cap) + slow_[static_cast<std::size_t>(id)];
  entries_.push_back(std::move(entry));
  const std::size_t number = entries_.size() - 1;
  by_ref_.emplace(std::pair(id, std::move(ref)), number);
  const bool never = kind.answers == Answers::never;
  if (!never) {
    entries_[number].captured = sim.now + delay;
    sim.events.push({sim.now + delay, EventClass::ledger,
                     static_cast<std::uint64_t>(entries_[number].witness),
                     static_cast<std::uint32_t>(id), capture, number, 0});
  }
  change(entries_[number], sim,
         [&](LedgerEntry& e) { e.state = never ? LedgerState::none : LedgerState::pending; });
  if (kind.answers == Answers::at_once) return {LedgerState::captured, delay};
  return {entries_[number].state, Micros{}};
}

bool Ledgers::reverse(LedgerId id, const Slots& slots, SimState& sim) {
  const Ledger& ledger = world_.ledgers[static_cast<std::size_t>(id)];
  const auto known = by_ref_.find({id, to_text(slots[static_cast<std::size_t>(ledger.ref)])});
  if (known == by_ref_.end()) {
    observer_.reversal_refused(id, integer_or(slots[static_cast<std::size_t>(world_.slot_idem)], 0),
                               sim.now);
    return false;
  }
  LedgerEntry& entry = entries_[known->second];
  if (entry.state == LedgerState::refunded) return true;
  if (entry.state != LedgerState::captured) return false;
  change(entry, sim, [&](LedgerEntry& e) {
    e.state = LedgerState::refunded;
    e.refunded = sim.now;
  });
  return true;
}

void Ledgers::handle_capture(const Event& event, SimState& sim) {
  const auto number = static_cast<std::size_t>(event.a);
  change(entries_[number], sim, [&](LedgerEntry& e) {
    e.state = LedgerState::captured;
    e.told = world_.ledgers[static_cast<std::size_t>(e.ledger)].callback < 0;
  });
  if (!entries_[number].told) push_callback(number, Micros{}, sim);
}

void Ledgers::push_callback(std::size_t number, Micros after, SimState& sim) {
  const LedgerEntry& entry = entries_[number];
  static_assert(limit::kLedgers.most <= 16);
  sim.events.push({sim.now + after, EventClass::ledger, static_cast<std::uint64_t>(entry.witness),
                   static_cast<std::uint32_t>(entry.ledger) +
                       16 * static_cast<std::uint32_t>(entry.callbacks + 1),
                   call_back, number, 0});
}

void Ledgers::called_back(std::size_t number, bool ok, SimState& sim) {
  LedgerEntry& entry = entries_[number];
  const auto& retries = world_.ledgers[static_cast<std::size_t>(entry.ledger)].callback_retries;
  if (ok) {
    change(entry, sim, [](LedgerEntry& e) { e.told = true; });
  } else if (entry.callbacks < static_cast<int>(retries.size())) {
    const Micros after = retries[static_cast<std::size_t>(entry.callbacks)];
    ++entry.callbacks;
    push_callback(number, after, sim);
  }
}

std::int64_t Ledgers::told_by_callback() const {
  return std::count_if(entries_.begin(), entries_.end(), [this](const LedgerEntry& entry) {
    return entry.told && world_.ledgers[static_cast<std::size_t>(entry.ledger)].callback >= 0;
  });
}

std::int64_t Ledgers::outstanding(ServiceId service, Side side) const {
  return outstanding_[static_cast<std::size_t>(service)][index(side)];
}

}  // namespace pindah
