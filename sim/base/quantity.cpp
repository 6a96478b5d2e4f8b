#include "base/quantity.h"

#include "base/fixed.h"
#include "base/problem.h"

namespace pindah {
namespace {

constexpr std::int64_t kTenYears = hours(24 * 3652).us;  // see base/time.h

// The longer name wins: "ms" begins as "m" does.
const DurationUnit* unit_at(std::string_view text) {
  const DurationUnit* found = nullptr;
  for (const DurationUnit& unit : kDurationUnits) {
    const bool longer = found == nullptr || unit.name.size() > found->name.size();
    if (longer && text.starts_with(unit.name)) found = &unit;
  }
  return found;
}

// Millionths as decimal text: 1500000 is "1.5".
std::string decimal(std::int64_t number, std::int64_t one, std::size_t least_digits) {
  std::string digits = std::to_string(number % one + one).substr(1);
  while (digits.size() > least_digits && digits.back() == '0') digits.pop_back();
  return std::to_string(number / one) + (digits.empty() ? "" : "." + digits);
}

}  // namespace

std::optional<std::int64_t> parse_scaled(std::string_view text, std::int64_t unit) {
  const std::size_t dot = text.find('.');
  std::int64_t number = 0;
  std::int64_t scale = 1;
  if (text.empty() || text.size() > 16 || text.back() == '.') return {};
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (at == dot) continue;
    if (text[at] < '0' || text[at] > '9') return {};
    number = number * 10 + (text[at] - '0');
    if (at > dot) scale *= 10;
  }
  while (scale > 1 && number % 10 == 0) number /= 10, scale /= 10;
  std::int64_t result = 0;
  const bool exact = unit % scale == 0 && !__builtin_mul_overflow(number, unit / scale, &result);
  return exact ? std::optional(result) : std::nullopt;
}

std::optional<Micros> parse_duration(std::string_view text) {
  std::int64_t total = 0;
  std::int64_t previous = INT64_MAX;
  if (text.empty()) return {};
  while (!text.empty()) {
    const std::string_view number = text.substr(0, text.find_first_not_of("0123456789."));
    const DurationUnit* unit = unit_at(text.substr(number.size()));
    if (unit == nullptr || unit->us >= previous) return {};
    const std::optional<std::int64_t> part = parse_scaled(number, unit->us);
    if (!part || *part > kTenYears - total) return {};
    total += *part;
    previous = unit->us;
    text.remove_prefix(number.size() + unit->name.size());
  }
  return Micros{total};
}

std::optional<std::int64_t> parse_bytes(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, std::int64_t>, 6> kSizes{
      {{"KiB", 1 << 10},
       {"MiB", 1 << 20},
       {"GiB", 1 << 30},
       {"KB", 1'000},
       {"MB", 1'000'000},
       {"GB", 1'000'000'000}}};
  for (const auto& [name, bytes] : kSizes)
    if (text.ends_with(name)) return parse_scaled(text.substr(0, text.size() - name.size()), bytes);
  return {};
}

std::optional<std::int64_t> parse_ppm(std::string_view text) {
  const bool percent = !text.empty() && text.back() == '%';
  if (percent) text.remove_suffix(1);
  return parse_scaled(text, percent ? kWhole / 100 : kWhole);
}

std::optional<std::int64_t> parse_per_second_micro(std::string_view text) {
  constexpr std::string_view kSuffix = "/s";
  if (text.size() <= kSuffix.size() || text.substr(text.size() - kSuffix.size()) != kSuffix) {
    return {};
  }
  text.remove_suffix(kSuffix.size());
  return parse_scaled(text, kWhole);
}

std::optional<std::int64_t> parse_value(Unit unit, std::string_view text) {
  switch (unit) {
    case Unit::count:
      return text.find('.') == std::string_view::npos ? parse_scaled(text, 1) : std::nullopt;
    case Unit::micros: {
      const std::optional<Micros> duration = parse_duration(text);
      return duration ? std::optional(duration->us) : std::nullopt;
    }
    case Unit::ppm:
      return !text.empty() && text.back() == '%' ? parse_ppm(text) : std::nullopt;
    case Unit::truth:
      if (text == "true") return 1;
      return text == "false" ? std::optional<std::int64_t>(0) : std::nullopt;
    case Unit::per_second_micro:
      return parse_per_second_micro(text);
  }
  return {};
}

std::string wanted(Unit unit) {
  switch (unit) {
    case Unit::count:
      return "a whole number: 0, 412";
    case Unit::micros:
      return "a duration with its unit: 250ms, 20s, 1h30m";
    case Unit::ppm:
      return "a share in percent: 0.1%";
    case Unit::truth:
      return "true or false";
    case Unit::per_second_micro:
      return "a rate: 4/s";
  }
  return "";
}

std::string show(Unit unit, std::int64_t number) {
  switch (unit) {
    case Unit::count:
      return std::to_string(number);
    case Unit::micros:
      return duration_text({number});
    case Unit::ppm:
      return number == 0 ? "0 %" : decimal(number, kWhole / 100, 2) + " %";
    case Unit::truth:
      return number != 0 ? "yes" : "no";
    case Unit::per_second_micro:
      return decimal(number, kWhole, 0) + "/s";
  }
  throw Defect("a unit that nobody shows");
}

}  // namespace pindah
