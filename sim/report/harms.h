// What went wrong in the rehearsed life by absolute criteria, counted.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "report/report.h"

namespace pindah {

// One kind of anomaly in the rehearsed life.
struct Harm {
  std::string name;
  std::int64_t units = 0;
  std::string example;  // of the first case
  std::string culprit;  // of the first case: its name, and how it came about
};
// Those that happened, in the world's order.
std::vector<Harm> harms(const ReportInput& input);

// What befell promises and money, whatever a world calls it: each promise and each charge once,
// however many names it has.
struct Harmed {
  std::int64_t lost_or_doubled = 0;  // promises, and parcels that were sent twice
  std::int64_t charged_wrongly = 0;  // charges: twice, without their promise, off rail
};
Harmed harmed_of(const World& world, const Record& rehearsed);

// The same, case by case.
class HarmCount {
 public:
  explicit HarmCount(const World& world) : world_(world) {}
  void add(const AnomalyCase& found);
  const Harmed& so_far() const { return so_far_; }

 private:
  // What happened to one thing, by the names that it was found under.
  using Names = std::map<int, std::int64_t>;
  void add_once(Names& names, const AnomalyCase& found, std::int64_t& total);

  const World& world_;
  std::map<std::int64_t, Names> charges_;  // by witness
  std::map<std::pair<std::int64_t, std::vector<PromiseId>>, Names> promises_;
  Harmed so_far_;
};

}  // namespace pindah
