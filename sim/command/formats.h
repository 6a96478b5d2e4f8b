// The formats that `--report` writes.
#pragma once

#include <span>

#include "report/report.h"

namespace pindah {

// Those of reports, and the run file.
std::span<const ReportFormat> all_formats();

}  // namespace pindah
