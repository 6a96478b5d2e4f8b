#include <array>

#include "report/pieces.h"
#include "report/suffix.h"

namespace pindah {
namespace {

using Pieces = std::vector<std::string>;
using Epoch = std::optional<std::int64_t>;

constexpr std::array kFormats = std::to_array<ReportFormat>({
    {".json", "", json_piece, json_error, [](const Pieces& all, Epoch) { return json_file(all); }},
    {".xml", "JUnit", junit_piece, junit_error, junit_file},
    {".md", "", markdown_piece, markdown_error,
     [](const Pieces& all, Epoch) { return markdown_file(all); }},
    {".html", "", html_piece, html_error, [](const Pieces& all, Epoch) { return html_file(all); }},
    {".csv", "", csv_piece, nullptr, [](const Pieces& all, Epoch) { return csv_file(all); }},
});

const ReportFormat& of_suffix(std::string_view suffix) {
  const ReportFormat* format = format_of(report_formats(), suffix);
  ensure(format != nullptr, "a report format that is not there");
  return *format;
}

}  // namespace

std::span<const ReportFormat> report_formats() { return kFormats; }
const ReportFormat& json_format() { return of_suffix(".json"); }
const ReportFormat& markdown_format() { return of_suffix(".md"); }

std::string error_piece(const ReportFormat& format, const std::string& file,
                        const std::string& why) {
  return format.error != nullptr ? format.error(file, why) : std::string();
}

std::string join_pieces(const ReportFormat& format, const Pieces& pieces, Epoch epoch_seconds) {
  return format.join(pieces, epoch_seconds);
}

}  // namespace pindah
