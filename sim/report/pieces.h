// Inside of report/: the formats, one pair of functions each (a run's piece, the whole file).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/columns.h"
#include "report/lived.h"

namespace pindah {

std::string json_piece(const ReportInput& input);
std::string json_error(const std::string& file, const std::string& why);
std::string json_file(const std::vector<std::string>& pieces);

std::string junit_piece(const ReportInput& input);
std::string junit_error(const std::string& file, const std::string& why);
std::string junit_file(const std::vector<std::string>& pieces,
                       std::optional<std::int64_t> epoch_seconds);

std::string markdown_piece(const ReportInput& input);
std::string markdown_error(const std::string& file, const std::string& why);
std::string markdown_file(const std::vector<std::string>& pieces);

std::string html_piece(const ReportInput& input);
std::string html_error(const std::string& file, const std::string& why);
std::string html_file(const std::vector<std::string>& pieces);

std::string csv_piece(const ReportInput& input);
std::string csv_file(const std::vector<std::string>& pieces);

// One text as a cell or a line of a format.
std::string markdown_text(std::string_view text);
std::string csv_cell(std::string_view text);

}  // namespace pindah
