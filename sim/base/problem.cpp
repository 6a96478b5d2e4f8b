#include "base/problem.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace pindah {
namespace {

constexpr std::size_t kMostShown = 160;  // bytes of a long line, around the mistake

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// Bytes of a control sequence that starts here; 0: none. C1 controls and the marks that turn the
// direction of writing are as dangerous on a terminal as escape is.
std::size_t control_length(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x20 || first == 0x7F) return 1;
  if (first == 0xC2 && text.size() > 1 && static_cast<unsigned char>(text[1]) < 0xA0) return 2;
  const std::string_view three = text.substr(0, 3);
  const bool turns =
      ("\u202A" <= three && three <= "\u202E") || ("\u2066" <= three && three <= "\u2069");
  return turns && three.size() == 3 ? 3 : 0;
}

// The line's text; empty when the file or the line is not there.
std::string line_of(const Place& place) {
  std::error_code error;
  if (place.line < 1 || !std::filesystem::is_regular_file(place.file, error)) return {};
  std::ifstream file(place.file);
  std::string line;
  for (int n = 0; n < place.line; ++n) {
    if (!std::getline(file, line)) return {};
  }
  return line;
}

// The line and a caret under the column (a byte, counted from 1).
std::string quote(const std::string& line, int column) {
  const std::size_t at = std::min(static_cast<std::size_t>(std::max(column, 1)) - 1, line.size());
  std::size_t begin = at > kMostShown / 2 ? at - kMostShown / 2 : 0;
  while (begin > 0 && continues(line[begin])) --begin;
  std::size_t end = std::min(line.size(), begin + kMostShown);
  while (end < line.size() && continues(line[end])) ++end;
  std::string text = "  " + printable(std::string_view(line).substr(begin, end - begin)) + "\n";
  if (column < 1) return text;
  const std::string before = printable(std::string_view(line).substr(begin, at - begin));
  const auto width =
      std::count_if(before.begin(), before.end(), [](char c) { return !continues(c); });
  return text + "  " + std::string(static_cast<std::size_t>(width), ' ') + "^\n";
}

std::string paragraph(const Problem& problem) {
  const Place& place = problem.place;
  std::string text = printable(place.file);
  if (place.line > 0) text += fmt::format(":{}", place.line);
  if (place.line > 0 && place.column > 0) text += fmt::format(":{}", place.column);
  if (!text.empty()) text += ": ";
  text += printable(problem.what) + "\n";
  const std::string line = problem.source.empty() ? line_of(place) : problem.source;
  if (!line.empty()) text += quote(line, place.column);
  if (!problem.expected.empty()) text += "  expected " + printable(problem.expected) + "\n";
  if (!problem.hint.empty()) text += "  " + printable(problem.hint) + "\n";
  return text;
}

// Insertions, deletions, replacements and swaps of neighbours.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

}  // namespace

std::string printable(std::string_view text) {
  std::string safe;
  while (!text.empty()) {
    const std::size_t control = control_length(text);
    const std::size_t length = std::max<std::size_t>(control, 1);
    for (char c : text.substr(0, length)) {
      safe +=
          control > 0 ? fmt::format("\\x{:02x}", static_cast<unsigned char>(c)) : std::string(1, c);
    }
    text.remove_prefix(length);
  }
  return safe;
}

std::string Problems::text() const {
  std::string all;
  for (const Problem& problem : list_) all += (all.empty() ? "" : "\n") + paragraph(problem);
  if (more_ > 0) all += fmt::format("\nand {} more\n", more_);
  return all;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& known) {
  constexpr std::size_t kLongest = 100;  // a name longer than this is no typing mistake
  if (word.size() > kLongest) return {};
  const std::string* nearest = nullptr;
  std::size_t least = word.size() / 3 + 1;
  for (const std::string& candidate : known) {
    const std::size_t d = candidate.size() > kLongest ? least : distance(word, candidate);
    if (d < least) least = d, nearest = &candidate;
  }
  return nearest ? "did you mean `" + *nearest + "`?" : std::string();
}

}  // namespace pindah
