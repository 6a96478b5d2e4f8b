// Who somebody was that noticed, and where, by the names of world and scenario.
#pragma once

#include <string>

#include "report/report.h"

namespace pindah {

// Empty or zero where nothing is known.
struct Lived {
  std::string persona, home, page, service, step;
  std::string phase;    // "fence", "after cutover of orders"
  std::string culprit;  // its name
  std::string harm;     // her first, and how it came about; empty: none
  Micros arrived;
};
Lived lived_of(const ReportInput& input, const Noticer& noticer);

}  // namespace pindah
