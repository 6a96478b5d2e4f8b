#include "gui/plots/ticks.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/time.h"

namespace pindah::gui {

std::vector<double> round_ticks(double most, int count) {
  double step = std::pow(10.0, std::floor(std::log10(most)) - 1);
  for (int i = 0; most / step > count; ++i) step *= i % 3 == 1 ? 2.5 : 2;
  std::vector<double> ticks;
  for (int i = 0; ticks.empty() || ticks.back() < most * 0.999; ++i) ticks.push_back(i * step);
  return ticks;
}

std::vector<std::int64_t> time_ticks(std::int64_t from_us, std::int64_t until_us, int count) {
  constexpr std::int64_t kSecond = 1'000'000, kDay = 86'400 * kSecond;
  constexpr std::array<std::int64_t, 22> kSteps{
      kSecond / 1000, kSecond / 100,  kSecond / 10,   kSecond / 2,   kSecond,       2 * kSecond,
      5 * kSecond,    10 * kSecond,   30 * kSecond,   60 * kSecond,  120 * kSecond, 300 * kSecond,
      600 * kSecond,  1800 * kSecond, 3600 * kSecond, 2 * kDay / 24, 4 * kDay / 24, kDay / 2,
      kDay,           7 * kDay,       30 * kDay,      365 * kDay};
  const std::int64_t length = std::max<std::int64_t>(until_us - from_us, 1);
  std::int64_t step = kSteps.back();
  for (const std::int64_t candidate : kSteps) {
    if (length / candidate > count) continue;
    step = candidate;
    break;
  }
  std::vector<std::int64_t> ticks;
  for (std::int64_t at = (from_us + step - 1) / step * step; at <= until_us; at += step)
    ticks.push_back(at);
  return ticks;
}

std::string quantity_text(Quantity quantity, double value) {
  if (quantity == Quantity::micros) {
    if (value == 0) return "0";
    if (value < 1e3) return fmt::format("{:.0f}us", value);
    if (value < 1e6) return fmt::format("{:.0f}ms", value / 1e3);
    if (value < 600e6) return fmt::format("{:.3g}s", value / 1e6);
    if (value < 3600e6) return fmt::format("{:.3g}min", value / 60e6);
    return fmt::format("{:.3g}h", value / 3600e6);
  }
  const char* unit = quantity == Quantity::per_second ? "/s" : "";
  if (value >= 1e6) return fmt::format("{:.3g}M{}", value / 1e6, unit);
  if (value >= 1e4) return fmt::format("{:.3g}k{}", value / 1e3, unit);
  return value == std::floor(value) ? fmt::format("{:.0f}{}", value, unit)
                                    : fmt::format("{:.2g}{}", value, unit);
}

std::string tick_text(std::int64_t at_us, std::int64_t apart_us) {
  const std::string text = clock_text({at_us}, apart_us < 1'000'000);
  if (at_us >= hours(24).us * 3 && apart_us >= hours(24).us)
    return fmt::format("d {}", at_us / hours(24).us);
  return apart_us % minutes(1).us == 0 ? text.substr(0, text.size() - 3) : text;
}

double Scale::at(std::int64_t instant_us) const {
  const std::int64_t at_us = std::clamp<std::int64_t>(instant_us, 0, end_us_);
  if (knee_us_ >= end_us_) return static_cast<double>(at_us) / static_cast<double>(end_us_);
  if (at_us <= knee_us_)
    return kBeforeKnee * static_cast<double>(at_us) / static_cast<double>(knee_us_);
  return kBeforeKnee + (1 - kBeforeKnee) * static_cast<double>(at_us - knee_us_) /
                           static_cast<double>(end_us_ - knee_us_);
}

std::int64_t Scale::instant(double share) const {
  const double part = std::clamp(share, 0.0, 1.0);
  if (knee_us_ >= end_us_) return std::llround(part * static_cast<double>(end_us_));
  if (part <= kBeforeKnee) return std::llround(part / kBeforeKnee * static_cast<double>(knee_us_));
  return knee_us_ + std::llround((part - kBeforeKnee) / (1 - kBeforeKnee) *
                                 static_cast<double>(end_us_ - knee_us_));
}

}  // namespace pindah::gui
