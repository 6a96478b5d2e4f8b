#include "report/summary.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/shell.h"
#include "report/harms.h"
#include "report/plan_words.h"
#include "report/text.h"

namespace pindah {

namespace {

bool is_headline(const LineResult& line) {
  return line.line != nullptr && line.line->budget.metric->id == VerdictMetric::noticed &&
         line.line->budget.arguments.none() && line.line->budget.window == Window::whole &&
         line.line->budget.during == StepId::none && line.line->budget.after == Micros{};
}

bool is_broken(const LineResult& line) {
  return line.line != nullptr && (line.state == LineState::fail || line.state == LineState::stop);
}

std::string doubt_text(const ReportInput& input) {
  const Verdict& verdict = input.result.verdict;
  if (!verdict.mistakes.empty() || !verdict.inconclusive.empty()) return first_doubt(input) + "; ";
  for (const LineResult& line : verdict.lines) {
    if (line.line == nullptr || line.state != LineState::inconclusive) continue;
    return fmt::format("{}: {}; ", line.line->name, line.says);
  }
  return "";
}

}  // namespace

std::string broken_text(const Verdict& verdict) {
  const LineResult* first = nullptr;
  int others = 0;
  for (const LineResult& line : verdict.lines) {
    if (!is_broken(line)) continue;
    if (is_headline(line)) return "";
    if (first == nullptr) {
      first = &line;
    } else {
      ++others;
    }
  }
  if (first == nullptr) return "";
  std::string text = fmt::format("{}: {}", first->line->name, first->says);
  if (others > 0) text += fmt::format(", and {} more", others);
  return text + "; ";
}

std::string noticed_text(std::int64_t noticed, std::int64_t exposed) {
  if (exposed == 0) return "no shopper was exposed to the plan";
  return fmt::format("{} of shoppers noticed ({} of {})", share_text(noticed, exposed),
                     grouped(noticed), grouped(exposed));
}

std::string limit_text(const Verdict& verdict) {
  for (const LineResult& line : verdict.lines)
    if (is_headline(line) && line.line->budget.compare)
      return ", limit " + show(Unit::ppm, line.limit);
  return {};
}

std::string noticed_text(const ReportInput& input) {
  const Comparison& comparison = input.result.comparison;
  const std::string text =
      noticed_text(static_cast<std::int64_t>(comparison.noticers.size()), comparison.exposed);
  return comparison.exposed == 0 ? text : text + limit_text(input.result.verdict);
}

std::string answer(const ReportInput& input) {
  const Verdict& verdict = input.result.verdict;
  std::string before = broken_text(verdict);
  if (verdict.exit_code == 2 || verdict.exit_code == 4) before = doubt_text(input);
  if (verdict.cut != kNever) before = "at " + clock_text(verdict.cut) + ": " + before;
  if (input.result.rehearsed.interrupted || input.result.control.interrupted) {
    before = "at " + clock_text(input.result.rehearsed.ended) + ", a part only: " + before;
  }
  return before + noticed_text(input);
}

std::string way_back_text(const WayBack& back) {
  if (!back.moved) return {};
  if (back.lost == kNever) return "a rollback loses nothing at any time";
  return fmt::format(
      "a rollback loses nothing before {}; after that it loses {} promises ({:.1f} a minute): {}",
      clock_text(back.lost), grouped(back.promises),
      static_cast<double>(back.per_minute_milli) / 1000.0, back.why);
}

std::vector<Cohort> worst_cohorts(const Comparison& comparison, std::int64_t least) {
  std::vector<Cohort> list;
  for (const auto& [name, counts] : comparison.cohorts) {
    const auto& [noticed, exposed] = counts;
    if (noticed > 0 && exposed >= least) list.push_back({name, noticed, exposed});
  }
  std::stable_sort(list.begin(), list.end(), [](const Cohort& a, const Cohort& b) {
    return a.noticed * b.exposed > b.noticed * a.exposed;
  });
  return list;
}

std::string replay_command(const ReportInput& input, const std::string& program) {
  return fmt::format("{} run {} --seed {}{}", program, shell_word(input.scenario.file),
                     input.scenario.seed, input.flags);
}

std::string short_name(const ReportInput& input) {
  std::string name = input.scenario.file;
  if (name.ends_with(".yaml")) name.erase(name.size() - 5);
  return input.name_seed ? fmt::format("{} seed {}", name, input.scenario.seed) : name;
}

}  // namespace pindah
