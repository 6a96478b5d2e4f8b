#include "scenario/vocabulary/field.h"

#include <fmt/format.h>

#include <algorithm>

#include "metrics/cursor.h"
#include "scenario/format.h"

namespace pindah {
namespace {

constexpr std::int64_t kFastest = 1'000'000;  // rows a second
constexpr const char* kEachRequest = "request";

std::vector<std::string> partition_words(const World& world) {
  std::vector<std::string> words;
  for (const Partition& partition : world.partitions) words.push_back(partition.name);
  words.emplace_back(kEachRequest);
  return words;
}

std::optional<std::int64_t> read_rows(const std::string& key, Fields& fields) {
  const std::optional<Yaml> value = fields.map().get(key);
  if (!value) return {};
  constexpr std::string_view kRows = " rows/s";
  const std::string text = value->text();
  if (text == "unlimited") return 0;
  const std::size_t rows = text.rfind(kRows);
  const bool ends = rows != std::string::npos && rows + kRows.size() == text.size();
  const std::int64_t number = ends ? parse_scaled(text.substr(0, rows), 1).value_or(0) : 0;
  if (number >= 1 && number <= kFastest) return number;
  fields.problems().add(value->place, "`" + key + "` must be rows a second, not " + shown(*value),
                        fmt::format("from 1 rows/s to {} rows/s, or unlimited", kFastest));
  return {};
}

std::optional<std::int64_t> read_duration(const Field& field, Fields& fields,
                                          const Reading& reading) {
  const std::optional<Yaml> value = fields.map().get(field.key);
  if (field.type == FieldType::instant && value && value->text() == "never") return kNever.us;
  Micros duration;
  const Micros most = field.most == kToTheEnd ? reading.end() : Micros{field.most};
  if (!fields.duration(field.key, duration, {field.least}, most)) return {};
  return duration.us;
}

std::optional<std::int64_t> read_number(const Field& field, Fields& fields, Reading& reading) {
  const auto as_number = [](const auto& value) {
    return value ? std::optional(static_cast<std::int64_t>(*value)) : std::nullopt;
  };
  std::int64_t ppm = 0;
  switch (field.type) {
    case FieldType::duration:
    case FieldType::instant:
      return read_duration(field, fields, reading);
    case FieldType::share:
      return fields.share(field.key, ppm) ? std::optional(ppm) : std::nullopt;
    case FieldType::count:
      return fields.map().integer(field.key, field.least, field.most);
    case FieldType::rows:
      return read_rows(field.key, fields);
    case FieldType::flag:
      return as_number(fields.map().boolean(field.key));
    case FieldType::word:
      return as_number(fields.map().word(field.key, field.words));
    case FieldType::partition: {
      const std::vector<std::string> words = partition_words(reading.world);
      const auto by = fields.map().word(field.key, words);
      if (by && *by + 1 == words.size()) return static_cast<std::int64_t>(kPartitionsMax);
      return as_number(by);
    }
    case FieldType::condition:
    case FieldType::text:
      break;
  }
  return {};
}

std::string number_text(const Field& field, std::int64_t number, const World& world) {
  switch (field.type) {
    case FieldType::instant:
      if (number == kNever.us) return "never";
      return exact_duration({number});
    case FieldType::duration:
      return exact_duration({number});
    case FieldType::share:
      return exact_share(number);
    case FieldType::rows:
      return number == 0 ? "unlimited" : fmt::format("{} rows/s", number);
    case FieldType::flag:
      return number != 0 ? "true" : "false";
    case FieldType::word:
      return field.words.at(static_cast<std::size_t>(number));
    case FieldType::partition:
      if (static_cast<std::size_t>(number) == kPartitionsMax) return kEachRequest;
      return world.partitions.at(static_cast<std::size_t>(number)).name;
    case FieldType::count:
    case FieldType::condition:
    case FieldType::text:
      break;
  }
  return std::to_string(number);
}

std::string bounds(const Field& field, const std::string& least, const std::string& most) {
  if (field.most != kToTheEnd) return least + " to " + most;
  return field.least == 0 ? "a duration" : "at least " + least;
}

}  // namespace

std::string either(const std::vector<std::string>& words) {
  std::string all;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) all += i + 1 == words.size() ? " or " : ", ";
    all += words[i];
  }
  return all;
}

