#include <fmt/format.h>

#include <algorithm>

#include "report/plan_words.h"
#include "report/summary.h"
#include "report/text.h"

namespace pindah {
namespace {

constexpr std::size_t kMost = 9;  // GitHub shows ten of a step; the tenth says how many are left

// Data: % and line ends would end or forge a command; in properties also : and the comma.
std::string escaped(std::string_view text, bool property) {
  std::string out;
  for (char c : plain_text(text)) {
    if (c == '%') {
      out += "%25";
    } else if (property && c == ':') {
      out += "%3A";
    } else if (property && c == ',') {
      out += "%2C";
    } else {
      out += c;
    }
  }
  return out;
}

std::string command(std::string_view level, const Place& place, std::string_view title,
                    std::string_view message) {
  std::string text = fmt::format("::{} file={}", level, escaped(place.file, true));
  if (place.line > 0) text += fmt::format(",line={}", place.line);
  if (place.line > 0 && place.column > 0) text += fmt::format(",col={}", place.column);
  return text + fmt::format(",title={}::{}", escaped(title, true), escaped(message, false));
}

}  // namespace

std::vector<std::string> github_commands(const ReportInput& input) {
  std::vector<std::string> commands;
  for (const LineResult& line : input.result.verdict.lines) {
    if (line.line == nullptr) continue;
    const bool broken = line.state == LineState::fail || line.state == LineState::stop;
    const bool doubtful = line.state == LineState::inconclusive || line.state == LineState::warn;
    if (!broken && !doubtful) continue;
    std::string message =
        line.line->text + ": " + line.says + "; exposure " + grouped(line.exposure);
    if (!line.where.empty()) message += "; " + line.where;
    const std::string stands = stands_text(*line.line);
    if (!stands.empty()) message += "; the line stands in " + stands;
    message += "; again: " + replay_command(input, "pindah");
    commands.push_back(
        command(broken ? "error" : "warning", line.line->place, line.line->name, message));
  }
  for (const std::string& reason : doubts(input)) {
    commands.push_back(command("error", {input.scenario.file, 0, 0}, "inconclusive", reason));
  }
  return commands;
}

std::vector<std::string> github_commands(const Problems& problems) {
  std::vector<std::string> commands;
  for (const Problem& problem : problems.list()) {
    std::string message = problem.what;
    if (!problem.expected.empty()) message += "; expected " + problem.expected;
    if (!problem.hint.empty()) message += "; " + problem.hint;
    commands.push_back(command("error", problem.place, "cannot be read", message));
  }
  return commands;
}

std::string github_annotations(const std::vector<std::string>& commands) {
  std::string text;
  for (std::size_t i = 0; i < std::min(commands.size(), kMost); ++i) text += commands[i] + "\n";
  if (commands.size() > kMost) {
    text += fmt::format("::notice title=pindah::{} more\n", commands.size() - kMost);
  }
  return text;
}

}  // namespace pindah
