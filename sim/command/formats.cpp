#include "command/formats.h"

#include "runfile/writer.h"

namespace pindah {

std::span<const ReportFormat> all_formats() {
  static const std::vector<ReportFormat> kAll = [] {
    std::vector<ReportFormat> all(report_formats().begin(), report_formats().end());
    all.push_back(run_file_format());
    return all;
  }();
  return kAll;
}

}  // namespace pindah
