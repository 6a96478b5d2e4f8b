#include "traffic/callbacks.h"

#include "traffic/shoppers.h"

namespace pindah {

void Callbacks::leave(const Event& event) {
  const LedgerEntry& entry = site_.ledgers.entries()[event.a];
  const auto delay =
      site_.links.send(LinkId::gateway, Direction::back, {event.entity, event.seq, site_.sim.now});
  if (!delay) return site_.ledgers.called_back(static_cast<std::size_t>(event.a), false, site_.sim);
  Event arrival = event;
  arrival.time = site_.sim.now + *delay;
  arrival.kind = arrived;
  ensure(entry.state != LedgerState::none, "a ledger calls back for nothing");
  site_.sim.events.push(arrival);
}

// The address that the ledger knows takes it if it still owns the service, or hands it over to the
// one that does.
bool Callbacks::taken(const LedgerEntry& entry) const {
  const ServiceId service = site_.world.ledgers[static_cast<std::size_t>(entry.ledger)].service;
  if (site_.workers[index(entry.address)]->down()) return false;
  if (entry.home == Side::target) return true;
  const bool owner = site_.gates.owner(service, entry.home, entry.buckets) == entry.address;
  return owner ? !site_.gates.retired(service, entry.address)
               : site_.gates.forwards_callbacks(service);
}

void Callbacks::arrive(std::size_t number, Slots slots) {
  const LedgerEntry& entry = site_.ledgers.entries()[number];
  const Ledger& ledger = site_.world.ledgers[static_cast<std::size_t>(entry.ledger)];
  if (!taken(entry)) return site_.ledgers.called_back(number, false, site_.sim);
  auto set = [&](SlotId slot, Value value) {
    if (slot >= 0) slots[static_cast<std::size_t>(slot)] = std::move(value);
  };
  set(site_.world.slot_idem, entry.witness);
  set(ledger.ref, entry.ref);
  set(ledger.amount, entry.amount);
  set(ledger.by, ledger.methods[static_cast<std::size_t>(entry.method)].name);
  set(ledger.state, ledger_state_text(LedgerState::captured));
  static_assert(limit::kLedgers.most <= 16);
  PageRun run;
  run.key = saga_key(
      Actor::callback,
      static_cast<std::uint64_t>(entry.witness) << 4 | static_cast<std::uint64_t>(entry.ledger),
      static_cast<std::uint8_t>(entry.callbacks));
  run.actor = Actor::callback;
  run.who = number;
  run.visit = static_cast<std::uint32_t>(entry.ledger);
  run.attempt = static_cast<std::uint8_t>(entry.callbacks);
  run.home = entry.home;
  run.buckets = entry.buckets;
  run.inside = true;
  run.at = entry.address;
  run.page = ledger.callback;
  run.intended = site_.sim.now;
  run.slots = std::move(slots);
  runner_.start(std::move(run));
}

// A refusal is an answer, too: the platform has heard it.
void Callbacks::finished(std::uint32_t saga_index) {
  const Saga& saga = runner_.saga(saga_index);
  const bool heard = saga.end == PageEnd::ok || saga.end == PageEnd::refused;
  const auto number = static_cast<std::size_t>(saga.who);
  PageSeen page = seen(saga, saga.end, saga.attempt + 1, site_.sim.now);
  page.intent = intent_of(site_.ledgers.entries()[number].witness);
  observer_.page(page);
  site_.ledgers.called_back(number, heard, site_.sim);
}

}  // namespace pindah
