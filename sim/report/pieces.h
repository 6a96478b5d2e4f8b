// Inside of report/: the formats, one pair of functions each (a run's piece, the whole file).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/facts.h"

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

// For texts in columns on a terminal: how wide one is, and filled up to a width.
std::size_t width_of(std::string_view text);
std::string padded(std::string text, std::size_t width);

enum class Ink : std::uint8_t { none, good, bad, doubt, faint };
Ink ink_of(const Verdict& verdict);
// The text, in colour where the style has any.
std::string inked(const TerminalStyle& style, Ink ink, const std::string& text);

// One text as a cell or a line of a format.
std::string markdown_text(std::string_view text);
std::string csv_cell(std::string_view text);

// What a shopper who noticed is called by name; empty or zero where nothing is known.
struct Lived {
  std::string persona, home, page, service, step;
  Micros arrived;
};
Lived lived_of(const ReportInput& input, const Noticer& noticer);

}  // namespace pindah
