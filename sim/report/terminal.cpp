#include <fmt/format.h>

#include <algorithm>

#include "report/facts.h"

namespace pindah {
namespace {

constexpr std::size_t kWidth = 100;      // of the first line, with the seed at its end
constexpr std::size_t kMostSteps = 16;   // of the timeline
constexpr std::size_t kMostReasons = 5;  // of WHY, and of each other list
constexpr std::size_t kWidestSays = 30;  // of what was measured
constexpr std::size_t kWidestName = 44;  // of a budget line

enum class Ink { none, good, bad, doubt, faint };

class Sheet {
 public:
  explicit Sheet(const TerminalStyle& style) : style_(style) {}

  std::string ink(Ink ink, const std::string& text) const {
    constexpr const char* kCodes[] = {"", "\x1b[32m", "\x1b[31m", "\x1b[33m", "\x1b[2m"};
    if (!style_.color || ink == Ink::none) return text;
    return kCodes[static_cast<std::size_t>(ink)] + text + "\x1b[0m";
  }
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

std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

std::string padded(std::string text, std::size_t width) {
  const std::size_t now = width_of(text);
  if (now < width) text.append(width - now, ' ');
  return text;
}

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
      return Ink::faint;
  }
  return Ink::none;
}

Ink ink_of(const Verdict& verdict) {
  if (verdict.word == "PASS") return Ink::good;
  return verdict.exit_code == 4 ? Ink::doubt : Ink::bad;
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
  std::size_t name_width = 0, says_width = 0, exposure_width = 0;
  for (const LineResult& line : input.result.verdict.lines) {
    if (line.line == nullptr) continue;
    name_width = std::max(name_width, width_of(plain_text(line.line->name)));
    says_width = std::max(says_width, width_of(plain_text(line.says)));
    exposure_width = std::max(exposure_width, width_of(grouped(line.exposure)));
  }
  name_width = std::min(name_width, kWidestName);
  says_width = std::min(says_width, kWidestSays);
  for (const LineResult& line : input.result.verdict.lines) {
    if (line.line == nullptr) continue;
    std::string row = "  " + sheet.ink(ink_of(line.state), std::string(mark_of(line.state))) + " " +
                      padded(plain_text(line.line->name), name_width) + "  " +
                      padded(plain_text(line.says), says_width) + "  " +
                      fmt::format("line {:<4}", line.line->place.line) + " exposure ";
    const bool more = line.from != kNever || !line.where.empty();
    row += more ? padded(grouped(line.exposure), exposure_width) : grouped(line.exposure);
    if (line.from != kNever) row += "  from " + clock_text(line.from);
    if (!line.where.empty()) row += "  " + plain_text(line.where);
    sheet.raw(row);
  }
  for (const std::string& reason : input.result.verdict.inconclusive) {
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
  sheet.line("WHO", fmt::format("{} noticed > {} annoyed > {} empty-handed · {} harmed",
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
                             grouped(comparison.spillover), grouped(comparison.masked)));
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

// The last samples of each level, and what is missing at the end.
void compliance(const ReportInput& input, Sheet& sheet) {
  const auto& samples = input.result.rehearsed.compliance;
  if (samples.empty()) return;
  const Compliance& rules = *input.world.compliance;
  const auto percent = [](std::int64_t ppm) {
    return fmt::format("{:.0f} %", static_cast<double>(ppm) / 10'000.0);
  };
  sheet.line("RULES", fmt::format("{} of {} at the end", percent(samples.back().total_ppm),
                                  plain_text(rules.title)));
  std::string last;
  std::vector<std::string> series;
  for (const ComplianceSample& sample : samples) {
    const std::string now = percent(sample.total_ppm);
    if (now != last) series.push_back(date_text(input.scenario, sample.at) + " " + now);
    last = now;
  }
  if (series.size() > kMostSteps) series.erase(series.begin(), series.end() - kMostSteps);
  for (std::size_t i = 0; i < series.size(); i += 4) {
    std::string text;
    for (std::size_t j = i; j < std::min(series.size(), i + 4); ++j)
      text += (j == i ? "" : " · ") + series[j];
    sheet.line("", text);
  }
  for (std::size_t r = 0; r < rules.rules.size(); ++r) {
    const ComplianceRule& rule = rules.rules[r];
    const std::int64_t lacks = 1'000'000 - samples.back().met_ppm[r];
    if (lacks == 0) continue;
    sheet.line("", fmt::format("missing {}: {} ({})", percent(lacks * rule.weight / 100),
                               plain_text(rule.name), plain_text(rule.cites)));
  }
  if (!rules.note.empty()) sheet.line("", sheet.ink(Ink::faint, plain_text(rules.note)));
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
  ranked_line("BY", input.result.verdict.culprits, sheet);
  harm(input, sheet);
  way_back(input, sheet);
  compliance(input, sheet);
  facts(input, sheet);
  next(input, sheet);
  return sheet.text();
}

}  // namespace pindah
