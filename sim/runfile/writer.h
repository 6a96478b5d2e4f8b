// Writes a finished run as a run file (docs/run-file.md).
#pragma once

#include <string>

#include "report/report.h"

namespace pindah {

// The image of an SQLite database: the bytes of the file.
std::string run_piece(const ReportInput& input);
// The run file as a format of reports: of one finished run alone.
const ReportFormat& run_file_format();

}  // namespace pindah
