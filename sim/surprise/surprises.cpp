#include "surprise/surprises.h"

namespace pindah {

Surprises::Surprises(SurpriseSite at, Observer& observer, bool control)
    : site_(std::move(at)), observer_(observer), control_(control) {}

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
  const ServiceId service = surprise.part.kind == PartKind::service ? surprise.part.index : -1;
  observer_.plan({site_.clockwork.now, PlanEventKind::surprise, static_cast<int>(event.entity),
                  service, begins ? "on" : "off", surprise.name});
  const SurpriseMechanism& mechanism = mechanism_of(surprise);
  if (begins) return mechanism.begin(surprise, site_);
  mechanism.end(surprise, site_);
  return {};
}

}  // namespace pindah
