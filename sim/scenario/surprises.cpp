#include <algorithm>

#include "metrics/cursor.h"
#include "scenario/vocabulary/parts.h"
#include "scenario/vocabulary/surprises.h"

namespace pindah {
namespace {

constexpr std::size_t kLongestName = 200;  // of a budget line, in bytes

std::size_t kind_of(const std::string& word) {
  const std::vector<std::string> words = surprise_words();
  return static_cast<std::size_t>(std::find(words.begin(), words.end(), word) - words.begin());
}

// The one word that says what happens.
std::optional<std::string> read_word(Fields& fields, Reading& reading) {
  std::vector<std::string> given;
  for (const std::string& word : surprise_words()) {
    if (fields.has(word)) given.push_back(word);
  }
  if (given.size() == 1) return given.front();
  std::string hint;
  for (const auto& entry : fields.map().entries()) {
    if (hint.empty()) hint = did_you_mean(entry.first.text(), surprise_words());
  }
  reading.problems.add(fields.place(),
                       given.empty() ? "this surprise does nothing"
                                     : "a surprise is one thing, not " + listed(given),
                       "one of: " + listed(surprise_words()), given.empty() ? hint : "");
  return {};
}

void read_surprise(const Yaml& yaml, std::vector<std::string>& taken, Reading& reading) {
  Fields fields(yaml, "a surprise", reading.problems);
  if (!yaml.is_map()) return;
  const std::optional<std::string> word = read_word(fields, reading);
  if (!word) return;
  Surprise surprise;
  surprise.place = yaml.place;
  surprise.kind = static_cast<SurpriseKind>(kind_of(*word));
  const SurpriseSpec& spec = spec_of(surprise);
  const Yaml value = *fields.map().get(*word);
  if (const auto part = read_part(value, spec.parts, reading)) surprise.part = *part;
  for (const auto* rows : {&spec.fields, &common_surprise_fields()})
    for (const Field& field : *rows) read_field(field, &surprise, fields, reading);
  surprise.name = *word + " " + value.text();
  fields.text("name", surprise.name);
  fields.finish();
  surprise.name = unique_name(surprise.name, taken);
  taken.push_back(surprise.name);
  reading.scenario.surprises.push_back(std::move(surprise));
}

}  // namespace

void read_surprises(const Yaml& yaml, Reading& reading) {
  std::vector<std::string> taken;
  for (const Yaml& item : maps_of(yaml, "`surprises`", reading.problems)) {
    read_surprise(item, taken, reading);
  }
}

void read_budget(const Yaml& yaml, Reading& reading) {
  YamlMap map(yaml, "the budget", reading.problems);
  for (const auto& [key, value] : map.entries()) {
    if (!value.is_scalar()) {
      reading.problems.add(value.place, "a budget line is text, not " + shown(value),
                           "such as noticed <= 0.1%");
      continue;
    }
    if (key.text().empty() || key.text().size() > kLongestName) {
      reading.problems.add(key.place, "the name of a budget line has 1 to 200 bytes");
    }
    const auto budget =
        parse_budget(value.text(), text_place(value), reading.names, reading.problems);
    if (!budget) continue;
    if (budget->metric->id == VerdictMetric::compliance && !reading.world.compliance) {
      reading.problems.add(text_place(value), "this world has no checklist to comply with",
                           "a compliance.yaml in its folder");
    }
    const bool every = budget->window == Window::every;
    if ((every && budget->window_length > reading.scenario.length) ||
        budget->after >= reading.end()) {
      reading.problems.add(text_place(value), "this window lies outside the run");
    }
    reading.scenario.budget.push_back({text_place(value), key.text(), value.text(), *budget, {}});
  }
  if (map.entries().size() > kMostEntries) {
    reading.problems.add(yaml.place,
                         "the budget has more than " + std::to_string(kMostEntries) + " entries");
  }
}

}  // namespace pindah
