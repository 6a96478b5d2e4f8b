#include "surprise/surprises.h"

namespace pindah {

Surprises::Surprises(SurpriseSite at, Observer& observer, bool control)
    : site_(std::move(at)), observer_(observer), control_(control) {}

void Surprises::start() {
  for (const Surprise& surprise : site_.scenario.surprises) {
    const SurpriseId id = surprise_id(surprise.name);
    if ((control_ && !surprise.also_in_control) || !known_.insert(id).second) continue;
    const auto entity = static_cast<std::uint64_t>(id);
    site_.sim.events.push({surprise.at, EventClass::surprise, entity, 0, on, 0, 0});
    site_.sim.events.push(
        {surprise.at + surprise.duration, EventClass::surprise, entity, 1, off, 0, 0});
  }
}

std::vector<Work> Surprises::handle(const Event& event) {
  const SurpriseId id{event.entity};
  const int place = place_of(site_.scenario, id);
  if (place < 0) return {};  // it has left the scenario since
  const Surprise& surprise = site_.scenario.surprises[static_cast<std::size_t>(place)];
  const bool begins = event.kind == on;
  PlanEvent told;
  told.at = site_.sim.now;
  told.kind = PlanEventKind::surprise;
  told.surprise = id;
  if (surprise.part.kind == PartKind::service) told.service = surprise.part.index;
  told.phase = begins ? Phase::on : Phase::off;
  observer_.plan(told);
  const SurpriseMechanism& mechanism = mechanism_of(surprise);
  if (begins) return mechanism.begin(surprise, site_);
  mechanism.end(surprise, site_);
  return {};
}

}  // namespace pindah
