#include "report/pieces.h"

#include <algorithm>

namespace pindah {
namespace {

template <class List>
std::string name_at(const List& list, std::int64_t number) {
  const auto at = static_cast<std::size_t>(number);
  return number >= 0 && at < list.size() ? list[at].name : std::string();
}

}  // namespace

Lived lived_of(const ReportInput& input, const Noticer& noticer) {
  Lived lived;
  lived.page = name_at(input.world.pages, noticer.page);
  lived.service = name_at(input.world.services, noticer.service);
  lived.step = name_at(input.scenario.plan, noticer.step);
  if (noticer.intent >= input.result.intents.size()) return lived;
  const Intent& intent = input.result.intents[noticer.intent];
  lived.persona = name_at(input.world.personas, intent.persona);
  lived.home = input.world.platforms[index(intent.home)].name;
  lived.arrived = intent.arrives;
  return lived;
}

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

std::string padded(std::string text, std::size_t width) {
  const std::size_t now = width_of(text);
  if (now < width) text.append(width - now, ' ');
  return text;
}

Ink ink_of(const Verdict& verdict) {
  if (verdict.word == "PASS") return Ink::good;
  return verdict.exit_code == 4 ? Ink::doubt : Ink::bad;
}

std::string inked(const TerminalStyle& style, Ink ink, const std::string& text) {
  constexpr const char* kCodes[] = {"", "\x1b[32m", "\x1b[31m", "\x1b[33m", "\x1b[2m"};
  if (!style.color || ink == Ink::none) return text;
  return kCodes[static_cast<std::size_t>(ink)] + text + "\x1b[0m";
}

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
