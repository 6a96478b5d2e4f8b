#include "report/side_by_side.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "report/pieces.h"
#include "report/summary.h"
#include "report/text.h"
#include "report/timeline.h"
#include "verdict/measure.h"

namespace pindah {
namespace {

struct Column {
  const char* name;
  bool is_number;  // set flush right
};
constexpr std::array<Column, 11> kColumns = {{{"scenario", false},
                                              {"verdict", false},
                                              {"noticed", true},
                                              {"worst cohort", false},
                                              {"empty-handed", true},
                                              {"longest outage", true},
                                              {"p99", true},
                                              {"x control", true},
                                              {"two systems", true},
                                              {"rows carried", true},
                                              {"no return", true}}};

std::int64_t measured(const ReportInput& input, const Measures& measures, VerdictMetric metric,
                      WhichLife life) {
  Budget budget;
  budget.metric = &row_of(metric);
  const Micros until =
      metric == VerdictMetric::p99 ? input.scenario.length : kNever;  // audits are no load
  return measures.measure(budget, life, {{Micros{}, until}}).front().value;
}

std::string worst_cohort(const ReportInput& input) {
  const auto cohorts = worst_cohorts(input.result.comparison, input.scenario.min_exposure);
  if (cohorts.empty()) return "none";
  const Cohort& worst = cohorts.front();
  return fmt::format("{} {}", worst.name, share_text(worst.noticed, worst.exposed));
}

// A plan that retires nothing keeps both to the end.
std::string two_systems(const Timeline& timeline, std::int64_t us) {
  if (timeline.first_step() == kNever) return "none";
  return brief_text({us}) + (timeline.retired() == kNever ? "+" : "");
}

std::string no_return(const WayBack& back) {
  return back.lost == kNever ? "never" : clock_text(back.lost);
}

std::string aligned(const std::string& text, std::size_t width, bool right) {
  if (!right) return padded(text, width);
  return std::string(width - std::min(width, width_of(text)), ' ') + text;
}

}  // namespace

SideBySideRow side_by_side_row(const ReportInput& input) {
  const RehearsalResult& result = input.result;
  const Timeline timeline(input.scenario, result.rehearsed.plan);
  const Measures measures({input.world, result.intents, result.comparison, result.control,
                           result.rehearsed, timeline, kNever});
  const auto life = [&](VerdictMetric metric, WhichLife which) {
    return measured(input, measures, metric, which);
  };
  const std::int64_t p99 = life(VerdictMetric::p99, WhichLife::rehearsed);
  const std::int64_t control = life(VerdictMetric::p99, WhichLife::control);
  const auto noticed = static_cast<std::int64_t>(result.comparison.noticers.size());
  return {
      ink_of(result.verdict),
      {short_name(input), result.verdict.word,
       fmt::format("{} ({})", share_text(noticed, result.comparison.exposed), grouped(noticed)),
       worst_cohort(input), grouped(result.comparison.empty_handed),
       brief_text({life(VerdictMetric::longest_outage, WhichLife::rehearsed)}), brief_text({p99}),
       control == 0
           ? std::string("none")
           : fmt::format("{:.2f}", static_cast<double>(p99) / static_cast<double>(control)),
       two_systems(timeline, life(VerdictMetric::two_systems, WhichLife::rehearsed)),
       grouped(result.rehearsed.rows_carried), no_return(result.verdict.way_back)}};
}

SideBySideRow side_by_side_gap(const std::string& file, const std::string& word) {
  SideBySideRow row{Ink::bad, {file, word}};
  row.cells.resize(kColumns.size());
  return row;
}

std::string side_by_side_text(const std::vector<SideBySideRow>& rows, const TerminalStyle& style) {
  std::array<std::size_t, kColumns.size()> widths{};
  for (std::size_t c = 0; c < kColumns.size(); ++c) {
    widths[c] = width_of(kColumns[c].name);
    for (const SideBySideRow& row : rows)
      widths[c] = std::max(widths[c], width_of(plain_text(row.cells[c])));
  }
  std::string text;
  const auto line = [&](const auto& cell, const auto& ink) {
    std::string row;
    for (std::size_t c = 0; c < kColumns.size(); ++c)
      row += (c == 0 ? "" : "  ") + ink(c, aligned(cell(c), widths[c], kColumns[c].is_number));
    while (row.ends_with(' ')) row.pop_back();
    text += row + "\n";
  };
  const auto plain = [](std::size_t, std::string cell) { return cell; };
  line([](std::size_t c) { return std::string(kColumns[c].name); }, plain);
  for (const SideBySideRow& row : rows)
    line([&](std::size_t c) { return plain_text(row.cells[c]); },
         [&](std::size_t c, const std::string& cell) {
           return c == 1 ? inked(style, row.ink, cell) : cell;
         });
  return text;
}

std::string side_by_side_markdown(const std::vector<SideBySideRow>& rows) {
  std::string text = "|", rule = "|";
  for (const Column& column : kColumns) {
    text += fmt::format(" {} |", column.name);
    rule += column.is_number ? "-:|" : "-|";
  }
  text += "\n" + rule + "\n";
  for (const SideBySideRow& row : rows) {
    text += "|";
    for (const std::string& cell : row.cells) text += fmt::format(" {} |", markdown_text(cell));
    text += "\n";
  }
  return text;
}

std::string side_by_side_csv(const std::vector<SideBySideRow>& rows) {
  std::string text;
  for (std::size_t c = 0; c < kColumns.size(); ++c)
    text += (c == 0 ? "" : ",") + std::string(kColumns[c].name);
  text += "\r\n";
  for (const SideBySideRow& row : rows) {
    for (std::size_t c = 0; c < row.cells.size(); ++c)
      text += (c == 0 ? "" : ",") + csv_cell(row.cells[c]);
    text += "\r\n";
  }
  return text;
}

std::span<const TableFormat> table_formats() {
  static constexpr std::array kFormats = std::to_array<TableFormat>(
      {{".md", "", side_by_side_markdown}, {".csv", "", side_by_side_csv}});
  return kFormats;
}

}  // namespace pindah
