#include "command/limits.h"

#include <fmt/format.h>

#include "base/quantity.h"
#include "command/interrupt.h"
#include "sqlite/memory.h"

namespace pindah {
namespace {

constexpr std::size_t kMiB = 1 << 20;

std::string size_text(std::size_t bytes) {
  const bool whole = bytes % (kMiB << 10) == 0;
  return whole ? fmt::format("{}GiB", bytes >> 30) : fmt::format("{}MiB", bytes / kMiB);
}

}  // namespace

void add_limit_flags(CLI::App& command, LimitFlags& flags) {
  command.add_option("--memory", flags.memory,
                     fmt::format("What the databases may hold together: 500MiB, 4GiB; {} where "
                                 "nothing is said",
                                 size_text(database_memory::kMost)));
  command.add_option("--time-limit", flags.time,
                     "Stop after so much time of the wall clock, with a partial report: 10m");
}

void set_limits(const LimitFlags& flags, Problems& problems) {
  std::size_t most = database_memory::kMost;
  if (!flags.memory.empty()) {
    const auto size = parse_bytes(flags.memory);
    if (!size || *size < static_cast<std::int64_t>(kMiB))
      problems.add({"--memory", 0, 0}, "`" + flags.memory + "` is not a size",
                   "a number from 1MiB on, with its unit: 500MiB, 4GiB");
    else
      most = static_cast<std::size_t>(*size);
  }
  database_memory::limit(most);
  if (flags.time.empty()) return;
  const std::optional<Micros> time = parse_duration(flags.time);
  if (!time || time->us <= 0)
    problems.add({"--time-limit", 0, 0}, "`" + flags.time + "` is not a duration",
                 "a number with its unit: 90s, 20m, 1h30m");
  else
    limit_time(*time);
}

Problem no_memory(const std::string& file) {
  if (database_memory::refused())
    return {{file, 0, 0},
            fmt::format("the databases need more than {} of memory",
                        size_text(database_memory::limit())),
            {},
            "a smaller `scale` needs less; --memory allows more",
            {}};
  return {{file, 0, 0},
          "out of memory",
          {},
          "a smaller `scale` or less `traffic` needs less, and so does --threads 1",
          {}};
}

}  // namespace pindah
