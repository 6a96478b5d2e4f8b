#include "surprise/mechanisms.h"

namespace pindah {
namespace {

using Dropped = std::vector<Work>;

LinkId link(const Surprise& s) { return static_cast<LinkId>(s.part.index); }
Workers& workers(const Surprise& s, const SurpriseSite& at) {
  return *at.workers[static_cast<std::size_t>(s.part.index)];
}
void nothing(const Surprise&, const SurpriseSite&) {}

void slow_link(const Surprise& s, const SurpriseSite& at, std::int64_t sign) {
  at.links.add_delay(link(s), s.by * sign);
}
void slow_ledger(const Surprise& s, const SurpriseSite& at, std::int64_t sign) {
  at.ledgers.slow(s.part.index, s.by * sign);
}
void slow_platform(const Surprise& s, const SurpriseSite& at, std::int64_t sign) {
  at.runner.slow_platform(static_cast<Side>(s.part.index), s.by * sign);
}
void slow_service(const Surprise& s, const SurpriseSite& at, std::int64_t sign) {
  at.runner.slow_service(s.part.index, s.by * sign);
}
void lossy_link(const Surprise& s, const SurpriseSite& at, std::int64_t sign) {
  at.links.add_loss(link(s), s.lost_ppm * sign, at.sim.now);
}
void cut_link(const Surprise& s, const SurpriseSite& at, std::int64_t sign) {
  if (s.ways != Ways::back) at.links.cut(link(s), Direction::there, sign > 0);
  if (s.ways != Ways::there) at.links.cut(link(s), Direction::back, sign > 0);
}

// What is added as it begins and taken away as it ends.
using Amount = void (*)(const Surprise&, const SurpriseSite&, std::int64_t sign);
template <Amount amount>
SurpriseMechanism added(SurpriseKind kind, PartKind part) {
  return {kind, part,
          [](const Surprise& s, const SurpriseSite& at) {
            amount(s, at, 1);
            return Dropped{};
          },
          [](const Surprise& s, const SurpriseSite& at) { amount(s, at, -1); }};
}

Dropped pause(const Surprise& s, const SurpriseSite& at) {
  workers(s, at).pause_until(at.sim.now + s.duration);
  return {};
}

Dropped kill(const Surprise& s, const SurpriseSite& at) { return workers(s, at).kill(); }
void restart(const Surprise& s, const SurpriseSite& at) { workers(s, at).restart(); }

Dropped kill_migrator(const Surprise&, const SurpriseSite& at) {
  at.migrator(true);
  return {};
}
void resume_migrator(const Surprise&, const SurpriseSite& at) { at.migrator(false); }

Dropped go_stale(const Surprise& s, const SurpriseSite& at) {
  const Micros now = at.sim.now;
  at.edges.go_stale(s.part.index, now, now + s.duration);
  return {};
}

std::vector<SurpriseMechanism>& all() {
  using K = SurpriseKind;
  using P = PartKind;
  static std::vector<SurpriseMechanism> mechanisms{
      added<slow_link>(K::slow, P::link),
      added<slow_ledger>(K::slow, P::ledger),
      added<slow_platform>(K::slow, P::platform),
      added<slow_service>(K::slow, P::service),
      added<lossy_link>(K::lossy, P::link),
      added<cut_link>(K::cut, P::link),
      {K::pause, P::platform, pause, nothing},
      {K::kill, P::platform, kill, restart},
      {K::kill, P::migrator, kill_migrator, resume_migrator},
      {K::stale, P::edge, go_stale, nothing}};
  return mechanisms;
}

}  // namespace

const SurpriseMechanism& mechanism_of(const Surprise& surprise) {
  for (const SurpriseMechanism& mechanism : all())
    if (mechanism.kind == surprise.kind && mechanism.part == surprise.part.kind) return mechanism;
  throw Defect("a surprise that nobody lets happen");
}

AddedMechanism::AddedMechanism(const SurpriseMechanism& mechanism) { all().push_back(mechanism); }
AddedMechanism::~AddedMechanism() { all().pop_back(); }

}  // namespace pindah
