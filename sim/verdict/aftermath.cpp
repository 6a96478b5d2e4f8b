#include "verdict/aftermath.h"

#include "verdict/difference.h"

namespace pindah {
namespace {

constexpr int kTroubles = 2;
constexpr int kTries = 3;
constexpr Micros kTriesWithin = seconds(10);
constexpr std::int64_t kTimesOverLimit = 4;

bool trouble(const Visit& visit) {
  return failed(visit) || visit.logged_out || (visit.end == PageEnd::ok && !visit.truthful);
}

// A ledger's answer takes its time in every life.
bool endless(const Notice& notice, const Visit& visit) {
  return visit.obstacle != Obstacle::none && visit.obstacle != Obstacle::ledger &&
         visit.latency_us >= notice.over.us * kTimesOverLimit;
}

// What the platforms and the weather do without a migration as well is not here.
bool of_migration(Obstacle obstacle) {
  switch (obstacle) {
    case Obstacle::fence_held:
    case Obstacle::fence_refused:
    case Obstacle::not_owner:
    case Obstacle::retired:
    case Obstacle::sql_error:
    case Obstacle::second_write:
    case Obstacle::row_lock:
    case Obstacle::closed:
      return true;
    case Obstacle::none:
    case Obstacle::queue_full:
    case Obstacle::queue_wait:
    case Obstacle::platform_down:
    case Obstacle::lost:
    case Obstacle::ledger:
      return false;
  }
  return false;
}

}  // namespace

bool troubled_by_migration(const Visit& visit) {
  return visit.logged_out || (failed(visit) && of_migration(visit.obstacle));
}

Micros annoyed_at(const Notice& notice, const std::vector<const Visit*>& visits, Micros from,
                  int troubles) {
  for (const Visit* visit : visits) {
    if (visit->intended_us < from.us) continue;
    const bool first_difference = visit->intended_us == from.us && troubles > 0;
    if (trouble(*visit) && !first_difference) ++troubles;
    const bool tried_in_vain = visit->tries >= kTries && visit->latency_us <= kTriesWithin.us;
    if (troubles >= kTroubles || tried_in_vain || endless(notice, *visit))
      return {visit->intended_us + visit->latency_us};
  }
  return kNever;
}

}  // namespace pindah
