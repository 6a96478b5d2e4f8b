#include <fmt/format.h>

#include <algorithm>

#include "base/shell.h"
#include "report/blame_words.h"
#include "report/compliance.h"
#include "report/harms.h"
#include "report/pieces.h"
#include "report/plan_words.h"
#include "report/sql_errors.h"
#include "report/summary.h"
#include "report/text.h"
#include "report/timeline.h"
#include "report/version.h"

namespace pindah {
namespace {

constexpr std::size_t kWidth = 100;      // of the first line, with the seed at its end
constexpr std::size_t kMostSteps = 16;   // of the timeline
constexpr std::size_t kMostReasons = 5;  // of WHY, and of each other list
constexpr std::size_t kWidestSays = 30;  // of what was measured
constexpr std::size_t kWidestName = 44;  // of a budget line

class Sheet {
 public:
  explicit Sheet(const TerminalStyle& style) : style_(style) {}

  std::string ink(Ink ink, const std::string& text) const { return inked(style_, ink, text); }
  // "WHY   text"; an empty label stands under the one before.
  void line(std::string_view label, const std::string& text) {
    std::string row = fmt::format("{:<6}", label) + text;
    while (!row.empty() && row.back() == ' ') row.pop_back();
    text_ += row + "\n";
  }
  void raw(const std::string& text) { text_ += text + "\n"; }
  const std::string& text() const { return text_; }
  const std::string& program() const { return style_.program; }

