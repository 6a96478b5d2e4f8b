// What the plan and the surprises did, as lines of a report.
#pragma once

#include <string>
#include <vector>

#include "report/report.h"

namespace pindah {

// One thing that the plan or a surprise did.
struct TimelineEntry {
  Micros at;
  std::string what;                  // "cutover of orders: done in 812ms"
  std::vector<std::string> details;  // "fence +0ms · drain +14ms · …"; none where there are none
  bool bad = false;                  // aborted, skipped, never started
};
// In order of time; steps that never started come last, at kNever.
std::vector<TimelineEntry> timeline(const ReportInput& input);

}  // namespace pindah
