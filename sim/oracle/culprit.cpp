#include "oracle/culprit.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace pindah {
namespace {

// A write of the origin stands on the other side: a chunk read later, or this very change.
bool carries(const Handover& arrival, const Handover& write) {
  if (arrival.side == write.side) return false;
  if (arrival.writer.kind == WriterKind::chunk) return arrival.writer.lsn >= write.lsn;
  return arrival.writer.kind == WriterKind::change && arrival.writer.lsn >= write.lsn;
}

const Handover* carrier(const std::vector<Handover>& history, const Handover& write) {
  for (const Handover& arrival : history)
    if (carries(arrival, write)) return &arrival;
  return nullptr;
}

// In the order of BrokenLink.
constexpr std::array<std::string_view, 14> kLinkWords{
    "",
    "not captured",
    "captured after the stop position, not applied",
    "captured, not applied",
    "overwritten by an older chunk",
    "overwritten by an older change",
    "did not survive",
    "in neither database",
    "not copied",
    "not yet applied",
    "answered by another platform",
    "called back to a platform that did not own it",
    "written on a platform that did not own it",
    "written after the switch"};
static_assert(kLinkWords.size() == static_cast<std::size_t>(BrokenLink::count));

}  // namespace

std::string_view word_of(BrokenLink link) { return kLinkWords[static_cast<std::size_t>(link)]; }

Culprits::Culprits(const World& world, const Scenario& scenario, const Ending& ending,
                   const EndState& end_state, const std::vector<PlanEvent>& events)
    : world_(world),
      scenario_(scenario),
      places_(scenario),
      ending_(ending),
      end_state_(end_state),
      events_(events) {}

const Culprits::History* Culprits::history(ServiceId service, Side from, const Value& root) const {
  if (!ending_.custody || is_null(root)) return nullptr;
  for (std::size_t m = 0; m < world_.moves.size(); ++m) {
    const Move& move = world_.moves[m];
    if (move.service != service || move.from != from) continue;
    if (const auto* found = ending_.custody->history({static_cast<int>(m), root})) return found;
  }
  return nullptr;
}

std::optional<Micros> Culprits::phase_before(ServiceId service, Phase phase, Micros instant) const {
  std::optional<Micros> found;
  for (const PlanEvent& event : events_) {
    if (event.kind != PlanEventKind::phase || event.phase != phase || event.at > instant) continue;
    bool names = event.service == service;
    if (const int place = places_.of(event.step); place >= 0) {
      const auto& services = scenario_.plan[static_cast<std::size_t>(place)].services;
      names = names || std::find(services.begin(), services.end(), service) != services.end();
    }
    if (names) found = event.at;
  }
  return found;
}

std::string Culprits::committed(ServiceId service, const Handover& write) const {
  std::string text =
      fmt::format("committed on {} at {}", name(write.side), clock_text(write.at, true));
  if (write.owner == write.side) return text;
  if (const auto at = phase_before(service, Phase::switch_over, write.at))
    return text + fmt::format(", {} after the switch", duration_text(write.at - *at));
  return text + fmt::format(", when {} owned {}", name(write.owner),
                            world_.services[static_cast<std::size_t>(service)].name);
}

// The first write by a call that never reached the other side.
std::optional<Culprit> Culprits::not_carried(ServiceId service, Side from,
                                             const History& history) const {
  for (const Handover& write : history) {
    if (write.side != from || write.writer.kind != WriterKind::call || carrier(history, write))
      continue;
    const std::string start = committed(service, write);
    if (!write.captured) return Culprit{start + "; not captured", BrokenLink::not_captured};
    const auto stop = phase_before(service, Phase::position, kNever);
    if (stop && write.at >= *stop)
      return Culprit{fmt::format("{}, {} after the stop position was read; captured, not applied",
                                 start, duration_text(write.at - *stop)),
                     BrokenLink::after_stop_position};
    return Culprit{start + "; captured, not applied", BrokenLink::not_applied};
  }
  return {};
}

// Everything arrived: what was done to it afterwards on the side that now answers?
Culprit Culprits::not_survived(Side owner, const History& history) const {
  const Handover* newest = nullptr;  // the arrival of the newest version
  for (const Handover& h : history) {
    if (h.side != owner) continue;
    const bool older = newest && h.writer.kind != WriterKind::call &&
                       newest->writer.kind != WriterKind::call && h.writer.lsn < newest->writer.lsn;
    if (older)
      return {
          fmt::format("arrived on {} at {}, overwritten at {} by an older {}", name(owner),
                      clock_text(newest->at, true), clock_text(h.at, true),
                      h.writer.kind == WriterKind::chunk ? "chunk" : "change"),
          h.writer.kind == WriterKind::chunk ? BrokenLink::older_chunk : BrokenLink::older_change};
    newest = &h;
  }
  if (!newest) return {};
  return {fmt::format("written on {} at {}, and did not survive there", name(owner),
                      clock_text(newest->at, true)),
          BrokenLink::did_not_survive};
}

