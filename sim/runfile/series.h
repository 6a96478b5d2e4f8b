// The metric series of a finished run: what its dials showed, and what its pages took, window by
// window.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "report/report.h"

namespace pindah {

struct Series {
  std::string name;                                     // "lag(orders)", "p99(edge)"
  const char* life;                                     // "control", "rehearsed"
  std::vector<std::pair<Micros, std::int64_t>> points;  // in order of time
};

// The series that says whether what is committed on a side is brought to the other; its values are
// those of Carried.
std::string carried_series(const std::string& service, Side from);
// By intent of who noticed: from when on it is known.
std::map<std::uint32_t, Micros> known_instants(const RehearsalResult& result);

// Windows are as long as the looks at the dials are apart. Latencies and lags are µs, shares ppm.
std::vector<Series> series_of(const ReportInput& input);

}  // namespace pindah
