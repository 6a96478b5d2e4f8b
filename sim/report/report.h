// A finished rehearsal as text for people and for machines. All are peers; none looks at another.
// Texts from scenarios and worlds are a stranger's: every format escapes them in its own way.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "rehearsal/rehearsal.h"

namespace pindah {

// What a report is made of. Everything outlives the call.
struct ReportInput {
  const Scenario& scenario;
  const World& world;
  const RehearsalResult& result;
  // Several seeds of one scenario stand in one report: names carry the seed, so that they stay
  // unique.
  bool name_seed = false;
  // Flags of the command line that changed the scenario (" --until 20m"), fit for a shell: part of
  // every command that gives this run again.
  std::string flags = {};
};

struct TerminalStyle {
  bool color = false;
  std::string program = "pindah";  // how NEXT calls it
};
// The end of a run on a terminal: the answer, limits, who, why, next.
std::string terminal_summary(const ReportInput& input, const TerminalStyle& style);
// The first line of it alone.
std::string terminal_answer(const ReportInput& input, const TerminalStyle& style);

// The formats of files. One file may hold several runs (several scenarios, several seeds); each is
// turned into a piece at once, so that no result needs to be kept.
// run: an SQLite database of one run alone, which runfile/ writes: it has no piece here.
enum class ReportFormat : std::uint8_t { json, junit, markdown, html, csv, run };
// By suffix: .json .xml .md .html .csv .pindah. Nothing: none of these.
std::optional<ReportFormat> report_format(std::string_view path);
std::string report_piece(ReportFormat format, const ReportInput& input);
// The piece of a scenario that could not run, and why.
std::string error_piece(ReportFormat format, const std::string& file, const std::string& why);
// The whole file. `epoch_seconds`: JUnit's timestamp (SOURCE_DATE_EPOCH); without it there is none,
// so that the same run gives the same bytes.
std::string join_pieces(ReportFormat format, const std::vector<std::string>& pieces,
                        std::optional<std::int64_t> epoch_seconds = {});

// GitHub Actions commands: one for each line over budget, each reason why nothing can be said, each
// problem of a file.
std::vector<std::string> github_commands(const ReportInput& input);
std::vector<std::string> github_commands(const Problems& problems);
// At most nine of them and "N more", each on a line.
std::string github_annotations(const std::vector<std::string>& commands);

// Text from files on one line, safe for a terminal and for every format: what base's printable()
// escapes, and also bytes that are no UTF-8, marks that hide text, and what XML forbids.
std::string plain_text(std::string_view text);

}  // namespace pindah
