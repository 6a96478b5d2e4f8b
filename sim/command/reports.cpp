#include "command/reports.h"

#include <fmt/format.h>

#include <algorithm>

#include "command/write_file.h"
#include "report/suffix.h"

namespace pindah {

Reports::Reports(const std::vector<std::string>& paths, Problems& problems,
                 std::span<const ReportFormat> formats) {
  for (const std::string& path : paths) {
    const ReportFormat* format = format_of(formats, path);
    if (format == nullptr) {
      problems.add({"--report", 0, 0}, "`" + path + "` has no suffix of a report",
                   "one of: " + suffixes_of(formats, ", "));
      continue;
    }
    files_.emplace_back(path, *format);
    also(*format);
  }
}

void Reports::check(std::size_t runs, Problems& problems) const {
  for (const auto& [path, format] : files_) {
    if (format.one_run && runs > 1)
      problems.add({"--report", 0, 0},
                   fmt::format("`{}` holds one run, and here are {}", path, runs),
                   "one scenario and one seed, or another format");
    const std::string why = not_writable(path);
    if (!why.empty())
      problems.add({"--report", 0, 0}, fmt::format("cannot write `{}`: {}", path, why));
  }
}

void Reports::also(const ReportFormat& format) {
  if (!wants(format)) kept_.push_back({format, {}});
}

bool Reports::wants(const ReportFormat& format) const {
  return std::any_of(kept_.begin(), kept_.end(),
                     [&](const Kept& kept) { return kept.format == format; });
}

void Reports::add(const ReportInput& input) {
  ++runs_;
  for (Kept& kept : kept_) kept.pieces.push_back(kept.format.piece(input));
}

void Reports::add_error(const std::string& file, const std::string& why) {
  ++runs_;
  for (Kept& kept : kept_) kept.pieces.push_back(error_piece(kept.format, file, why));
}

std::string Reports::text(const ReportFormat& format,
                          std::optional<std::int64_t> epoch_seconds) const {
  for (const Kept& kept : kept_) {
    if (kept.format == format) return join_pieces(format, kept.pieces, epoch_seconds);
  }
  throw Defect("a report format that was not kept");
}

bool Reports::one_run(const ReportFormat& format) const {
  return std::any_of(kept_.begin(), kept_.end(), [&](const Kept& kept) {
    return kept.format == format && kept.pieces.size() == 1 && !kept.pieces.front().empty();
  });
}

std::vector<std::string> Reports::write(std::optional<std::int64_t> epoch_seconds) const {
  std::vector<std::string> failures;
  for (const auto& [path, format] : files_) {
    if (format.one_run && !one_run(format)) {
      failures.push_back(
          fmt::format("{} is not written: {} holds one finished run", path, format.label));
      continue;
    }
    const std::string why = write_file(path, text(format, epoch_seconds));
    if (!why.empty()) failures.push_back(fmt::format("cannot write the report {}: {}", path, why));
  }
  return failures;
}

}  // namespace pindah
