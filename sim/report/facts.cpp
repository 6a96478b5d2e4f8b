#include "report/facts.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <cctype>

#include "sqlite/functions.h"

namespace pindah {

std::string pindah_version() { return PINDAH_VERSION; }

std::string sqlite_text() {
  return fmt::format("SQLite {} {}", sqlite3_libversion(), sqlite3_sourceid());
}

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
  }
  return "";
}

std::vector<std::pair<std::string, std::int64_t>> ranked(
    const std::map<std::string, std::int64_t>& counts) {
  std::vector<std::pair<std::string, std::int64_t>> list(counts.begin(), counts.end());
  std::stable_sort(list.begin(), list.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  return list;
}

std::string way_back_text(const WayBack& back) {
  if (!back.moved) return {};
  if (back.lost == kNever) return "a rollback loses nothing at any time";
  return fmt::format(
      "a rollback loses nothing before {}; after that {} promises, {:.1f} a minute ({})",
      clock_text(back.lost), grouped(back.promises),
      static_cast<double>(back.per_minute_milli) / 1000.0, back.why);
}

std::string date_text(const Scenario& scenario, Micros instant) {
  return date_text(scenario.starts_us, scenario.utc_offset, instant);
}
std::string date_text(std::int64_t starts_us, Micros utc_offset, Micros instant) {
  const std::int64_t us = starts_us + utc_offset.us + instant.us;
  const std::string text = time_text(us / seconds(1).us);
  return text.substr(0, 10) + " " + text.substr(11, 5);
}

std::optional<ComplianceTold> compliance_told(const ReportInput& input) {
  constexpr std::int64_t kPercent = 10'000;  // ppm
  std::vector<ComplianceSample> samples = input.result.rehearsed.compliance;
  std::erase_if(samples, [&](const ComplianceSample& sample) {
    return sample.at > input.result.verdict.cut;
  });
  if (!input.world.compliance || samples.empty()) return {};
  const Compliance& compliance = *input.world.compliance;
  ComplianceTold told;
  told.note = compliance.note;
  std::int64_t level = -1;
  for (const ComplianceSample& sample : samples) {
    if (sample.total_ppm / kPercent == level) continue;
    level = sample.total_ppm / kPercent;
    told.levels.push_back(fmt::format("{} {} %", date_text(input.scenario, sample.at), level));
  }
  told.answer = fmt::format("{} % of {} at the end", level, compliance.title);
  for (std::size_t r = 0; r < compliance.rules.size(); ++r) {
    const ComplianceRule& rule = compliance.rules[r];
    const std::int64_t lacks = (1'000'000 - samples.back().met_ppm[r]) * rule.weight;
    if (lacks == 0) continue;
    told.missing.push_back(
        fmt::format("missing {} %: {} ({})", (lacks + 999'999) / 1'000'000, rule.name, rule.cites));
  }
  return told;
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

std::vector<Harm> harms(const ReportInput& input) {
  std::vector<Harm> all(input.world.anomalies.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i].name = input.world.anomalies[i].name;
  for (const AnomalyCase& c : input.result.rehearsed.cases) {
    const auto number = static_cast<std::size_t>(c.anomaly);
    if (c.anomaly < 0 || number >= all.size()) continue;
    if (all[number].units == 0) {
      all[number].example = c.detail;
      all[number].culprit = c.culprit;
    }
    all[number].units += c.count;
  }
  std::erase_if(all, [](const Harm& harm) { return harm.units == 0; });
  return all;
}

Harmed harmed_of(const World& world, const Record& rehearsed) {
  Harmed harmed;
  for (const AnomalyCase& found : rehearsed.cases) {
    if (found.anomaly < 0) continue;
    const Anomaly& what = world.anomalies[static_cast<std::size_t>(found.anomaly)];
    if (!what.ledgers.empty())
      harmed.charged_wrongly += found.count;
    else if (what.kind == AnomalyKind::lost || what.kind == AnomalyKind::duplicated)
      harmed.lost_or_doubled += found.count;
  }
  return harmed;
}

namespace {

// Nothing to a shell but itself.
bool is_plain(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) ||
         std::string_view("._-/=+:,").find(c) != std::string_view::npos;
}

}  // namespace

std::string shell_word(std::string_view text) {
  if (!text.empty() && std::all_of(text.begin(), text.end(), is_plain)) return std::string(text);
  std::string quoted = "'";
  for (char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

bool is_shell_words(std::string_view text) {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\'') {
      quoted = !quoted;
    } else if (quoted) {
      continue;
    } else if (c == '\\' && text.substr(i).starts_with("\\'")) {
      ++i;
    } else if (c != ' ' && !is_plain(c)) {
      return false;
    }
  }
  return !quoted;
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
