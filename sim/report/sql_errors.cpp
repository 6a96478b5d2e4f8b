#include "report/sql_errors.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/text.h"

namespace pindah {

std::vector<SqlErrorTold> sql_errors(const ReportInput& input) {
  std::vector<SqlErrorTold> all;
  const auto add = [&](const Record& life, std::int64_t SqlErrorTold::*count) {
    for (const SqlError& error : life.sql_errors) {
      const std::string& call = input.world.calls[static_cast<std::size_t>(error.call)].name;
      const std::string& platform = input.world.platforms[index(error.side)].name;
      auto same = std::find_if(all.begin(), all.end(), [&](const SqlErrorTold& told) {
        return told.call == call && told.platform == platform && told.says == error.says;
      });
      if (same == all.end())
        same = all.insert(all.end(), {call, platform, input.world.place(error.call, error.side),
                                      error.says, 0, 0});
      (*same).*count += error.count;
    }
  };
  add(input.result.rehearsed, &SqlErrorTold::rehearsed);
  add(input.result.control, &SqlErrorTold::control);
  std::stable_sort(all.begin(), all.end(), [](const SqlErrorTold& a, const SqlErrorTold& b) {
    return std::pair(a.rehearsed, a.control) > std::pair(b.rehearsed, b.control);
  });
  return all;
}

std::string sql_error_text(const SqlErrorTold& told) {
  std::string text = fmt::format("{} × {} on {} ({}:{}): {}", grouped(told.rehearsed), told.call,
                                 told.platform, told.place.file, told.place.line, told.says);
  if (told.control > 0) text += fmt::format(" (control: {})", grouped(told.control));
  return text;
}

}  // namespace pindah
