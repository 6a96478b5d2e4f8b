// A run in a few sentences: its answer, the way back, who fared worst, and how to see it again.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "report/report.h"

namespace pindah {

// The answer in one sentence, after the verdict's word.
std::string answer(const ReportInput& input);
// "0.05 % of shoppers noticed (2 of 3 927), limit 0.10 %".
std::string noticed_text(const ReportInput& input);
// The same without the limit, of these; and the limit alone: ", limit 0.10 %".
std::string noticed_text(std::int64_t noticed, std::int64_t exposed);
std::string limit_text(const Verdict& verdict);
// The limits that are broken, unless it is that of who noticed: "nobody loses an order: 3 != 0; ".
std::string broken_text(const Verdict& verdict);
// The way back in one sentence; empty: nothing was moved, so that there is nothing to bring back.
std::string way_back_text(const WayBack& back);

// A group of shoppers and how many of its exposed ones noticed.
struct Cohort {
  std::string name;  // "page checkout"
  std::int64_t noticed = 0;
  std::int64_t exposed = 0;
};
// Groups in which anybody noticed and at least `least` were exposed, the worst share first.
std::vector<Cohort> worst_cohorts(const Comparison& comparison, std::int64_t least);

// The command that gives this run again.
std::string replay_command(const ReportInput& input, const std::string& program);
// Scenario file without its suffix; with the seed where names carry it.
std::string short_name(const ReportInput& input);

}  // namespace pindah
