// Exact texts of quantities: what a scenario's reader reads back as the same number.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace pindah {

std::string exact_duration(Micros duration);            // "90s", "2h", "1500us"
std::string exact_rate(std::int64_t per_second_micro);  // "8/s"
std::string exact_share(std::int64_t ppm);              // "5%"
// A text in double quotes, as YAML and JSON read it.
std::string in_quotes(std::string_view text);

// A moment with the offset in which people read it: "2023-12-11 23:00 +07:00", seconds optional,
// `Z` for UTC. Years 1970 to 2199.
struct LocalInstant {
  std::int64_t us = 0;  // since 1970 UTC
  Micros utc_offset;
};
std::optional<LocalInstant> parse_instant(std::string_view text);
std::string instant_text(const LocalInstant& moment);

}  // namespace pindah
