#include "migration/shared.h"

#include <fmt/format.h>

#include <algorithm>

#include "selfcheck/invariants.h"

namespace pindah::migration {

Shared::Shared(const MigrationSite& site, Observer& tells)
    : world(site.site.world),
      scenario(site.site.scenario),
      draws(site.site.draws),
      sim(site.site.sim),
      backends(site.site.backends),
      workers(site.site.workers),
      gates(site.site.gates),
      ledgers(site.site.ledgers),
      recent(site.recent),
      custody(site.custody),
      observer(tells),
      rename(site.rename),
      answer(site.answer),
      offer(site.offer),
      moves(world, backends, constants_of(world, scenario.scale, scenario.settings)),
      transfers(site.site),
      places(scenario),
      services(world.services.size()) {}

void Shared::push(Micros at, Kind kind, std::uint64_t entity, std::uint64_t turn) {
  sim.events.push({at, EventClass::migration, entity, 0, kind, 0, turn});
}

const PlanStep& Shared::step(StepId id) const {
  const int place = places.of(id);
  ensure(place >= 0, "a step that is under way is not in the plan");
  return scenario.plan[static_cast<std::size_t>(place)];
}

void Shared::tell(PlanEvent event) {
  event.at = now();
  if (event.step != StepId::none) event.step_kind = step(event.step).kind;
  observer.plan(event);
}

void Shared::tell(StepId step, PlanEventKind kind, ServiceId service, Phase phase) {
  PlanEvent event;
  event.step = step;
  event.kind = kind;
  event.service = service;
  event.phase = phase;
  tell(std::move(event));
}

void Shared::tell_over(StepId step, ServiceId service, StepId with) {
  PlanEvent event;
  event.step = step;
  event.kind = PlanEventKind::finished;
  event.service = service;
  event.with = with;
  tell(std::move(event));
}

void Shared::tell_setback(StepId step, PlanEventKind kind, Setback setback) {
  PlanEvent event;
  event.step = step;
  event.kind = kind;
  event.service = setback.service;
  event.phase = setback.phase;
  event.setback = std::move(setback);
  tell(std::move(event));
}

void Shared::trim(ServiceId id, Side origin) {
  Stream& s = stream(id, origin);
  const std::uint64_t upto = transfers.oldest_read(id, origin, s.position);
  must_hold(upto <= s.position && s.position <= s.taken, Invariant::positions, now(), [&] {
    return fmt::format("{} from {}: position {}, taken {}, forgotten up to {}", name(id),
                       world.platforms[index(origin)].name, s.position, s.taken, upto);
  });
  const std::size_t rest = s.log.backlog(upto);
  s.log.forget(upto);
  must_hold(s.log.kept() == rest, Invariant::positions, now(), [&] {
    return fmt::format("{}: {} entries are kept of {}", name(id), s.log.kept(), rest);
  });
}

void Shared::extract(Transfer& transfer) {
  for (const RootKey& root : transfer.keys) {
    if (transfer.batches.empty() || transfer.batches.back().move != root.move)
      transfer.batches.push_back({root.move, {}, {}});
    moves.at(root.move).extract_root(root.key, transfer.batches.back());
  }
}

std::string Shared::extract_roots(Transfer& transfer) {
  return reading(transfer.origin, transfer.service, [&] { extract(transfer); });
}

void Shared::picture(Transfer& transfer) {
  try {
    extract(transfer);
  } catch (const SqlFailure& failure) {
    transfer.error = failure.what();
  }
}

std::string Shared::reading(Side side, ServiceId id, const std::function<void()>& work) {
  return backend(side).transact(id, now(), Writer{}, work).reason;
}

const std::vector<Handover>& Shared::hand_over(const Transfer& transfer, const RootKey& root,
                                               WriterKind kind, bool erased) {
  const Side side = other(transfer.origin);
  Writer writer;
  writer.kind = kind;
  writer.lsn = transfer.read_lsn;
  return custody.record(root, {side, now(), backend(side).lsn(), writer,
                               gates.owner(transfer.service), false, erased});
}

}  // namespace pindah::migration
