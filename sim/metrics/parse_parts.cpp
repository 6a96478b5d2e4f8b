#include "metrics/parse_parts.h"

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

bool add_pages(MetricArguments& arguments, std::string_view name, const Names& names) {
  for (const ReportedPages& reported : names.pages) {
    if (reported.name != name) continue;
    arguments.pages.insert(arguments.pages.end(), reported.pages.begin(), reported.pages.end());
    return true;
  }
  return false;
}

bool add_service(MetricArguments& arguments, std::string_view name, const Names& names) {
  const ServiceId service = number_of(names.services, name);
  if (service >= 0) arguments.services.push_back(service);
  return service >= 0;
}

bool set_platform(MetricArguments& arguments, std::string_view name, const Names& names) {
  const int side = number_of(names.platforms, name);
  if (side >= 0) arguments.platform = static_cast<Side>(side);
  return side >= 0;
}

bool set_edge(MetricArguments& arguments, std::string_view name) {
  arguments.edge = arguments.edge || name == "edge";
  return name == "edge";
}

// Pages and personas may share a name: then both are meant.
bool add_cohort(MetricArguments& arguments, std::string_view name, const Names& names) {
  const bool page = add_pages(arguments, name, names);
  const PersonaId persona = number_of(names.personas, name);
  if (persona >= 0) arguments.personas.push_back(persona);
  return page || persona >= 0;
}

// Adds what the name stands for; `false`: nothing that such an argument may name.
bool add(MetricArguments& arguments, Argument kind, std::string_view name, const Names& names) {
  arguments.text += (arguments.text.empty() ? "" : ", ") + std::string(name);
  switch (kind) {
    case Argument::service:
      return add_service(arguments, name, names);
    case Argument::platform:
      return set_platform(arguments, name, names);
    case Argument::page:
      return add_pages(arguments, name, names) || set_edge(arguments, name);
    case Argument::page_or_platform:
      return add_pages(arguments, name, names) || set_platform(arguments, name, names) ||
             set_edge(arguments, name);
    case Argument::cohort:
      return add_cohort(arguments, name, names);
    case Argument::none:
      return false;
  }
  throw Defect("an argument that nobody resolves");
}

}  // namespace

std::string quoted(std::string_view text) { return "`" + std::string(text) + "`"; }

std::optional<MetricArguments> read_arguments(Cursor& cursor, const Signature& signature,
                                              const Names& names) {
  MetricArguments arguments;
  std::size_t given = 0;
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
      const bool second = given > 0 && signature.rest != Argument::none;
      const Argument kind = second ? signature.rest : signature.first;
      if (given < signature.most && !add(arguments, kind, word, names)) {
        known = false;
        const std::vector<std::string> all = known_names(kind, names);
        cursor.fail(at, "unknown " + std::string(called(kind)) + " " + quoted(word),
                    "one of: " + listed(all), did_you_mean(word, all));
      }
      ++given;
    } while (cursor.take(','));
    cursor.take(')');
  }
  if (given < signature.least || given > signature.most) {
    const std::string name = signature.name.empty() ? "an anomaly" : quoted(signature.name);
    cursor.fail(start,
                name + " does not take " + std::to_string(given) +
                    (given == 1 ? " argument" : " arguments"),
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
