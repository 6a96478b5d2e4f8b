#include "edit/quantities.h"

#include <array>
#include <charconv>
#include <utility>

#include "base/fixed.h"
#include "base/quantity.h"
#include "base/time.h"
#include "base/wide.h"
#include "metrics/cursor.h"
#include "metrics/expression.h"
#include "scenario/format.h"

namespace pindah {
namespace {

constexpr std::string_view kRows = " rows/s";
constexpr std::int64_t kMost = INT64_MAX / 4;

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = !text.empty() && error == std::errc() && end == text.data() + text.size();
  return whole && number >= 0 && number <= kMost ? std::optional(number) : std::nullopt;
}

std::optional<std::int64_t> duration_us(const std::string& text) {
  const std::optional<Micros> duration = parse_duration(text);
  return duration ? std::optional(duration->us) : std::nullopt;
}

std::optional<std::int64_t> share(const std::string& text) {
  return text.ends_with('%') ? parse_ppm(text) : std::nullopt;
}

std::optional<std::int64_t> rate(const std::string& text) { return parse_per_second_micro(text); }

std::optional<std::int64_t> rows(const std::string& text) {
  if (!text.ends_with(kRows)) return {};
  return whole_number(std::string_view(text).substr(0, text.size() - kRows.size()));
}

std::optional<std::int64_t> number(const std::string& text) { return whole_number(text); }

std::string number_text(std::int64_t number) { return std::to_string(number); }
std::string rows_text(std::int64_t rows) { return std::to_string(rows) + std::string(kRows); }

struct Kind {
  std::optional<std::int64_t> (*read)(const std::string&);
  std::string (*write)(std::int64_t);
};
constexpr Kind kKinds[] = {{duration_us, spoken_duration},
                           {share, exact_share},
                           {rows, rows_text},
                           {rate, exact_rate},
                           {number, number_text}};

}  // namespace

std::string spoken_duration(std::int64_t us) {
  std::string text;
  for (const auto& [name, unit] : kDurationUnits) {
    if (us >= unit) text += std::to_string(us / unit) + std::string(name);
    us %= unit;
  }
  return text.empty() ? "0s" : text;
}

std::optional<std::string> moved(const std::string& quantity, const std::string& by, bool later) {
  for (const Kind& kind : kKinds) {
    const std::optional<std::int64_t> from = kind.read(quantity), step = kind.read(by);
    if (!from || !step) continue;
    const std::int64_t sum = later ? *from + *step : *from - *step;
    return sum < 0 ? std::nullopt : std::optional(kind.write(sum));
  }
  return {};
}

std::optional<std::int64_t> parse_factor(const std::string& text) {
  const std::optional<std::int64_t> factor = parse_scaled(text, kWhole);
  const bool fits = factor && *factor >= 0 && *factor <= kWhole * kWhole;
  return fits ? factor : std::nullopt;
}

std::optional<std::string> scaled(const std::string& quantity, std::int64_t factor_micro) {
  for (const Kind& kind : kKinds) {
    const std::optional<std::int64_t> from = kind.read(quantity);
    if (!from) continue;
    const Wide product = (Wide{*from} * factor_micro + kWhole / 2) / kWhole;
    if (product > Wide{kMost}) return {};
    return kind.write(static_cast<std::int64_t>(product));
  }
  return {};
}

}  // namespace pindah
