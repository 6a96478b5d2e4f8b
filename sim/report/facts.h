// What all reports tell of a run, as plain texts and numbers. Texts here are not escaped yet: each
// format does that in its own way.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "report/report.h"

namespace pindah {

// The version of this program.
std::string pindah_version();
// "SQLite 3.40.1 2022-12-28 14:03:47 df5c…": the library that runs, not the header.
std::string sqlite_text();
// 16 hexadecimal digits.
std::string hex_text(std::uint64_t number);
// 66480 as "66 480".
std::string grouped(std::int64_t number);
// A share of a whole as a person reads it: "0.62 %"; of nothing: "none".
std::string share_text(std::int64_t part, std::int64_t whole);

// A duration without the digits that nobody reads: whole milliseconds, from a minute on seconds.
std::string brief_text(Micros duration);

// What a state of a budget line is called, and its mark (never colour alone).
std::string_view word_of(LineState state);
std::string_view mark_of(LineState state);
std::string_view word_of(Difference difference);

// The answer in one sentence, after the verdict's word.
std::string answer(const ReportInput& input);

// "0.05 % of shoppers noticed (2 of 3 927), limit 0.10 %".
std::string noticed_text(const ReportInput& input);

// By count, largest first; equal ones by name.
std::vector<std::pair<std::string, std::int64_t>> ranked(
    const std::map<std::string, std::int64_t>& counts);

// The way back in one sentence; empty: nothing was moved, so that there is nothing to bring back.
std::string way_back_text(const WayBack& back);

// Compliance with the world's checklist. Shares in whole percent: what is met rounded down, what is
// missing up.
struct ComplianceTold {
  std::string answer;                // "87 % of Permendag 31/2023 at the end"
  std::vector<std::string> levels;   // "2024-03-01 04:00 87 %", in order of time
  std::vector<std::string> missing;  // "missing 6 %: the rule (its source)"
  std::string note;                  // what is assumed; may be empty
};
// Nothing: the world has no checklist.
std::optional<ComplianceTold> compliance_told(const ReportInput& input);

// "2024-03-04 00:00": an instant as the scenario's own clock shows it.
std::string date_text(const Scenario& scenario, Micros instant);
std::string date_text(std::int64_t starts_us, Micros utc_offset, Micros instant);

// A group of shoppers and how many of its exposed ones noticed.
struct Cohort {
  std::string name;  // "page checkout"
  std::int64_t noticed = 0;
  std::int64_t exposed = 0;
};
// Groups in which anybody noticed and at least `least` were exposed, the worst share first.
std::vector<Cohort> worst_cohorts(const Comparison& comparison, std::int64_t least);

// One kind of anomaly in the rehearsed life.
struct Harm {
  std::string name;
  std::int64_t units = 0;
  std::string example;  // of the first case
  std::string culprit;
};
// Those that happened, in the world's order.
std::vector<Harm> harms(const ReportInput& input);

// What befell promises and money, whatever a world calls it.
struct Harmed {
  std::int64_t lost_or_doubled = 0;  // promises
  std::int64_t charged_wrongly = 0;  // entries of ledgers: twice, without their promise, off rail
};
Harmed harmed_of(const World& world, const Record& rehearsed);

// One thing that the plan or a surprise did.
struct TimelineEntry {
  Micros at;
  std::string what;                  // "cutover of orders: done in 812ms"
  std::vector<std::string> details;  // "fence +0ms · drain +14ms · …"; none where there are none
  bool bad = false;                  // aborted, skipped, never started
};
// In order of time; steps that never started come last, at kNever.
std::vector<TimelineEntry> timeline(const ReportInput& input);

// Fit to be pasted into a shell: quoted where needed.
std::string shell_word(std::string_view text);
// Whether a text is words as shell_word() writes them, and nothing that a shell would do.
bool is_shell_words(std::string_view text);
// The command that gives this run again.
std::string replay_command(const ReportInput& input, const std::string& program);
// Scenario file without its suffix; with the seed where names carry it.
std::string short_name(const ReportInput& input);

}  // namespace pindah
