// What is to be known of one field of a step or a surprise, a row each: how it is written, what it
// may be, what it means, and when it is dangerous. Reader, writer, checks, schema, the manual and
// the window walk these rows.
#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "scenario/parse.h"

namespace pindah {

enum class FieldType : std::uint8_t {
  duration,   // µs
  instant,    // µs from the beginning, or `never`
  share,      // ppm, 0% to 100%
  count,      // a whole number
  rows,       // `2000 rows/s`; 0: unlimited
  flag,       // true or false
  word,       // one of Field::words, by its position
  condition,  // of what operators see, or a list of them
  partition,  // one of the world's partitions, or kPartitionsMax: each request for itself
  text
};

// As `least` or `most` of a duration: the length of the run, settling included.
constexpr std::int64_t kToTheEnd = -1;

// A value that has hurt people elsewhere.
struct Danger {
  std::string value;  // as a person writes it: "false", "more than 1"
  std::string why;    // "batches overtake each other"
  // Whether the options at this address have it. None: where the field has exactly that value.
  std::function<bool(const void*)> holds = {};
};

// Plain data; the functions are made by `field` below and never null where the type has them.
struct Field {
  std::string key;
  std::string sentence;            // what it is or does, without a full stop
  std::vector<std::string> words;  // of a word
  std::int64_t least = 0;          // of a duration (µs) or a count
  std::int64_t most = kToTheEnd;
  bool needed = false;
  std::string needed_unless;  // needed where this other key is not there
  std::string derived;        // where it is left out: "where the service is captured"
  std::vector<Danger> dangers = {};
  FieldType type = FieldType::count;
  bool optional = false;  // it may have no value at all, and is then left out; of a text: empty
  // Of every type but condition and text: its value as a number; nothing where it has none.
  std::function<std::optional<std::int64_t>(const void*)> get = {};
  std::function<void(void*, std::int64_t)> set = {};
  std::function<const Conditions&(const void*)> conditions = {};
  std::function<void(void*, Conditions)> set_conditions = {};
  std::function<const std::string&(const void*)> text = {};
  std::function<void(void*, std::string)> set_text = {};
};

// Reads it into the options at this address, where it is there; leaves the default alone elsewhere.
void read_field(const Field& field, void* options, Fields& fields, Reading& reading);
// Its value as the reader reads it back. Nothing: it has none, and is left out.
std::optional<std::string> written(const Field& field, const void* options, const World& world);
// What is dangerous about the value that it has.
std::vector<std::string> dangers_of(const Field& field, const void* options);

// What it may be, for people: "1 to 100000", "hold or refuse".
std::string values_of(const Field& field);
// The words that stand for a value, of a word or a flag; none of other types.
std::vector<std::string> words_of(const Field& field);
// The words or bounds that hurt nobody, as far as is known: "hold"; empty where none hurts.
std::string safe_values_of(const Field& field);
// Draft-07, of one value.
nlohmann::ordered_json schema_of(const Field& field);
// "a, b or c".
std::string either(const std::vector<std::string>& words);

namespace vocabulary {

template <class Owner, class Value>
Owner owner_of(Value Owner::*);
template <auto First, auto... Rest>
auto& reach(auto& object) {
  if constexpr (sizeof...(Rest) == 0)
    return object.*First;
  else
    return reach<Rest...>(object.*First);
}
template <class T>
struct Inner {
  using type = T;
  static constexpr bool optional = false;
};
template <class T>
struct Inner<std::optional<T>> {
  using type = T;
  static constexpr bool optional = true;
};

template <class T>
std::int64_t to_number(const T& value) {
  if constexpr (std::is_same_v<T, Micros>)
    return value.us;
  else
    return static_cast<std::int64_t>(value);
}
template <class T>
T from_number(std::int64_t number) {
  if constexpr (std::is_same_v<T, Micros>)
    return Micros{number};
  else
    return static_cast<T>(number);
}

// The type by its member's; a share and rows a second are both int64 and must say which they are.
template <class T>
constexpr FieldType type_by() {
  if (std::is_same_v<T, bool>) return FieldType::flag;
  if (std::is_same_v<T, Micros>) return FieldType::duration;
  if (std::is_enum_v<T>) return FieldType::word;
  if (std::is_same_v<T, std::size_t>) return FieldType::partition;
  if (std::is_same_v<T, Conditions>) return FieldType::condition;
  if (std::is_same_v<T, std::string>) return FieldType::text;
  return FieldType::count;
}

// A row for the member at the end of the path: field<&Cutover::fence, &Fence::drain>({...}).
template <auto First, auto... Rest>
Field field(Field row) {
  using Owner = decltype(owner_of(First));
  using Member = std::remove_cvref_t<decltype(reach<First, Rest...>(std::declval<Owner&>()))>;
  using Value = typename Inner<Member>::type;
  if (row.type == FieldType::count) row.type = type_by<Value>();
  row.optional = row.optional || Inner<Member>::optional;
  const auto in = [](const void* options) -> const Member& {
    return reach<First, Rest...>(*static_cast<const Owner*>(options));
  };
  const auto into = [](void* options) -> Member& {
    return reach<First, Rest...>(*static_cast<Owner*>(options));
  };
  if constexpr (std::is_same_v<Member, Conditions>) {
    row.conditions = in;
    row.set_conditions = [into](void* o, Conditions all) { into(o) = std::move(all); };
  } else if constexpr (std::is_same_v<Value, std::string>) {
    row.text = in;
    row.set_text = [into](void* o, std::string text) { into(o) = std::move(text); };
  } else {
    row.get = [in](const void* o) -> std::optional<std::int64_t> {
      if constexpr (Inner<Member>::optional)
        return in(o) ? std::optional(to_number(*in(o))) : std::nullopt;
      else
        return to_number(in(o));
    };
    row.set = [into](void* o, std::int64_t number) { into(o) = from_number<Value>(number); };
  }
  return row;
}

// For Danger::holds: a predicate on the options of one kind.
template <class Options>
std::function<bool(const void*)> where(bool (*holds)(const Options&)) {
  return [holds](const void* options) { return holds(*static_cast<const Options*>(options)); };
}

}  // namespace vocabulary
}  // namespace pindah
