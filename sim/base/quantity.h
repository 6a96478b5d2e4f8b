// Quantities with units, as people write and read them: `250ms 20s 1h30m`, `0.1%`, `4/s`.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace pindah {

// The units of durations, longest first, as the parts of one are written.
struct DurationUnit {
  std::string_view name;
  std::int64_t us;
};
constexpr std::array<DurationUnit, 6> kDurationUnits{{{"d", hours(24).us},
                                                      {"h", hours(1).us},
                                                      {"m", minutes(1).us},
                                                      {"s", seconds(1).us},
                                                      {"ms", millis(1).us},
                                                      {"us", 1}}};

// What a number means: a count, µs, parts per million, a truth (0 or 1), millionths a second.
enum class Unit : std::uint8_t { count, micros, ppm, truth, per_second_micro };

// The parsers are exact: a value finer than the unit of the result is no value. Nothing when the
// text is no quantity; a bare number is none.
std::optional<Micros> parse_duration(std::string_view text);   // d h m s ms us; at most ten years
std::optional<std::int64_t> parse_ppm(std::string_view text);  // `0.1%` or `.39`
std::optional<std::int64_t> parse_per_second_micro(std::string_view text);  // `8/s`
std::optional<std::int64_t> parse_bytes(std::string_view text);  // `500MiB`, `4GiB`, `1.5GB`
// "1.25" times `unit`; nothing when it is no plain decimal, has no whole result or is too large.
std::optional<std::int64_t> parse_scaled(std::string_view text, std::int64_t unit);
// A value as its unit is written; a share with its `%`, since without it it would be taken for a
// number a hundred times larger.
std::optional<std::int64_t> parse_value(Unit unit, std::string_view text);
// How the values of a unit are written, for messages.
std::string wanted(Unit unit);

// A number of the unit as a person reads it: `0.62 %`, `1.2s`, `412`.
std::string show(Unit unit, std::int64_t number);

}  // namespace pindah
