// How each metric is written: its name, its arguments and its unit.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/expression.h"

namespace pindah {

// What an argument of a metric may name.
enum class Argument : std::uint8_t { none, service, platform, page, page_or_platform, cohort };

// `least` to `most` arguments; the second and later ones are of kind `rest`.
struct Signature {
  std::string_view name;
  Unit unit{};
  Argument first = Argument::none;
  Argument rest = Argument::none;
  std::size_t least = 0;
  std::size_t most = 0;
  // The control universe has no value of its own: the metric compares with it, or needs a plan.
  bool not_in_control = false;
};

// In the order of the enums; the last verdict metric (anomaly) has no name of its own.
std::span<const Signature> operator_signatures();
std::span<const Signature> verdict_signatures();

// `in_flight(SERVICE, PLATFORM)`.
std::string usage(const Signature& signature);

// The names that an argument of this kind may take, and what they are called in messages.
std::vector<std::string> known_names(Argument argument, const Names& names);
std::string_view called(Argument argument);

}  // namespace pindah
