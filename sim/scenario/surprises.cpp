#include <algorithm>
#include <charconv>

#include "metrics/cursor.h"
#include "scenario/parse.h"

namespace pindah {
namespace {

constexpr std::size_t kLongestName = 200;  // of a budget line, in bytes

std::vector<std::string> surprise_words() {
  return {"slow", "cut", "lossy", "pause", "kill", "stale"};
}

std::optional<std::size_t> position(const std::vector<std::string>& words,
                                    const std::string& word) {
  const auto found = std::find(words.begin(), words.end(), word);
  if (found == words.end()) return {};
  return static_cast<std::size_t>(found - words.begin());
}

void report_unknown(const Yaml& value, const std::string& what,
                    const std::vector<std::string>& known, Reading& reading) {
  reading.problems.add(value.place, "unknown " + what + " " + shown(value),
                       "one of: " + listed(known), did_you_mean(value.text(), known));
}

void read_link(const Yaml& value, Surprise& surprise, Reading& reading) {
  const auto link = position(link_words(), value.text());
  if (!link) return report_unknown(value, "link", link_words(), reading);
  surprise.link = static_cast<LinkId>(*link);
}

void read_platform(const Yaml& value, Surprise& surprise, Reading& reading) {
  const auto side = position(side_words(), value.text());
  if (!side) return report_unknown(value, "platform", side_words(), reading);
  surprise.platform = static_cast<Side>(*side);
}

// A ledger may be named like the link to it; then the ledger itself is meant.
void read_slow(const Yaml& value, Surprise& surprise, Reading& reading) {
  const std::string name = value.text();
  if (const LedgerId ledger = reading.world.ledger(name); ledger >= 0) {
    surprise.kind = SurpriseKind::slow_ledger;
    surprise.ledger = ledger;
  } else if (position(link_words(), name)) {
    surprise.kind = SurpriseKind::slow_link;
    read_link(value, surprise, reading);
  } else if (position(side_words(), name)) {
    surprise.kind = SurpriseKind::slow_platform;
    read_platform(value, surprise, reading);
  } else if (const ServiceId service = reading.world.service(name); service >= 0) {
    surprise.kind = SurpriseKind::slow_service;
    surprise.service = service;
  } else {
    std::vector<std::string> known;
    for (const Ledger& one : reading.world.ledgers) known.push_back(one.name);
    for (const auto& more : {link_words(), side_words(), reading.names.services}) {
      for (const std::string& word : more) {
        if (!position(known, word)) known.push_back(word);
      }
    }
    report_unknown(value, "part", known, reading);
  }
}

// `edge 2`: people count from 1.
void read_edge(const Yaml& value, Surprise& surprise, Reading& reading) {
  constexpr std::string_view kEdge = "edge ";
  const std::string text = value.text();
  const int most = reading.scenario.edges;
  int number = 0;
  if (text.rfind(kEdge, 0) == 0) {
    const char* end = text.data() + text.size();
    const auto [last, error] = std::from_chars(text.data() + kEdge.size(), end, number);
    if (error != std::errc() || last != end) number = 0;
  }
  if (number < 1 || number > most) {
    reading.problems.add(value.place, "unknown edge " + shown(value),
                         "edge 1 to edge " + std::to_string(most));
  }
  surprise.edge = number - 1;
}

void read_what(Fields& fields, const std::string& word, const Yaml& value, Surprise& surprise,
               Reading& reading) {
  const std::size_t kind = *position(surprise_words(), word);
  enum class Word : std::uint8_t { slow, cut, lossy, pause, kill, stale };
  switch (static_cast<Word>(kind)) {
    case Word::slow:
      read_slow(value, surprise, reading);
      fields.need_duration("by", surprise.by, {1}, hours(24));
      return;
    case Word::cut: {
      surprise.kind = SurpriseKind::cut_link;
      enum class Direction : std::uint8_t { both, there, back } direction = Direction::both;
      fields.word("direction", direction, {"both", "there", "back"});
      surprise.direction = static_cast<int>(direction);
      return read_link(value, surprise, reading);
    }
    case Word::lossy:
      surprise.kind = SurpriseKind::lossy_link;
      if (fields.map().need("by")) fields.share("by", surprise.ppm);
      return read_link(value, surprise, reading);
    case Word::pause:
      surprise.kind = SurpriseKind::pause_platform;
      return read_platform(value, surprise, reading);
    case Word::kill:
      if (value.text() == "migrator") {
        surprise.kind = SurpriseKind::kill_migrator;
        return;
      }
      surprise.kind = SurpriseKind::kill_platform;
      return read_platform(value, surprise, reading);
    case Word::stale:
      surprise.kind = SurpriseKind::stale_edge;
      return read_edge(value, surprise, reading);
  }
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
  const Yaml value = *fields.map().get(*word);
  read_what(fields, *word, value, surprise, reading);
  fields.need_duration("at", surprise.at, {}, reading.end());
  fields.need_duration("for", surprise.duration, {1}, reading.end());
  fields.flag("also_in_control", surprise.also_in_control);
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
    if (budget->metric == VerdictMetric::compliance && !reading.world.compliance) {
      reading.problems.add(text_place(value), "this world has no checklist to comply with",
                           "a compliance.yaml in its folder");
    }
    const bool every = budget->window == Window::every;
    if ((every && budget->window_length > reading.scenario.length) ||
        budget->after >= reading.end()) {
      reading.problems.add(text_place(value), "this looks at no moment of the run");
    }
    reading.scenario.budget.push_back({text_place(value), key.text(), value.text(), *budget});
  }
  if (map.entries().size() > kMostEntries) {
    reading.problems.add(yaml.place,
                         "the budget has more than " + std::to_string(kMostEntries) + " entries");
  }
}

}  // namespace pindah
