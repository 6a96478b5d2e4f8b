#include "report/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sqlite/functions.h"

namespace pindah {

std::string hex_text(std::uint64_t number) { return fmt::format("{:016x}", number); }

std::string grouped(std::int64_t number) {
  std::string digits = fmt::format("{}", number);
  const std::size_t first = number < 0 ? 1 : 0;
  for (std::size_t at = digits.size(); at > first + 3;) {
    at -= 3;
    digits.insert(at, " ");
  }
  return digits;
}

std::string share_text(std::int64_t part, std::int64_t whole) {
  if (whole == 0) return "none";
  return fmt::format("{:.2f} %", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

std::string brief_text(Micros duration) {
  std::int64_t grain = 1;
  if (duration >= millis(1)) grain = millis(1).us;
  if (duration >= minutes(1)) grain = seconds(1).us;
  return duration_text({duration.us / grain * grain});
}

std::string date_text(const Scenario& scenario, Micros instant) {
  return date_text(scenario.starts_us, scenario.utc_offset, instant);
}
std::string date_text(std::int64_t starts_us, Micros utc_offset, Micros instant) {
  const std::int64_t us = starts_us + utc_offset.us + instant.us;
  const std::string text = time_text(us / seconds(1).us);
  return text.substr(0, 10) + " " + text.substr(11, 5);
}

std::string_view word_of(LineState state) {
  switch (state) {
    case LineState::pass:
      return "pass";
    case LineState::fail:
      return "fail";
    case LineState::warn:
      return "warn";
    case LineState::stop:
      return "stop";
    case LineState::inconclusive:
      return "inconclusive";
    case LineState::reported:
      return "reported";
    case LineState::not_applicable:
      return "not applicable";
  }
  return "";
}

std::string_view mark_of(LineState state) {
  switch (state) {
    case LineState::pass:
      return "✓";
    case LineState::fail:
      return "✗";
    case LineState::warn:
      return "!";
    case LineState::stop:
      return "■";
    case LineState::inconclusive:
      return "?";
    case LineState::reported:
      return "·";
    case LineState::not_applicable:
      return "–";
  }
  return "";
}

std::string_view word_of(Difference difference) {
  switch (difference) {
    case Difference::failed:
      return "failed";
    case Difference::timed_out:
      return "timed out";
    case Difference::refused:
      return "refused";
    case Difference::shown:
      return "shown otherwise";
    case Difference::slower:
      return "slower";
    case Difference::logged_out:
      return "logged out";
    case Difference::message:
      return "a message";
    case Difference::no_message:
      return "no message";
  }
  return "";
}

namespace {

struct SpilloverWords {
  SpilloverKind id{};
  std::string_view word, reason;
};
constexpr std::array kSpillovers = std::to_array<SpilloverWords>({
    {SpilloverKind::goods, "goods",
     "goods that shoppers share: somebody else was first, and both lives told the truth"},
    {SpilloverKind::timing, "timing",
     "something of hers, or a job's work, was written a moment sooner in one life, and both told "
     "the truth"},
    {SpilloverKind::leaving, "leaving",
     "she left after waits that differ by less than one notices"},
    {SpilloverKind::weather, "weather",
     "the weather failed the page without the migration, and not with it"},
});
static_assert(kSpillovers.size() == kSpilloverKinds);

const SpilloverWords& words_of(SpilloverKind kind) {
  return kSpillovers.at(static_cast<std::size_t>(kind));
}

}  // namespace

std::string_view word_of(SpilloverKind kind) { return words_of(kind).word; }
std::string_view reason_of(SpilloverKind kind) { return words_of(kind).reason; }

std::string spillover_text(const Comparison& comparison) {
  std::string text = grouped(comparison.spillover), kinds;
  for (const SpilloverWords& words : kSpillovers) {
    const std::int64_t count = comparison.spillover_by_kind[static_cast<std::size_t>(words.id)];
    if (count > 0)
      kinds += fmt::format("{}{} {}", kinds.empty() ? "" : ", ", words.word, grouped(count));
  }
  return kinds.empty() ? text : fmt::format("{} ({})", text, kinds);
}

std::vector<std::pair<std::string, std::int64_t>> ranked(
    const std::map<std::string, std::int64_t>& counts) {
  std::vector<std::pair<std::string, std::int64_t>> list(counts.begin(), counts.end());
  std::stable_sort(list.begin(), list.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  return list;
}

std::string stands_text(const BudgetLine& line) {
  if (line.stands.line <= 0) return {};
  return fmt::format("{}:{}", line.stands.file, line.stands.line);
}

std::string line_place(const BudgetLine& line) {
  const std::string number = std::to_string(line.place.line);
  if (line.stands.line <= 0) return number;
  const std::string file = line.stands.file.substr(line.stands.file.rfind('/') + 1);
  return fmt::format("{} ({}:{})", number, file, line.stands.line);
}

}  // namespace pindah
