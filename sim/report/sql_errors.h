// What the databases said against calls, told once for both lives.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "report/report.h"

namespace pindah {

struct SqlErrorTold {
  std::string call;                         // "loans.place"
  std::string platform;                     // where it ran
  Place place;                              // of its SQL
  std::string says;                         // the database's own words
  std::int64_t rehearsed = 0, control = 0;  // pages, messages and turns of jobs that failed by it
};
// The most frequent of the rehearsed life first, then those of the control.
std::vector<SqlErrorTold> sql_errors(const ReportInput& input);
// "800 × loans.place on Pustaka (place.sql:3): no such table: loan (control: 2)"
std::string sql_error_text(const SqlErrorTold& told);

}  // namespace pindah
