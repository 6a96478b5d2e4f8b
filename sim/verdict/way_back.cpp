#include "verdict/way_back.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "scenario/vocabulary/steps.h"

namespace pindah {
namespace {

using Writes = std::span<const PromiseWrite>;

// They are in order of time.
Writes known_by(const std::vector<PromiseWrite>& writes, Micros cut) {
  const auto later = std::upper_bound(writes.begin(), writes.end(), cut,
                                      [](Micros at, const PromiseWrite& w) { return at < w.at; });
  return {writes.begin(), later};
}

// When a service can no longer come back, and why.
struct Lost {
  Micros at = kNever;
  std::string why;
};

void by_writes(const World& world, Writes writes, std::vector<Lost>& lost) {
  for (const PromiseWrite& write : writes) {
    Lost& of_service = lost[static_cast<std::size_t>(write.service)];
    if (write.captured || write.at >= of_service.at) continue;
    of_service = {write.at,
                  fmt::format("nothing streams {} back",
                              world.services[static_cast<std::size_t>(write.service)].name)};
  }
}

// Retiring closes the way back only for what the target owns by then.
void by_retirements(const Scenario& scenario, const std::vector<PlanEvent>& events, Micros cut,
                    Writes writes, std::vector<Lost>& lost) {
  const StepPlaces places(scenario);
  for (const PlanEvent& event : events) {
    const int place = places.of(event.step);
    if (event.kind != PlanEventKind::finished || place < 0 || event.at > cut) continue;
    const PlanStep& step = scenario.plan[static_cast<std::size_t>(place)];
    if (!does(step, Effect::retires)) continue;
    for (const ServiceId service : step.services) {
      Lost& of_service = lost[static_cast<std::size_t>(service)];
      const bool moved = std::any_of(writes.begin(), writes.end(), [&](const PromiseWrite& w) {
        return w.service == service && w.at <= event.at;
      });
      if (moved && event.at < of_service.at) of_service = {event.at, step.name};
    }
  }
}

}  // namespace

WayBack way_back(const World& world, const Scenario& scenario, const Record& rehearsed,
                 Micros cut) {
  const Writes writes = known_by(rehearsed.promise_writes, cut);
  std::vector<Lost> lost(world.services.size());
  by_writes(world, writes, lost);
  by_retirements(scenario, rehearsed.plan, cut, writes, lost);
  WayBack back;
  back.moved = !writes.empty();
  for (const Lost& of_service : lost) {
    if (of_service.at >= back.lost) continue;
    back.lost = of_service.at;
    back.why = of_service.why;
  }
  if (back.lost == kNever) return back;
  const Micros end = std::min(cut, rehearsed.ended);
  const Micros until = back.lost < scenario.length ? std::min(scenario.length, end) : end;
  std::int64_t counted = 0;
  for (const PromiseWrite& write : writes) {
    if (write.at < lost[static_cast<std::size_t>(write.service)].at) continue;
    ++back.promises;
    if (write.at < until) ++counted;
  }
  const std::int64_t us = std::max<std::int64_t>((until - back.lost).us, 1);
  back.per_minute_milli = counted * minutes(1).us * 1000 / us;
  return back;
}

}  // namespace pindah
