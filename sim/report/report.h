// A finished rehearsal as text for people and for machines. All are peers; none looks at another.
#pragma once

#include <string>
#include <vector>

#include "base/problem.h"
#include "rehearsal/rehearsal.h"

namespace pindah {

struct ReportInput {
  const Scenario& scenario;
  const World& world;
  const RehearsalResult& result;
};

// The end of a run on a terminal: the answer, limits, who, why, next.
std::string terminal_summary(const ReportInput& input, bool color);
std::string json_report(const ReportInput& input);
// JUnit: a test suite for each scenario, a test case for each budget line.
std::string junit_report(const std::vector<ReportInput>& inputs);
std::string markdown_report(const ReportInput& input);
std::string html_report(const ReportInput& input);
std::string csv_report(const ReportInput& input);  // one row for each shopper who noticed
// GitHub Actions commands, at most nine and "N more".
std::string github_annotations(const ReportInput& input);

// Text from files, safe for a terminal: control characters as escapes.
std::string printable(std::string_view text);

}  // namespace pindah
