#include "report/pieces.h"

namespace pindah {

std::optional<ReportFormat> report_format(std::string_view path) {
  const auto ends = [path](std::string_view suffix) { return path.ends_with(suffix); };
  if (ends(".json")) return ReportFormat::json;
  if (ends(".xml")) return ReportFormat::junit;
  if (ends(".md")) return ReportFormat::markdown;
  if (ends(".html")) return ReportFormat::html;
  if (ends(".csv")) return ReportFormat::csv;
  if (ends(".pindah")) return ReportFormat::run;
  return {};
}

std::string report_piece(ReportFormat format, const ReportInput& input) {
  switch (format) {
    case ReportFormat::json:
      return json_piece(input);
    case ReportFormat::junit:
      return junit_piece(input);
    case ReportFormat::markdown:
      return markdown_piece(input);
    case ReportFormat::html:
      return html_piece(input);
    case ReportFormat::csv:
      return csv_piece(input);
    case ReportFormat::run:
      break;
  }
  throw Defect("a report format that nobody writes");
}

std::string error_piece(ReportFormat format, const std::string& file, const std::string& why) {
  switch (format) {
    case ReportFormat::json:
      return json_error(file, why);
    case ReportFormat::junit:
      return junit_error(file, why);
    case ReportFormat::markdown:
      return markdown_error(file, why);
    case ReportFormat::html:
      return html_error(file, why);
    case ReportFormat::csv:
    case ReportFormat::run:
      return {};  // rows are shoppers: there are none
  }
  throw Defect("a report format that nobody writes");
}

std::string join_pieces(ReportFormat format, const std::vector<std::string>& pieces,
                        std::optional<std::int64_t> epoch_seconds) {
  switch (format) {
    case ReportFormat::json:
      return json_file(pieces);
    case ReportFormat::junit:
      return junit_file(pieces, epoch_seconds);
    case ReportFormat::markdown:
      return markdown_file(pieces);
    case ReportFormat::html:
      return html_file(pieces);
    case ReportFormat::csv:
      return csv_file(pieces);
    case ReportFormat::run:
      ensure(pieces.size() == 1, "a run file holds one run");
      return pieces.front();
  }
  throw Defect("a report format that nobody writes");
}

}  // namespace pindah
