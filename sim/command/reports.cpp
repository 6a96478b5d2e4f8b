#include "command/reports.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "command/write_file.h"
#include "runfile/writer.h"

namespace pindah {

Reports::Reports(const std::vector<std::string>& paths, Problems& problems) {
  for (const std::string& path : paths) {
    const std::optional<ReportFormat> format = report_format(path);
    if (!format) {
      problems.add({"--report", 0, 0}, "`" + path + "` has no suffix of a report",
                   "one of: .json, .xml (JUnit), .md, .html, .csv, .pindah");
      continue;
    }
    files_.emplace_back(path, *format);
    also(*format);
  }
}

void Reports::also(ReportFormat format) {
  if (!wants(format)) kept_.push_back({format, {}});
}

bool Reports::wants(ReportFormat format) const {
  return std::any_of(kept_.begin(), kept_.end(),
                     [format](const Kept& kept) { return kept.format == format; });
}

void Reports::add(const ReportInput& input) {
  ++runs_;
  for (Kept& kept : kept_)
    kept.pieces.push_back(kept.format == ReportFormat::run ? run_piece(input)
                                                           : report_piece(kept.format, input));
}

void Reports::add_error(const std::string& file, const std::string& why) {
  ++runs_;
  for (Kept& kept : kept_) kept.pieces.push_back(error_piece(kept.format, file, why));
}

std::string Reports::text(ReportFormat format, std::optional<std::int64_t> epoch_seconds) const {
  for (const Kept& kept : kept_) {
    if (kept.format == format) return join_pieces(format, kept.pieces, epoch_seconds);
  }
  throw Defect("a report format that was not kept");
}

bool Reports::one_run() const {
  return std::any_of(kept_.begin(), kept_.end(), [](const Kept& kept) {
    return kept.format == ReportFormat::run && kept.pieces.size() == 1 &&
           !kept.pieces.front().empty();
  });
}

std::vector<std::string> Reports::write(std::optional<std::int64_t> epoch_seconds) const {
  std::vector<std::string> failures;
  for (const auto& [path, format] : files_) {
    errno = 0;
    if (format == ReportFormat::run && !one_run()) {
      failures.push_back(fmt::format("{} is not written: a run file holds one finished run", path));
      continue;
    }
    if (write_file(path, text(format, epoch_seconds))) continue;
    failures.push_back(fmt::format("cannot write the report {}: {}", path,
                                   errno != 0 ? std::strerror(errno) : "the write failed"));
  }
  return failures;
}

}  // namespace pindah
