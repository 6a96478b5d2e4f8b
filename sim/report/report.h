// A finished rehearsal as text for people and for machines. All are peers; none looks at another.
// Texts from scenarios and worlds are a stranger's: every format escapes them in its own way.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
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

// A format of files: a row, which `--report`, its help and its mistakes walk. One file may hold
// several runs (several scenarios, several seeds); each is turned into a piece at once, so that no
// result needs to be kept. A new format is its functions and a row in formats.cpp.
struct ReportFormat {
  std::string_view suffix;  // ".xml": chooses the format
  std::string_view label;   // what the suffix does not say: "JUnit"; may be empty
  std::string (*piece)(const ReportInput&) = nullptr;
  // Of a scenario that could not run, and why. Null: that leaves no piece.
  std::string (*error)(const std::string& file, const std::string& why) = nullptr;
  // The whole file. `epoch_seconds`: JUnit's timestamp (SOURCE_DATE_EPOCH); without it there is
  // none, so that the same run gives the same bytes.
  std::string (*join)(const std::vector<std::string>& pieces,
                      std::optional<std::int64_t> epoch_seconds) = nullptr;
  bool one_run = false;  // a file holds one finished run

  friend bool operator==(const ReportFormat& a, const ReportFormat& b) {
    return a.suffix == b.suffix;
  }
};
// Those of texts. The run file is a format of runfile/.
std::span<const ReportFormat> report_formats();
const ReportFormat& json_format();
const ReportFormat& markdown_format();

std::string error_piece(const ReportFormat& format, const std::string& file,
                        const std::string& why);
std::string join_pieces(const ReportFormat& format, const std::vector<std::string>& pieces,
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
