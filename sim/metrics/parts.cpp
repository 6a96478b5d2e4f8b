#include "metrics/parts.h"

#include <algorithm>

#include "base/fixed.h"

namespace pindah {

namespace {

enum class Constant : std::uint8_t { no, always, never };

// Every number of a metric lies between 0 and its unit's most: is the comparison decided by that?
Constant judge(Unit unit, Compare compare, std::int64_t value) {
  if (unit == Unit::truth) return Constant::no;
  const std::int64_t most = unit == Unit::ppm ? kWhole : INT64_MAX;
  const bool at_least = holds(compare, 0, value);
  const bool at_most = holds(compare, most, value);
  if (compare == Compare::equal) return value > most ? Constant::never : Constant::no;
  if (compare == Compare::not_equal) return value > most ? Constant::always : Constant::no;
  if (at_least != at_most) return Constant::no;
  return at_least ? Constant::always : Constant::never;
}

}  // namespace

std::string quoted(std::string_view text) { return "`" + std::string(text) + "`"; }

std::vector<std::string> names_of(std::span<const Signature> signatures) {
  std::vector<std::string> names;
  for (const Signature& signature : signatures) {
    if (!signature.name.empty()) names.emplace_back(signature.name);
  }
  return names;
}

std::optional<std::size_t> find(std::span<const Signature> signatures, std::string_view name) {
  const auto found = std::find_if(signatures.begin(), signatures.end(),
                                  [&](const Signature& s) { return s.name == name; });
  if (name.empty() || found == signatures.end()) return {};
  return static_cast<std::size_t>(found - signatures.begin());
}

std::optional<std::vector<std::string>> read_arguments(Cursor& cursor, const Signature& signature,
                                                       const Names& names) {
  std::vector<std::string> arguments;
  const std::size_t start = cursor.at();
  bool known = true;
  if (cursor.take('(')) {
    Cursor ahead = cursor;
    if (ahead.until(")"), ahead.done()) {
      cursor.fail(start, "this `(` is not closed", usage(signature));
      return {};
    }
    do {
      const auto [word, at] = cursor.until(",)");
      const bool second = !arguments.empty() && signature.rest != Argument::none;
      const Argument kind = second ? signature.rest : signature.first;
      const std::vector<std::string> all = known_names(kind, names);
      if (arguments.size() < signature.most &&
          std::find(all.begin(), all.end(), word) == all.end()) {
        known = false;
        cursor.fail(at, "unknown " + std::string(called(kind)) + " " + quoted(word),
                    "one of: " + listed(all), did_you_mean(word, all));
      }
      arguments.emplace_back(word);
    } while (cursor.take(','));
    cursor.take(')');
  }
  if (arguments.size() < signature.least || arguments.size() > signature.most) {
    const std::string name = signature.name.empty() ? "an anomaly" : quoted(signature.name);
    const std::string count = std::to_string(arguments.size());
    cursor.fail(start,
                name + " does not take " + count + (count == "1" ? " argument" : " arguments"),
                signature.name.empty() ? "no argument" : usage(signature));
    return {};
  }
  if (!known) return {};
  return arguments;
}

std::optional<Compare> read_compare(Cursor& cursor) {
  // Longer signs first: `<=` begins like `<`.
  constexpr std::pair<std::string_view, Compare> kSigns[] = {
      {"<=", Compare::less_equal}, {">=", Compare::greater_equal}, {"==", Compare::equal},
      {"!=", Compare::not_equal},  {"<", Compare::less},           {">", Compare::greater}};
  for (const auto& [sign, compare] : kSigns) {
    if (cursor.take_sign(sign)) return compare;
  }
  return {};
}

std::optional<std::int64_t> parse_value(Unit unit, std::string_view text) {
  switch (unit) {
    case Unit::count:
      return text.find('.') == std::string_view::npos ? parse_scaled(text, 1) : std::nullopt;
    case Unit::micros: {
      const std::optional<Micros> duration = parse_duration(text);
      return duration ? std::optional(duration->us) : std::nullopt;
    }
    case Unit::ppm:  // a share without its unit would be taken for a number a hundred times larger
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

std::optional<Micros> read_duration(Cursor& cursor, std::string_view after) {
  const auto [text, at] = cursor.chunk();
  const std::optional<Micros> duration = parse_duration(text);
  if (duration && duration->us > 0) return duration;
  cursor.fail(at, quoted(text) + " after " + quoted(after) + " is not a duration above zero",
              std::string(wanted(Unit::micros)));
  return {};
}

bool refuse_constant(Cursor& cursor, std::size_t at, Unit unit, Compare compare,
                     std::int64_t value) {
  const Constant constant = judge(unit, compare, value);
  if (constant == Constant::no) return false;
  const std::string range = unit == Unit::ppm ? "a share is 0% to 100%" : "the least is 0";
  cursor.fail(at,
              constant == Constant::always ? "this always holds, so it decides nothing"
                                           : "this can never hold",
              range);
  return true;
}

void end_of(Cursor& cursor, std::string expected) {
  const auto [rest, at] = cursor.until("");
  if (!rest.empty()) cursor.fail(at, quoted(rest) + " is not expected here", std::move(expected));
}

bool holds(Compare compare, std::int64_t left, std::int64_t right) {
  switch (compare) {
    case Compare::less:
      return left < right;
    case Compare::less_equal:
      return left <= right;
    case Compare::equal:
      return left == right;
    case Compare::greater_equal:
      return left >= right;
    case Compare::greater:
      return left > right;
    case Compare::not_equal:
      return left != right;
  }
  throw Defect("a comparison that nobody decides");
}

}  // namespace pindah
