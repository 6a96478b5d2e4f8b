// A finished rehearsal made by hand, for the tests of reports.
#pragma once

#include "report/report.h"
#include "report/suffix.h"

namespace pindah::test {

// Owns what a ReportInput refers to. It does not move: the verdict points into the scenario.
struct Sample {
  Sample();
  Sample(const Sample&) = delete;
  Sample& operator=(const Sample&) = delete;
  ReportInput input() const { return {scenario, world, result}; }

  Scenario scenario;
  World world;
  RehearsalResult result;
};

// The same with a hostile text in every place that a scenario or a world fills.
void poison(Sample& sample, const std::string& text);

// The format of a suffix.
inline const ReportFormat& format(std::string_view suffix) {
  return *format_of(report_formats(), suffix);
}

}  // namespace pindah::test
