// A map of a scenario with readers for quantities: each leaves its default alone where the key is
// absent, and reports a mistake at the value.
#pragma once

#include <string>
#include <type_traits>
#include <vector>

#include "base/yaml.h"
#include "metrics/expression.h"

namespace pindah {

// Where the text of a scalar begins: behind the quote, if there is one.
Place text_place(const Yaml& scalar);

// "`text`", or what else stands there.
std::string shown(const Yaml& yaml);

class Fields {
 public:
  Fields(const Yaml& yaml, std::string what, Problems& problems)
      : problems_(problems), map_(yaml, std::move(what), problems) {}

  YamlMap& map() { return map_; }
  Problems& problems() { return problems_; }
  const Place& place() const { return map_.place(); }
  bool has(std::string_view key) const { return map_.has(key); }
  Place place_of(std::string_view key);  // of its value; of the map where it is absent

  void text(std::string_view key, std::string& into);
  void flag(std::string_view key, bool& into);
  // These four tell whether the value was there and right.
  bool duration(std::string_view key, Micros& into, Micros least, Micros most);
  bool share(std::string_view key, std::int64_t& into_ppm);  // 0% to 100%
  bool rate(std::string_view key, std::int64_t& into_micro, std::int64_t most);
  bool need_duration(std::string_view key, Micros& into, Micros least, Micros most);
  // One, or a list of at most 16; empty where the key is not there or its value was reported.
  Conditions conditions(std::string_view key, const Names& names);

  template <class Number>
  void integer(std::string_view key, Number& into, std::int64_t least, std::int64_t most) {
    if (const auto number = map_.integer(key, least, most)) into = static_cast<Number>(*number);
  }
  template <class Enum>
  requires std::is_enum_v<Enum>
  void word(std::string_view key, Enum& into, const std::vector<std::string>& words) {
    if (const auto index = map_.word(key, words)) into = static_cast<Enum>(*index);
  }
  void finish() { map_.finish(); }

 private:
  Problems& problems_;
  YamlMap map_;
};

}  // namespace pindah
