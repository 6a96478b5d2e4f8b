// A run file, read back. It may come from anybody: whatever is in it is text for people.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/problem.h"
#include "sqlite/database.h"

namespace pindah {

// A visit of one life, as it was written down.
struct PastPage {
  std::int64_t visit = 0;
  std::string page, outcome, shown;
  std::int64_t intended_us = 0, latency_us = 0, tries = 0;
  bool on_target = false;
};

// A shopper who noticed.
struct PastShopper {
  std::int64_t id = 0, noticed_at_us = 0, visit = 0, slower_us = 0;
  std::string persona, home, page, difference, cause, culprit, harm;
  bool empty_handed = false;
};

struct PastLine {
  std::string name, state, says, expression, where;
  std::int64_t exposure = 0, exposure_needed = 0;
  std::optional<std::int64_t> broke_at_us;
};

// What the plan or a surprise did.
struct PastEvent {
  std::int64_t at_us = 0, count = -1;
  std::string kind, name, service, phase, text;
};

struct PastSeries {
  std::string name, life;
  std::vector<std::pair<std::int64_t, std::int64_t>> points;  // instant in µs, value
};

class RunFile {
 public:
  // Nothing after a report: no such file, no run file, one of another version.
  static std::optional<RunFile> open(const std::string& path, Problems& problems);

  // A fact of table `run`; empty when it is not there.
  std::string fact(const std::string& key) const;
  std::vector<PastLine> budget() const;                                       // in its order
  std::vector<PastEvent> events() const;                                      // in order of time
  std::vector<PastSeries> series() const;                                     // by name and life
  std::map<std::int64_t, PastShopper> shoppers() const;                       // by id
  std::vector<PastPage> pages(std::int64_t shopper, const char* life) const;  // in order of visits

 private:
  explicit RunFile(Database database) : database_(std::move(database)) {}
  Database database_;
};

}  // namespace pindah
