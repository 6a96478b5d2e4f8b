#include "scenario/fields.h"

#include "scenario/format.h"

namespace pindah {

Place text_place(const Yaml& scalar) {
  Place place = scalar.place;
  if (place.line > 0 && scalar.node.Tag() == "!") ++place.column;  // the parser's sign of quotes
  return place;
}

std::string shown(const Yaml& yaml) {
  if (yaml.is_map()) return "a map";
  if (yaml.is_list()) return "a list";
  return yaml.is_scalar() ? "`" + yaml.text() + "`" : "nothing";
}

Place Fields::place_of(std::string_view key) {
  const std::optional<Yaml> value = map_.get(key);
  return value ? value->place : place();
}

void Fields::text(std::string_view key, std::string& into) {
  if (auto text = map_.text(key)) into = std::move(*text);
}

void Fields::flag(std::string_view key, bool& into) {
  if (const auto flag = map_.boolean(key)) into = *flag;
}

bool Fields::duration(std::string_view key, Micros& into, Micros least, Micros most) {
  const std::optional<Yaml> value = map_.get(key);
  if (!value) return false;
  const std::optional<Micros> duration = parse_duration(value->text());
  const std::string name = "`" + std::string(key) + "`";
  if (!duration) {
    problems_.add(value->place, name + " must be a duration, not " + shown(*value),
                  "a number with its unit: 250ms, 20s, 1h30m");
    return false;
  }
  if (*duration < least || *duration > most) {
    problems_.add(value->place, name + " must be from " + exact_duration(least) + " to " +
                                    exact_duration(most) + ", not " + shown(*value));
    return false;
  }
  into = *duration;
  return true;
}

bool Fields::need_duration(std::string_view key, Micros& into, Micros least, Micros most) {
  return map_.need(key) && duration(key, into, least, most);
}

bool Fields::share(std::string_view key, std::int64_t& into_ppm) {
  const std::optional<Yaml> value = map_.get(key);
  if (!value) return false;
  const std::string text = value->text();
  const std::optional<std::int64_t> ppm = parse_ppm(text);
  if (ppm && text.back() == '%' && *ppm <= 1'000'000) {
    into_ppm = *ppm;
    return true;
  }
  problems_.add(value->place,
                "`" + std::string(key) + "` must be a share from 0% to 100%, not " + shown(*value),
                "a number with its unit: 5%");
  return false;
}

bool Fields::rate(std::string_view key, std::int64_t& into_micro, std::int64_t most) {
  const std::optional<Yaml> value = map_.get(key);
  if (!value) return false;
  const std::optional<std::int64_t> micro = parse_per_second_micro(value->text());
  if (micro && *micro <= most) {
    into_micro = *micro;
    return true;
  }
  problems_.add(value->place,
                "`" + std::string(key) + "` must be a rate up to " + exact_rate(most) + ", not " +
                    shown(*value),
                "a number with its unit: 8/s");
  return false;
}

Conditions Fields::conditions(std::string_view key, const Names& names) {
  Conditions all;
  const std::optional<Yaml> value = map_.get(key);
  if (!value) return all;
  const auto bad = [&](const Yaml& one) {
    problems_.add(one.place, "`" + std::string(key) + "` must be a condition, not " + shown(one),
                  "such as lag(payments) < 1s, or a list of them, all of which must hold");
  };
  if (!value->is_scalar() && !value->is_list()) bad(*value);
  constexpr std::size_t kMostConditions = 16;
  if (value->is_list() && (value->node.size() == 0 || value->node.size() > kMostConditions)) {
    problems_.add(value->place, "`" + std::string(key) +
                                    "` must be one condition or a list of 1 to " +
                                    std::to_string(kMostConditions));
    return all;
  }
  const std::vector<Yaml> items = value->is_scalar() ? std::vector<Yaml>{*value} : items_of(*value);
  for (const Yaml& one : items) {
    if (!one.is_scalar()) {
      bad(one);
    } else if (auto read = parse_condition(one.text(), text_place(one), names, problems_)) {
      all.push_back(std::move(*read));
    }
  }
  return all;
}

}  // namespace pindah
