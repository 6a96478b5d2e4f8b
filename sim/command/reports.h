// The report files of one call of `run`: each takes in every run, and is written at the end.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "command/formats.h"

namespace pindah {

class Reports {
 public:
  // Keeps pieces for these files; a suffix that names no format is a problem.
  Reports(const std::vector<std::string>& paths, Problems& problems,
          std::span<const ReportFormat> formats = all_formats());
  // What can be known before anything runs: a place where nothing can be written, a format that
  // holds one run where there are to be several.
  void check(std::size_t runs, Problems& problems) const;
  // Also keeps pieces of a format for somebody else than a file.
  void also(const ReportFormat& format);

  bool wants(const ReportFormat& format) const;

  void add(const ReportInput& input);
  void add_error(const std::string& file, const std::string& why);
  bool any() const { return runs_ > 0; }
  std::string text(const ReportFormat& format,
                   std::optional<std::int64_t> epoch_seconds = {}) const;
  // Writes every file. Gives a sentence for each that could not be written.
  std::vector<std::string> write(std::optional<std::int64_t> epoch_seconds) const;

 private:
  struct Kept {
    ReportFormat format;
    std::vector<std::string> pieces;
  };
  bool one_run(const ReportFormat& format) const;
  std::vector<std::pair<std::string, ReportFormat>> files_;
  std::vector<Kept> kept_;
  int runs_ = 0;
};

}  // namespace pindah
