#include "command/inputs.h"

#include <charconv>
#include <cstdio>
#include <optional>

#include "base/quantity.h"
#include "base/shell.h"
#include "report/report.h"
#include "scenario/dangers.h"
#include "verdict/applies.h"

namespace pindah {
namespace {

constexpr std::uint64_t kMostSeeds = 10'000;

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return {};
  return value;
}

}  // namespace

void add_input_flags(CLI::App& command, InputFlags& flags) {
  command.add_option("--seed", flags.seed, "Use this seed instead of the scenario's");
  command.add_option("--until", flags.until, "Let shoppers arrive for this long only: 20m, 1h30m");
  command
      .add_option("--set", flags.set,
                  "Change the scenario, by name: 'plan[cutover of orders].drain=false', "
                  "links.source-target.delay=40ms, 'plan - [verify of orders]', 'traffic * 1.5'; "
                  "repeatable")
      ->allow_extra_args(false)
      ->option_text("EDIT");
}

Overrides overrides_of(const InputFlags& flags, Problems& problems) {
  Overrides overrides;
  if (!flags.seed.empty()) {
    overrides.seed = number(flags.seed);
    if (!overrides.seed) {
      problems.add({"--seed", 0, 0}, "`" + flags.seed + "` is not a seed", "a whole number from 0");
    }
  }
  if (!flags.until.empty()) {
    overrides.length = parse_duration(flags.until);
    if (!overrides.length || overrides.length->us <= 0) {
      problems.add({"--until", 0, 0}, "`" + flags.until + "` is not a duration",
                   "a number with its unit: 90s, 20m, 1h30m");
    }
  }
  for (const std::string& text : flags.set) {
    if (auto edit = parse_edit(text, {"--set", 0, 0}, problems))
      overrides.edits.push_back(std::move(*edit));
  }
  return overrides;
}

std::optional<Micros> instant_of(const std::string& text) {
  if (text.find(':') == std::string::npos) return parse_duration(text);
  int hour = 0, minute = 0, used = 0;
  double second = 0;
  if (std::sscanf(text.c_str(), "%4d:%2d%n", &hour, &minute, &used) != 2) return {};
  if (static_cast<std::size_t>(used) < text.size()) {
    int more = 0;
    if (std::sscanf(text.c_str() + used, ":%lf%n", &second, &more) != 1 ||
        static_cast<std::size_t>(used + more) != text.size())
      return {};
  }
  if (hour < 0 || minute < 0 || minute > 59 || !(second >= 0 && second < 60)) return {};
  return hours(hour) + minutes(minute) + Micros{static_cast<std::int64_t>(second * 1e6 + 0.5)};
}

std::string flags_text(const InputFlags& flags) {
  std::string text;
  if (!flags.until.empty()) text += " --until " + shell_word(flags.until);
  for (const std::string& set : flags.set) text += " --set " + shell_word(set);
  return text;
}

std::string warnings_text(const ScenarioAndWorld& input) {
  std::string text;
  for (const std::string& danger : dangers(input.scenario))
    text += "warning: " + plain_text(danger) + "\n";
  for (const std::string& line : never_exposed(input.world, input.scenario))
    text += "warning: " + plain_text(line) + "\n";
  return text;
}

std::vector<std::uint64_t> seeds_of(const std::string& text, Problems& problems) {
  const std::size_t dots = text.find("..");
  const auto first = number(std::string_view(text).substr(0, dots));
  const auto last = dots == std::string::npos ? std::nullopt : number(text.substr(dots + 2));
  std::vector<std::uint64_t> seeds;
  if (!first || !last || *last < *first || *last - *first >= kMostSeeds) {
    problems.add({"--seeds", 0, 0}, "`" + text + "` names no seeds",
                 "FIRST..LAST, at most 10000 of them: 1..20");
    return seeds;
  }
  for (std::uint64_t i = 0; i <= *last - *first; ++i) seeds.push_back(*first + i);
  return seeds;
}

}  // namespace pindah