void read_field(const Field& field, void* options, Fields& fields, Reading& reading) {
  if (field.needed || (!field.needed_unless.empty() && !fields.has(field.needed_unless)))
    if (!fields.map().need(field.key)) return;
  if (field.type == FieldType::condition) {
    Conditions all = fields.conditions(field.key, reading.names);
    if (!all.empty()) field.set_conditions(options, std::move(all));
  } else if (field.type == FieldType::text) {
    if (auto text = fields.map().text(field.key)) field.set_text(options, std::move(*text));
  } else if (const auto number = read_number(field, fields, reading)) {
    field.set(options, *number);
  }
}

std::optional<std::string> written(const Field& field, const void* options, const World& world) {
  if (field.type == FieldType::condition) {
    const Conditions& all = field.conditions(options);
    if (all.empty()) return {};
    std::vector<std::string> texts;
    for (const Expression& one : all) texts.push_back(in_quotes(one.text));
    return all.size() == 1 ? texts.front() : fmt::format("[{}]", fmt::join(texts, ", "));
  }
  if (field.type == FieldType::text && field.optional && field.text(options).empty()) return {};
  if (field.type == FieldType::text) return in_quotes(field.text(options));
  const std::optional<std::int64_t> number = field.get(options);
  if (!number) return {};
  return number_text(field, *number, world);
}

std::vector<std::string> words_of(const Field& field) {
  if (field.type == FieldType::flag) return {"true", "false"};
  return field.words;
}

namespace {

std::string word_of(const Field& field, const void* options) {
  const std::optional<std::int64_t> number = field.get(options);
  if (!number) return {};
  if (field.type == FieldType::flag) return *number != 0 ? "true" : "false";
  return field.words.at(static_cast<std::size_t>(*number));
}

}  // namespace

std::vector<std::string> dangers_of(const Field& field, const void* options) {
  std::vector<std::string> all;
  for (const Danger& danger : field.dangers) {
    const bool holds =
        danger.holds ? danger.holds(options) : word_of(field, options) == danger.value;
    if (holds) all.push_back(danger.why);
  }
  return all;
}

std::string values_of(const Field& field) {
  switch (field.type) {
    case FieldType::duration:
      return bounds(field, exact_duration({field.least}), exact_duration({field.most}));
    case FieldType::instant:
      return "a time from the beginning, or never";
    case FieldType::share:
      return "0% to 100%";
    case FieldType::count:
      return fmt::format("{} to {}", field.least, field.most);
    case FieldType::rows:
      return fmt::format("1 rows/s to {} rows/s, or unlimited", kFastest);
    case FieldType::flag:
    case FieldType::word:
      return either(words_of(field));
    case FieldType::condition:
      return "a condition, or a list of them";
    case FieldType::partition:
      return "a partition of the world, or request";
    case FieldType::text:
      break;
  }
  return "a text";
}

std::string safe_values_of(const Field& field) {
  if (field.dangers.empty()) return {};
  std::vector<std::string> safe;
  for (const std::string& word : words_of(field)) {
    const bool hurts = std::any_of(field.dangers.begin(), field.dangers.end(),
                                   [&](const Danger& danger) { return danger.value == word; });
    if (!hurts) safe.push_back(word);
  }
  if (!safe.empty()) return either(safe);
  std::vector<std::string> hurting;
  for (const Danger& danger : field.dangers) hurting.push_back(danger.value);
  return "anything but " + either(hurting);
}

nlohmann::ordered_json schema_of(const Field& field) {
  using Json = nlohmann::ordered_json;
  const auto defined = [](const char* name) {
    return Json{{"$ref", std::string("#/definitions/") + name}};
  };
  switch (field.type) {
    case FieldType::duration:
      return defined("duration");
    case FieldType::instant:
      return {{"anyOf", Json::array({defined("duration"), Json{{"const", "never"}}})}};
    case FieldType::share:
      return defined("share");
    case FieldType::count:
      return {{"type", "integer"}, {"minimum", field.least}, {"maximum", field.most}};
    case FieldType::rows:
      return defined("rows");
    case FieldType::flag:
      return {{"type", "boolean"}};
    case FieldType::word:
      return {{"enum", field.words}};
    case FieldType::condition:
      return defined("conditions");
    case FieldType::partition:
    case FieldType::text:
      break;
  }
  return {{"type", "string"}};
}

}  // namespace pindah
