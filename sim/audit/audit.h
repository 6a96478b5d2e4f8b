// The mapping on trial, before any shopper: `pindah audit` (docs/audit.md).
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>

#include "audit/finding.h"
#include "world/world.h"

namespace pindah::audit {

struct Options {
  std::uint64_t seed = 1;
  // The databases are filled with at most so many of each thing of the world's scale.
  std::int64_t roots = 3000;
  bool all = false;  // as many as the world's scale says
  int people = 12;   // of each persona, who are walked through the pages
  const std::atomic<bool>* stop = nullptr;
  std::function<void(int done, int of)> progress;  // parts
};

// Throws WorldFault where the world cannot even be filled.
Report audit(const World& world, const Options& options);

}  // namespace pindah::audit
