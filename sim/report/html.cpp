#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "report/blame_words.h"
#include "report/compliance.h"
#include "report/harms.h"
#include "report/pieces.h"
#include "report/plan_words.h"
#include "report/summary.h"
#include "report/text.h"
#include "report/timeline.h"
#include "report/version.h"

namespace pindah {
namespace {

constexpr std::size_t kMostInTable = 200;  // of the table of shoppers; the CSV report has all
constexpr std::size_t kBars = 120;         // of the strip that shows when shoppers noticed

std::string safe(std::string_view text) {
  std::string out;
  for (char c : plain_text(text)) {
    if (std::string_view("<>&\"'`=").find(c) != std::string_view::npos) {
      out += fmt::format("&#{};", static_cast<int>(c));
    } else {
      out += c;
    }
  }
  return out;
}

// A row of cells; `tag` is td or th. The cells are escaped already.
std::string row(std::string_view tag, const std::vector<std::string>& cells) {
  std::string text = "<tr>";
  for (const std::string& cell : cells) text += fmt::format("<{0}>{1}</{0}>", tag, cell);
  return text + "</tr>\n";
}

std::string lines_table(const ReportInput& input) {
  const Verdict& verdict = input.result.verdict;
  std::string text =
      "<table>\n" + row("th", {"", "limit", "line", "measured", "exposure", "first", "where"});
  for (const LineResult& line : verdict.lines) {
    if (line.line == nullptr) continue;
    text +=
        row("td",
            {fmt::format("<b class=\"{0}\">{1} {0}</b>", word_of(line.state), mark_of(line.state)),
             safe(line.line->name), safe(line_place(*line.line)), safe(line.says),
             grouped(line.exposure), line.from == kNever ? "" : clock_text(line.from),
             safe(line.where)});
  }
  for (const std::string& reason : doubts(input)) {
    text += row("td",
                {"<b class=\"inconclusive\">? inconclusive</b>", safe(reason), "", "", "", "", ""});
  }
  return text + "</table>\n";
}

// When shoppers noticed, over the length of the run.
std::string strip(const ReportInput& input) {
  const std::vector<Noticer>& noticers = input.result.comparison.noticers;
  const std::int64_t length = std::max<std::int64_t>(input.result.rehearsed.ended.us, 1);
  if (noticers.empty()) return {};
  std::array<std::int64_t, kBars> bars{};
  for (const Noticer& noticer : noticers) {
    const std::int64_t part = noticer.at.us / ((length + static_cast<std::int64_t>(kBars)) /
                                               static_cast<std::int64_t>(kBars));
    bars[static_cast<std::size_t>(std::clamp<std::int64_t>(part, 0, kBars - 1))] += 1;
  }
  const std::int64_t most = *std::max_element(bars.begin(), bars.end());
  std::string text = fmt::format(
      "<svg viewBox=\"0 0 {} 60\" role=\"img\" aria-label=\"shoppers who noticed, by time\">",
      kBars * 8);
  for (std::size_t i = 0; i < kBars; ++i) {
    if (bars[i] == 0) continue;
    const std::int64_t height = std::max<std::int64_t>(2, bars[i] * 60 / most);
    text +=
        fmt::format("<rect x=\"{}\" y=\"{}\" width=\"7\" height=\"{}\"><title>{}</title></rect>",
                    i * 8, 60 - height, height, grouped(bars[i]));
  }
  return text + fmt::format("</svg>\n<p class=\"axis\">00:00:00 to {}, at most {} a bar</p>\n",
                            clock_text(input.result.rehearsed.ended), grouped(most));
}

std::string timeline_table(const ReportInput& input) {
  std::string text = "<table>\n" + row("th", {"at", "what the plan did"});
  for (const TimelineEntry& entry : timeline(input)) {
    std::string what = safe(entry.what);
    if (entry.bad) what = "<b class=\"fail\">" + what + "</b>";
    for (const std::string& detail : entry.details)
      what += "<br><small>" + safe(detail) + "</small>";
    text += row("td", {entry.at == kNever ? "never" : clock_text(entry.at), what});
  }
  return text + "</table>\n";
}

std::string counts_table(std::string_view title,
                         const std::map<std::string, std::int64_t>& counts) {
  if (counts.empty()) return {};
  std::string text = fmt::format("<h3>{}</h3>\n<table>\n", title);
  for (const auto& [name, count] : ranked(counts)) text += row("td", {grouped(count), safe(name)});
  return text + "</table>\n";
}

std::string who_part(const ReportInput& input) {
  const Comparison& comparison = input.result.comparison;
  std::string text = fmt::format(
      "<h3>Who</h3>\n<p>{} noticed, {} annoyed, {} empty-handed, {} harmed; {} of {} sessions "
      "exposed; spillover {}; failed in both lives {}</p>\n",
      grouped(static_cast<std::int64_t>(comparison.noticers.size())), grouped(comparison.annoyed),
      grouped(comparison.empty_handed), grouped(comparison.harmed), grouped(comparison.exposed),
      grouped(comparison.shoppers), spillover_text(comparison), grouped(comparison.masked));
  text += strip(input);
  const std::vector<Cohort> cohorts = worst_cohorts(comparison, input.scenario.min_exposure);
  if (cohorts.empty()) return text;
  text += "<table>\n" + row("th", {"cohort", "noticed", "share", "exposed"});
  for (const Cohort& cohort : cohorts) {
    text += row("td", {safe(cohort.name), grouped(cohort.noticed),
                       share_text(cohort.noticed, cohort.exposed), grouped(cohort.exposed)});
  }
  return text + "</table>\n";
}

std::string harm_part(const ReportInput& input) {
  const std::vector<Harm> list = harms(input);
  if (list.empty()) return {};
  std::string text = "<h3>Harm</h3>\n<table>\n" + row("th", {"", "what", "example", "because"});
  for (const Harm& harm : list) {
    text +=
        row("td", {grouped(harm.units), safe(harm.name), safe(harm.example), safe(harm.culprit)});
  }
  return text + "</table>\n";
}

std::string way_back_part(const Verdict& verdict) {
  const std::string text = way_back_text(verdict.way_back);
  return text.empty() ? "" : "<h3>Back</h3>\n<p>" + safe(text) + "</p>\n";
}

std::string compliance_part(const ReportInput& input) {
  const std::optional<ComplianceTold> told = compliance_told(input);
  if (!told) return {};
  std::string text = "<h3>Rules</h3>\n<p>" + safe(told->answer) + " <small>" + safe(told->note) +
                     "</small></p>\n<table>\n";
  for (const std::string& level : told->levels) text += row("td", {safe(level)});
  for (const std::string& missing : told->missing) text += row("td", {safe(missing)});
  return text + "</table>\n";
}

std::string shoppers_table(const ReportInput& input) {
  const std::vector<Noticer>& noticers = input.result.comparison.noticers;
  if (noticers.empty()) return {};
  std::string text =
      fmt::format("<details><summary>The first {} of {} shoppers who noticed</summary>\n<table>\n",
                  std::min(noticers.size(), kMostInTable), noticers.size()) +
      row("th", {"shopper", "persona", "home", "at", "page", "difference", "cause", "culprit"});
  for (std::size_t i = 0; i < std::min(noticers.size(), kMostInTable); ++i) {
    const Noticer& noticer = noticers[i];
    const Lived lived = lived_of(input, noticer);
    text += row(
        "td", {fmt::format("{}", noticer.intent), safe(lived.persona), safe(lived.home),
               clock_text(noticer.at, true), safe(lived.page),
               std::string(word_of(noticer.difference)), safe(noticer.cause), safe(lived.culprit)});
  }
  return text + "</table></details>\n";
}

// Nothing is loaded and nothing runs: the policy says so to the browser as well.
constexpr std::string_view kHead = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Pindah</title>
<style>
:root { color-scheme: light dark; --line: #8884; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
section { border-top: 3px solid var(--line); margin-top: 2rem; overflow-x: auto; }
table { border-collapse: collapse; margin: .5rem 0 1rem; }
th, td { text-align: left; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid var(--line);
  vertical-align: top; }
small, .axis, footer { opacity: .75; }
.pass { color: #009e73; } .fail, .stop { color: #d55e00; } .warn, .inconclusive { color: #b58900; }
svg { width: 100%; height: 60px; background: #8881; } rect { fill: #d55e00; }
pre { background: #8881; padding: .6rem; overflow-x: auto; }
</style>
</head>
<body>
<h1>Pindah: who noticed</h1>
)";

}  // namespace

std::string html_piece(const ReportInput& input) {
  const Verdict& verdict = input.result.verdict;
  const Ink ink = ink_of(verdict);
  const std::string_view shade = ink == Ink::good    ? "pass"
                                 : ink == Ink::doubt ? "inconclusive"
                                                     : "fail";
  std::string text = fmt::format("<section>\n<h2><span class=\"{}\">{}</span> {}</h2>\n", shade,
                                 safe(verdict.word), safe(answer(input)));
  text += fmt::format("<p>{} <small>{}</small></p>\n", safe(input.scenario.title),
                      safe(input.scenario.file));
  text += lines_table(input) + who_part(input) + counts_table("Why", verdict.causes) +
          counts_table("By", culprit_counts(input)) + harm_part(input) + way_back_part(verdict) +
          compliance_part(input) + "<h3>Plan</h3>\n" + timeline_table(input) +
          shoppers_table(input);
  text += fmt::format(
      "<footer>Seed {}, digest {} (control {}, rehearsed {}), {} pages, {}.<br>What the model "
      "leaves out: docs/not-modelled.md</footer>\n<pre>{}</pre>\n</section>\n",
      input.scenario.seed, hex_text(input.result.digest), hex_text(input.result.control.digest),
      hex_text(input.result.rehearsed.digest), grouped(input.result.pages), safe(sqlite_text()),
      safe(replay_command(input, "pindah")));
  return text;
}

std::string html_error(const std::string& file, const std::string& why) {
  std::string text = fmt::format(
      "<section>\n<h2><span class=\"fail\">ERROR</span> {} could not run</h2>\n<pre>", safe(file));
  std::size_t from = 0;
  while (from < why.size()) {
    const std::size_t end = std::min(why.find('\n', from), why.size());
    text += safe(std::string_view(why).substr(from, end - from)) + "\n";
    from = end + 1;
  }
  return text + "</pre>\n</section>\n";
}

std::string html_file(const std::vector<std::string>& pieces) {
  std::string text(kHead);
  for (const std::string& piece : pieces) text += piece;
  return text + "</body>\n</html>\n";
}

}  // namespace pindah