 private:
  const TerminalStyle& style_;
  std::string text_;
};

Ink ink_of(LineState state) {
  switch (state) {
    case LineState::pass:
      return Ink::good;
    case LineState::fail:
    case LineState::stop:
      return Ink::bad;
    case LineState::warn:
    case LineState::inconclusive:
      return Ink::doubt;
    case LineState::reported:
    case LineState::not_applicable:
      return Ink::faint;
  }
  return Ink::none;
}

std::string first_line(const ReportInput& input, const Sheet& sheet) {
  const Verdict& verdict = input.result.verdict;
  const std::string word = plain_text(verdict.word);
  const std::string text = plain_text(answer(input));
  const std::string seed = fmt::format("seed {}", input.scenario.seed);
  const std::size_t used = width_of(word) + 2 + width_of(text);
  const std::size_t gap = used + 2 + seed.size() < kWidth ? kWidth - used - seed.size() : 2;
  return sheet.ink(ink_of(verdict), word) + "  " + text + std::string(gap, ' ') +
         sheet.ink(Ink::faint, seed);
}

void limits(const ReportInput& input, Sheet& sheet) {
  std::size_t name_width = 0, says_width = 0, place_width = 4, exposure_width = 0;
  for (const LineResult& line : input.result.verdict.lines) {
    if (line.line == nullptr) continue;
    name_width = std::max(name_width, width_of(plain_text(line.line->name)));
    says_width = std::max(says_width, width_of(plain_text(line.says)));
    place_width = std::max(place_width, width_of(plain_text(line_place(*line.line))));
    exposure_width = std::max(exposure_width, width_of(grouped(line.exposure)));
  }
  name_width = std::min(name_width, kWidestName);
  says_width = std::min(says_width, kWidestSays);
  for (const LineResult& line : input.result.verdict.lines) {
    if (line.line == nullptr) continue;
    std::string row = "  " + sheet.ink(ink_of(line.state), std::string(mark_of(line.state))) + " " +
                      padded(plain_text(line.line->name), name_width) + "  " +
                      padded(plain_text(line.says), says_width) + "  " + "line " +
                      padded(plain_text(line_place(*line.line)), place_width) + " exposure ";
    const bool more = line.from != kNever || !line.where.empty();
    row += more ? padded(grouped(line.exposure), exposure_width) : grouped(line.exposure);
    if (line.control > 0) row += "  control: " + grouped(line.control);
    if (line.from != kNever) row += "  from " + clock_text(line.from);
    if (!line.where.empty()) row += "  " + plain_text(line.where);
    sheet.raw(row);
  }
  for (const std::string& reason : doubts(input)) {
    sheet.raw("  " + sheet.ink(Ink::doubt, "?") + " " + plain_text(reason));
  }
}

void plan(const ReportInput& input, Sheet& sheet) {
  const std::vector<TimelineEntry> entries = timeline(input);
  std::string_view label = "PLAN";
  for (std::size_t i = 0; i < std::min(entries.size(), kMostSteps); ++i) {
    const TimelineEntry& entry = entries[i];
    const std::string when = entry.at == kNever ? "never   " : clock_text(entry.at);
    sheet.line(label,
               when + "  " + sheet.ink(entry.bad ? Ink::bad : Ink::none, plain_text(entry.what)));
    for (const std::string& detail : entry.details) {
      sheet.line("", "          " + sheet.ink(Ink::faint, plain_text(detail)));
    }
    label = "";
  }
  if (entries.size() > kMostSteps) {
    sheet.line("", fmt::format("and {} more: in the reports", entries.size() - kMostSteps));
  }
}

void who(const ReportInput& input, Sheet& sheet) {
  const Comparison& comparison = input.result.comparison;
  sheet.line("WHO", fmt::format("{} noticed → {} annoyed → {} left empty-handed · {} harmed",
                                grouped(static_cast<std::int64_t>(comparison.noticers.size())),
                                grouped(comparison.annoyed), grouped(comparison.empty_handed),
                                grouped(comparison.harmed)));
  const std::vector<Cohort> cohorts = worst_cohorts(comparison, input.scenario.min_exposure);
  if (!cohorts.empty()) {
    const Cohort& worst = cohorts.front();
    sheet.line("", fmt::format("worst: {} {} ({} of {})", plain_text(worst.name),
                               share_text(worst.noticed, worst.exposed), grouped(worst.noticed),
                               grouped(worst.exposed)));
  }
  sheet.line("", fmt::format("{} of {} sessions exposed · spillover {} · failed in both lives {}",
                             grouped(comparison.exposed), grouped(comparison.shoppers),
                             spillover_text(comparison), grouped(comparison.masked)));
}

void ranked_line(std::string_view label, const std::map<std::string, std::int64_t>& counts,
                 Sheet& sheet) {
  const auto list = ranked(counts);
  if (list.empty()) return;
  std::string text;
  for (std::size_t i = 0; i < std::min(list.size(), kMostReasons); ++i) {
    text += fmt::format("{}{} {}", i == 0 ? "" : " · ", grouped(list[i].second),
                        plain_text(list[i].first));
  }
  if (list.size() > kMostReasons) text += fmt::format(" · {} more", list.size() - kMostReasons);
  sheet.line(label, text);
}

void harm(const ReportInput& input, Sheet& sheet) {
  const std::vector<Harm> list = harms(input);
  std::string_view label = "HARM";
  for (std::size_t i = 0; i < std::min(list.size(), kMostReasons); ++i) {
    std::string text = fmt::format("{} {}", grouped(list[i].units), plain_text(list[i].name));
    if (!list[i].example.empty()) text += ": " + plain_text(list[i].example);
    sheet.line(label, text);
    if (!list[i].culprit.empty()) sheet.line("", "  because " + plain_text(list[i].culprit));
    label = "";
  }
  if (list.size() > kMostReasons) {
    sheet.line("", fmt::format("and {} kinds more: in the reports", list.size() - kMostReasons));
  }
}

void sql(const ReportInput& input, Sheet& sheet) {
  const std::vector<SqlErrorTold> list = sql_errors(input);
  for (std::size_t i = 0; i < std::min(list.size(), kMostReasons); ++i)
    sheet.line(i == 0 ? "SQL" : "", plain_text(sql_error_text(list[i])));
  if (list.size() > kMostReasons)
    sheet.line("", fmt::format("and {} more: in the JSON report", list.size() - kMostReasons));
}

void compliance(const ReportInput& input, Sheet& sheet) {
  const std::optional<ComplianceTold> told = compliance_told(input);
  if (!told) return;
  constexpr std::size_t kInALine = 4;
  sheet.line("RULES", plain_text(told->answer));
  const std::size_t first = told->levels.size() - std::min(told->levels.size(), kMostSteps);
  for (std::size_t i = first; i < told->levels.size(); i += kInALine) {
    std::string text;
    for (std::size_t j = i; j < std::min(told->levels.size(), i + kInALine); ++j)
      text += (j == i ? "" : " · ") + told->levels[j];
    sheet.line("", text);
  }
  for (const std::string& missing : told->missing) sheet.line("", plain_text(missing));
  if (!told->note.empty()) sheet.line("", sheet.ink(Ink::faint, plain_text(told->note)));
}

void way_back(const ReportInput& input, Sheet& sheet) {
  const std::string text = way_back_text(input.result.verdict.way_back);
  if (!text.empty()) sheet.line("BACK", plain_text(text));
}

void facts(const ReportInput& input, Sheet& sheet) {
  sheet.line("RUN",
             fmt::format("digest {} (control {}, rehearsed {}) · {} pages",
                         hex_text(input.result.digest), hex_text(input.result.control.digest),
                         hex_text(input.result.rehearsed.digest), grouped(input.result.pages)));
  sheet.line("", sheet.ink(Ink::faint, sqlite_text()));
  sheet.line("", "what the model leaves out: docs/not-modelled.md");
}

void next(const ReportInput& input, Sheet& sheet) {
  const std::string again = plain_text(replay_command(input, sheet.program()));
  if (!input.result.comparison.noticers.empty()) {
    sheet.line("NEXT", again + " --report noticed.csv    # each shopper who noticed");
    sheet.line("", again + " --report run.html");
    return;
  }
  sheet.line("NEXT", plain_text(sheet.program() + " explain " + shell_word(input.scenario.file)));
  sheet.line("", again + " --report run.html");
}

}  // namespace

std::string terminal_answer(const ReportInput& input, const TerminalStyle& style) {
  return first_line(input, Sheet(style)) + "\n";
}

std::string terminal_summary(const ReportInput& input, const TerminalStyle& style) {
  Sheet sheet(style);
  sheet.raw(first_line(input, sheet));
  limits(input, sheet);
  plan(input, sheet);
  who(input, sheet);
  ranked_line("WHY", input.result.verdict.causes, sheet);
  ranked_line("BY", culprit_counts(input), sheet);
  harm(input, sheet);
  sql(input, sheet);
  way_back(input, sheet);
  compliance(input, sheet);
  facts(input, sheet);
  next(input, sheet);
  return sheet.text();
}

}  // namespace pindah
