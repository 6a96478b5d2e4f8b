#include <fmt/format.h>

#include "report/pieces.h"
#include "report/text.h"

namespace pindah {
namespace {

std::string yes(bool is) { return is ? "yes" : "no"; }

std::string row(const ReportInput& input, const Noticer& noticer) {
  const Lived lived = lived_of(input, noticer);
  return fmt::format(
      "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\r\n", csv_cell(input.scenario.file),
      input.scenario.seed, noticer.intent, csv_cell(lived.persona), csv_cell(lived.home),
      clock_text(lived.arrived, true), clock_text(noticer.at, true), csv_cell(lived.page),
      noticer.visit, word_of(noticer.difference), csv_cell(lived.service), noticer.slower_us,
      csv_cell(lived.step), csv_cell(lived.phase), csv_cell(noticer.cause), csv_cell(lived.culprit),
      yes(noticer.annoyed), yes(noticer.empty_handed), yes(noticer.harmed));
}

}  // namespace

// RFC 4180. A text that a spreadsheet would run as a formula gets an apostrophe.
std::string csv_cell(std::string_view raw) {
  std::string text = plain_text(raw);
  if (!text.empty() && std::string_view("=+-@").find(text.front()) != std::string_view::npos) {
    text.insert(text.begin(), '\'');
  }
  if (text.find_first_of(",\"") == std::string::npos) return text;
  std::string quoted = "\"";
  for (char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string csv_piece(const ReportInput& input) {
  std::string text;
  for (const Noticer& noticer : input.result.comparison.noticers) text += row(input, noticer);
  return text;
}

std::string csv_file(const std::vector<std::string>& pieces) {
  std::string text =
      "scenario,seed,shopper,persona,home,arrived,noticed_at,page,visit,difference,service,"
      "slower_us,step,phase,cause,culprit,annoyed,empty_handed,harmed\r\n";
  for (const std::string& piece : pieces) text += piece;
  return text;
}

}  // namespace pindah
