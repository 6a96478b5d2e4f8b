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

}  // namespace

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
