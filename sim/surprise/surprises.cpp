#include "surprise/surprises.h"

namespace pindah {

Surprises::Surprises(const Site& site, Pages& pages, Observer& observer, bool control)
    : site_(site), pages_(pages), observer_(observer), control_(control) {}

void Surprises::start() {
  for (; known_ < site_.scenario.surprises.size(); ++known_) {
    const std::uint64_t i = known_;
    const Surprise& surprise = site_.scenario.surprises[i];
    if (control_ && !surprise.also_in_control) continue;
    site_.clockwork.events.push({surprise.at, EventClass::surprise, i, 0, on, 0, 0});
    site_.clockwork.events.push(
        {surprise.at + surprise.duration, EventClass::surprise, i, 1, off, 0, 0});
  }
}

std::vector<Work> Surprises::handle(const Event& event) {
  const Surprise& surprise = site_.scenario.surprises[static_cast<std::size_t>(event.entity)];
  const bool begins = event.kind == on;
  observer_.plan({site_.clockwork.now, PlanEventKind::surprise, static_cast<int>(event.entity),
                  surprise.service, begins ? "on" : "off", surprise.name});
  return set(surprise, begins);
}

std::vector<Work> Surprises::set(const Surprise& surprise, bool begins) {
  const std::int64_t sign = begins ? 1 : -1;
  const Micros by = surprise.by * sign;
  switch (surprise.kind) {
    case SurpriseKind::slow_link:
      site_.links.add_delay(surprise.link, by);
      break;
    case SurpriseKind::lossy_link:
      site_.links.add_loss(surprise.link, surprise.ppm * sign);
      break;
    case SurpriseKind::cut_link:
      if (surprise.direction != 2) site_.links.cut(surprise.link, Direction::there, begins);
      if (surprise.direction != 1) site_.links.cut(surprise.link, Direction::back, begins);
      break;
    case SurpriseKind::slow_ledger:
      site_.ledgers.slow(surprise.ledger, by);
      break;
    case SurpriseKind::slow_platform:
      pages_.slow_platform(surprise.platform, by);
      break;
    case SurpriseKind::slow_service:
      pages_.slow_service(surprise.service, by);
      break;
    case SurpriseKind::pause_platform:
      if (begins)
        site_.workers[index(surprise.platform)]->pause_until(site_.clockwork.now +
                                                             surprise.duration);
      break;
    case SurpriseKind::kill_platform:
      if (begins) return site_.workers[index(surprise.platform)]->kill();
      site_.workers[index(surprise.platform)]->restart();
      break;
    case SurpriseKind::kill_migrator:  // whoever keeps it sees to that
      break;
    case SurpriseKind::stale_edge:
      if (begins)
        site_.edges.go_stale(surprise.edge, site_.clockwork.now,
                             site_.clockwork.now + surprise.duration);
      break;
  }
  return {};
}

}  // namespace pindah
