// A run file, read back. It may come from anybody: whatever is in it is text for people.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/problem.h"
#include "runfile/past.h"
#include "sqlite/database.h"

namespace pindah {

class RunFile {
 public:
  // Nothing after a report: no such file, no run file, one of a later version.
  static std::optional<RunFile> open(const std::string& path, Problems& problems);

  // A fact of table `run`; empty when it is not there.
  std::string fact(const std::string& key) const;
  std::vector<PastLine> budget() const;                                 // in its order
  std::vector<PastStep> steps() const;                                  // in the plan's order
  std::vector<PastEvent> events() const;                                // in order of time
  std::vector<PastSeries> series() const;                               // by name and life
  std::map<std::int64_t, PastShopper> shoppers() const;                 // by id
  std::vector<PastHarmed> harmed() const;                               // in order of time
  std::vector<PastHarm> harms() const;                                  // by name
  std::map<std::int64_t, std::vector<std::string>> harm_names() const;  // by shopper
  std::map<std::int64_t, std::int64_t> known() const;  // by shopper: from when on it is known
  std::vector<PastSpilled> spilled() const;            // in order of time
  std::vector<PastPage> pages(std::int64_t shopper, const char* life) const;  // in order of visits

 private:
  RunFile(Database database, std::int64_t version)
      : database_(std::move(database)), version_(version) {}
  Database database_;
  std::int64_t version_;
};

}  // namespace pindah
