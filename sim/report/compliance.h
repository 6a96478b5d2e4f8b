// How far a run met the regulator's checklist of its world, as texts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/report.h"

namespace pindah {

// Shares in whole percent: what is met rounded down, what is
// missing up.
struct ComplianceTold {
  std::string answer;                // "87 % of Permendag 31/2023 at the end"
  std::vector<std::string> levels;   // "2024-03-01 04:00 87 %", in order of time
  std::vector<std::string> missing;  // "missing 6 %: the rule (its source)"
  std::string note;                  // what is assumed; may be empty
};
// Nothing: the world has no checklist.
std::optional<ComplianceTold> compliance_told(const ReportInput& input);

}  // namespace pindah
