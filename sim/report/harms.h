// What went wrong in the rehearsed life by absolute criteria, counted.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "report/report.h"

namespace pindah {

// One kind of anomaly in the rehearsed life.
struct Harm {
  std::string name;
  std::int64_t units = 0;
  std::string example;  // of the first case
  std::string culprit;
};
// Those that happened, in the world's order.
std::vector<Harm> harms(const ReportInput& input);

// What befell promises and money, whatever a world calls it.
struct Harmed {
  std::int64_t lost_or_doubled = 0;  // promises
  std::int64_t charged_wrongly = 0;  // entries of ledgers: twice, without their promise, off rail
};
Harmed harmed_of(const World& world, const Record& rehearsed);

}  // namespace pindah