Culprit Culprits::missing(const Held& held, ServiceId service, Side owner,
                          const FinalRow* elsewhere) const {
  const Side from = other(owner);
  if (!elsewhere) {
    if (!held.made_on) return {"in neither database", BrokenLink::nowhere};
    return {fmt::format("committed on {} at {}; now in neither database", name(*held.made_on),
                        clock_text(held.made_at, true)),
            BrokenLink::nowhere};
  }
  const History* past = history(service, from, elsewhere->root_value());
  if (!past)
    return {fmt::format("on {} since before the run; never copied to {}", name(from), name(owner)),
            BrokenLink::not_copied};
  if (const auto broken = not_carried(service, from, *past)) return *broken;
  const Culprit lost = not_survived(owner, *past);
  if (lost.link != BrokenLink::none) return lost;
  return {fmt::format("on {}; never copied to {}", name(from), name(owner)),
          BrokenLink::not_copied};
}

// The row is there: did its newest version come too late, or did another platform answer?
Culprit Culprits::behind(ServiceId service, Side owner, const History& history, Micros seen) const {
  if (const auto broken = not_carried(service, other(owner), history)) return *broken;
  for (const Handover& write : history) {
    if (write.writer.kind != WriterKind::call || write.at > seen) continue;
    const Handover* arrival = carrier(history, write);
    if (arrival && arrival->at > seen)
      return {fmt::format("{}; arrived on {} at {}, {} after it was looked at",
                          committed(service, write), name(arrival->side),
                          clock_text(arrival->at, true), duration_text(arrival->at - seen)),
              BrokenLink::not_yet_applied};
  }
  const Culprit lost = not_survived(owner, history);
  return lost.link == BrokenLink::did_not_survive ? Culprit{} : lost;
}

Culprit Culprits::of_promise(const Held& held, Micros seen) const {
  const ServiceId service = world_.promises[static_cast<std::size_t>(held.promise)].service;
  const Side owner = ending_.owner(service, held.home);
  const FinalRow* here = end_state_.row(held.promise, owner, held.witness);
  const FinalRow* elsewhere = end_state_.row(held.promise, other(owner), held.witness);
  if (!here) return missing(held, service, owner, elsewhere);
  for (const auto& [side, row] : {std::pair{other(owner), elsewhere}, std::pair{owner, here}}) {
    const History* past = row ? history(service, side, row->root_value()) : nullptr;
    if (!past) continue;
    const Culprit found = behind(service, owner, *past, seen);
    if (found.link != BrokenLink::none) return found;
  }
  if (!elsewhere) return {};
  return {fmt::format("answered by a platform that did not have it; {} owns it", name(owner)),
          BrokenLink::elsewhere};
}

Culprit Culprits::of_entry(const LedgerEntry& entry) const {
  const Ledger& ledger = world_.ledgers[static_cast<std::size_t>(entry.ledger)];
  const Side owner = ending_.owner(ledger.service, entry.home);
  const auto* here = end_state_.payments(entry.ledger, owner, entry.witness);
  const auto* there = end_state_.payments(entry.ledger, other(owner), entry.witness);
  if (!entry.told && entry.captured != kNever && entry.address != owner)
    return {fmt::format("taken at {}; called back to {}, which no longer owned {}",
                        clock_text(entry.captured, true), name(entry.address),
                        world_.services[static_cast<std::size_t>(ledger.service)].name),
            BrokenLink::called_back_wrongly};
  if (there && !there->empty())
    if (const History* past = history(ledger.service, other(owner), there->front().root)) {
      if (const auto broken = not_carried(ledger.service, other(owner), *past)) return *broken;
      const Culprit lost = not_survived(owner, *past);
      if (!here && lost.link != BrokenLink::none) return lost;
    }
  if (!here && !there) return {"in neither database", BrokenLink::nowhere};
  return {};
}

Culprit Culprits::of_unowned(ServiceId service, Side side, Micros at) const {
  const std::string sentence =
      fmt::format("committed on {} at {}", name(side), clock_text(at, true));
  const auto moved = phase_before(service, Phase::switch_over, at);
  if (!moved) return {sentence, BrokenLink::written_wrongly};
  return {fmt::format("{}, {} after the switch", sentence, duration_text(at - *moved)),
          BrokenLink::written_after_switch};
}

void name_culprits(const Culprits& culprits, const Ending& ending, const std::deque<Held>& promised,
                   std::vector<Found>& cases) {
  for (Found& found : cases) {
    Culprit culprit;
    if (found.entry >= 0)
      culprit = culprits.of_entry((*ending.entries)[static_cast<std::size_t>(found.entry)]);
    else if (found.held >= 0)
      culprit = culprits.of_promise(promised[static_cast<std::size_t>(found.held)], found.looked);
    else if (found.service >= 0)
      culprit = culprits.of_unowned(found.service, found.written_on, found.what.at);
    if (culprit.link == BrokenLink::none) continue;
    found.what.culprit = std::move(culprit.sentence);
    found.what.link = culprit.link;
  }
}

}  // namespace pindah
