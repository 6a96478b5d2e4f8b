// Who finds each kind of anomaly: while it happens, from what people are shown and what commits;
// and after the end, from the final databases and the ledgers alone. The two are apart on purpose:
// what one overlooks, the other does not.
#pragma once

#include <span>
#include <string_view>

#include "world/anomaly_kinds.h"

namespace pindah {

// Files of oracle/; empty: that look cannot see it. A test holds that they look for it.
struct Detector {
  AnomalyKind id{};
  std::string_view watching;
  std::string_view at_the_end;
};

// In the order of the enum; each kind has at least one.
std::span<const Detector> detectors();

}  // namespace pindah
