#include <fmt/format.h>

#include <algorithm>

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

constexpr std::size_t kMostRows = 20;  // of each table

// A fence longer than any in the text.
std::string code(std::string_view text) {
  std::string fence = "```";
  while (text.find(fence) != std::string_view::npos) fence += '`';
  return fence + "\n" + std::string(text) + "\n" + fence + "\n";
}

std::string budget_table(const Verdict& verdict) {
  std::string text = "| | limit | measured | exposure | first | where |\n|-|-|-|-|-|-|\n";
  for (const LineResult& line : verdict.lines) {
    if (line.line == nullptr) continue;
    text += fmt::format("| {} {} | {} (line {}) | {} | {} | {} | {} |\n", mark_of(line.state),
                        word_of(line.state), markdown_text(line.line->name),
                        markdown_text(line_place(*line.line)), markdown_text(line.says),
                        grouped(line.exposure), line.from == kNever ? "" : clock_text(line.from),
                        markdown_text(line.where));
  }
  return text + "\n";
}

std::string counts_text(std::string_view label, const std::map<std::string, std::int64_t>& counts) {
  const auto list = ranked(counts);
  if (list.empty()) return {};
  std::string text = fmt::format("**{}:** ", label);
  for (std::size_t i = 0; i < std::min(list.size(), kMostRows); ++i) {
    text += fmt::format("{}{} {}", i == 0 ? "" : ", ", grouped(list[i].second),
                        markdown_text(list[i].first));
  }
  return text + "\n\n";
}

std::string who_text(const ReportInput& input) {
  const Comparison& comparison = input.result.comparison;
  std::string text = fmt::format(
      "**Who:** {} noticed, {} annoyed, {} empty-handed, {} harmed; {} of {} sessions exposed; "
      "spillover {}; failed in both lives {}\n\n",
      grouped(static_cast<std::int64_t>(comparison.noticers.size())), grouped(comparison.annoyed),
      grouped(comparison.empty_handed), grouped(comparison.harmed), grouped(comparison.exposed),
      grouped(comparison.shoppers), spillover_text(comparison), grouped(comparison.masked));
  const std::vector<Cohort> cohorts = worst_cohorts(comparison, input.scenario.min_exposure);
  if (cohorts.empty()) return text;
  text += "| cohort | noticed | of |\n|-|-|-|\n";
  for (std::size_t i = 0; i < std::min(cohorts.size(), kMostRows); ++i) {
    const Cohort& cohort = cohorts[i];
    text +=
        fmt::format("| {} | {} ({}) | {} |\n", markdown_text(cohort.name), grouped(cohort.noticed),
                    share_text(cohort.noticed, cohort.exposed), grouped(cohort.exposed));
  }
  return text + "\n";
}

std::string harm_text(const ReportInput& input) {
  std::string text;
  for (const Harm& harm : harms(input)) {
    text +=
        fmt::format("- {} {}: {} {}\n", grouped(harm.units), markdown_text(harm.name),
                    markdown_text(harm.example),
                    harm.culprit.empty() ? "" : "(because " + markdown_text(harm.culprit) + ")");
  }
  return text.empty() ? text : "**Harm:**\n\n" + text + "\n";
}

std::string sql_text(const ReportInput& input) {
  std::string text;
  for (const SqlErrorTold& told : sql_errors(input))
    text += "- " + markdown_text(sql_error_text(told)) + "\n";
  return text.empty() ? text : "**Errors of SQL:**\n\n" + text + "\n";
}

std::string compliance_text(const ReportInput& input) {
  const std::optional<ComplianceTold> told = compliance_told(input);
  if (!told) return {};
  std::string text = fmt::format("**Rules:** {}\n\n", markdown_text(told->answer));
  for (const std::string& level : told->levels) text += "- " + markdown_text(level) + "\n";
  for (const std::string& missing : told->missing) text += "- " + markdown_text(missing) + "\n";
  return text + (told->note.empty() ? "" : "\n" + markdown_text(told->note) + "\n") + "\n";
}

std::string timeline_text(const ReportInput& input) {
  std::string text = "| at | what the plan did |\n|-|-|\n";
  for (const TimelineEntry& entry : timeline(input)) {
    text += fmt::format("| {} | {}", entry.at == kNever ? "never" : clock_text(entry.at),
                        markdown_text(entry.what));
    for (const std::string& detail : entry.details) text += "<br>" + markdown_text(detail);
    text += " |\n";
  }
  return text + "\n";
}

}  // namespace

// Everything that Markdown or HTML would act upon, links, mentions and issue numbers too.
std::string markdown_text(std::string_view text) {
  std::string out;
  for (char c : plain_text(text)) {
    if (std::string_view("\\`*_{}[]()#+-.!|~").find(c) != std::string_view::npos) {
      out += '\\';
      out += c;
    } else if (std::string_view("<>&\"'@:").find(c) != std::string_view::npos) {
      out += fmt::format("&#{};", static_cast<int>(c));
    } else {
      out += c;
    }
  }
  return out;
}

std::string markdown_piece(const ReportInput& input) {
  const Verdict& verdict = input.result.verdict;
  std::string text =
      fmt::format("## {}: {}\n\n", markdown_text(verdict.word), markdown_text(answer(input)));
  text += fmt::format("{} ({})\n\n", markdown_text(input.scenario.title),
                      markdown_text(input.scenario.file));
  text += budget_table(verdict);
  for (const std::string& reason : doubts(input)) {
    text += "- inconclusive: " + markdown_text(reason) + "\n";
  }
  if (!verdict.inconclusive.empty()) text += "\n";
  const std::string back = way_back_text(verdict.way_back);
  text += who_text(input) + counts_text("Why", verdict.causes) +
          counts_text("By", culprit_counts(input)) + harm_text(input) + sql_text(input) +
          (back.empty() ? "" : "**Back:** " + markdown_text(back) + "\n\n") +
          compliance_text(input) + timeline_text(input);
  text += fmt::format("Seed {}, digest {} (control {}, rehearsed {}), {}.\n", input.scenario.seed,
                      hex_text(input.result.digest), hex_text(input.result.control.digest),
                      hex_text(input.result.rehearsed.digest), markdown_text(sqlite_text()));
  text += "What the model leaves out: docs/not-modelled.md\n\n";
  return text + code(plain_text(replay_command(input, "pindah"))) + "\n";
}

std::string markdown_error(const std::string& file, const std::string& why) {
  return fmt::format("## ERROR: {} could not run\n\n", markdown_text(file)) + code(why) + "\n";
}

std::string markdown_file(const std::vector<std::string>& pieces) {
  std::string text;
  for (const std::string& piece : pieces) text += piece;
  return text;
}

}  // namespace pindah
