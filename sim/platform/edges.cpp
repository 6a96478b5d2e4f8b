#include "platform/edges.h"

#include <algorithm>

namespace pindah {

Edges::Edges(int count, std::size_t services, Micros refresh)
    : refresh_(refresh),
      learned_(static_cast<std::size_t>(count), std::vector<Micros>(services, Micros{})),
      stale_from_(static_cast<std::size_t>(count), kNever),
      stale_until_(static_cast<std::size_t>(count), kNever) {}

// Instances refresh at evenly staggered instants, as timers started one after another do.
Micros Edges::refreshed(int edge, Micros now) const {
  const Micros stagger = refresh_ * edge / count();
  if (now < stagger) return Micros{};
  return now - Micros{(now - stagger).us % refresh_.us};
}

Side Edges::route(int edge, ServiceId service, Side home, const Buckets& buckets,
                  const Gates& gates, Micros now) const {
  if (home == Side::target) return Side::target;
  const auto e = static_cast<std::size_t>(edge);
  const bool stale = stale_from_[e] <= now && now < stale_until_[e];
  const Micros seen = refreshed(edge, stale ? stale_from_[e] : now);
  const Micros learned = learned_[e][static_cast<std::size_t>(service)];
  return gates.owner_at(service, std::max(seen, learned), buckets);
}

void Edges::learn(int edge, ServiceId service, Micros now) {
  const auto e = static_cast<std::size_t>(edge);
  if (stale_from_[e] <= now && now < stale_until_[e]) return;
  learned_[e][static_cast<std::size_t>(service)] = now;
}

void Edges::go_stale(int edge, Micros now, Micros until) {
  stale_from_[static_cast<std::size_t>(edge)] = now;
  stale_until_[static_cast<std::size_t>(edge)] = until;
}

}  // namespace pindah
