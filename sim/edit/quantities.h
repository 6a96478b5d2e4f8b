// Quantities of a scenario as texts, moved and multiplied.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace pindah {

// `90s` and `8m`, `5%` and `1%`, `8/s`, `500 rows/s` or whole numbers: their sum, or their
// difference. Nothing: not two quantities of one kind, or below zero.
std::optional<std::string> moved(const std::string& quantity, const std::string& by, bool later);

// A decimal number from 0 to a million, in millionths.
std::optional<std::int64_t> parse_factor(const std::string& text);

// A quantity of one of these kinds times a factor in millionths, to the nearest unit in which the
// kind is counted (microseconds, millionths, whole numbers). Nothing: not a quantity, or too large.
std::optional<std::string> scaled(const std::string& quantity, std::int64_t factor_micro);

// A duration as people write it: `18m10s`.
std::string spoken_duration(std::int64_t us);

}  // namespace pindah
