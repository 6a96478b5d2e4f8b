// One SELECT after another in a database that is only looked at.
#pragma once

#include <atomic>
#include <string>

#include "base/problem.h"
#include "sqlite/database.h"

namespace pindah {

// Where somebody looks: a connection with the world's functions.
class Looking {
 public:
  // `stop`: a statement that runs ends when it becomes true. Both outlive it.
  Looking(const Database& database, const std::atomic<bool>& stop);
  ~Looking();
  Looking(const Looking&) = delete;
  Looking& operator=(const Looking&) = delete;

  // Every statement of the text, and what they gave: a table each, at most 500 rows of it. `json`:
  // an object of columns for each row, a line each, all of them. Mistakes, among them statements
  // that change something, are told with a line and column of the text; what came before them is
  // in `out` all the same.
  void run(const std::string& sql, bool json, std::string& out, Problems& problems) const;

 private:
  const Database& database_;
  const std::atomic<bool>& stop_;
};

}  // namespace pindah
