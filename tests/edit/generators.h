// Scenarios and edits by chance, from the vocabulary: every kind of step and surprise, every field,
// flow and block style, comments, both line ends. For use within a property
// (tests/edit/property.h); they are of the world of tests/scenario/named_world.h.
#pragma once

#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "edit/edit.h"
#include "edit/layout.h"
#include "edit/quantities.h"
#include "scenario/format.h"
#include "scenario/vocabulary/steps.h"
#include "scenario/vocabulary/surprises.h"
#include "scenario/words.h"
#include "tests/scenario/named_world.h"

namespace pindah::test {

// From 0 to below `n`, evenly whatever the size of the case.
inline std::int64_t below(std::int64_t n) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::int64_t>(0, n));
}
inline bool one_in(std::int64_t n) { return below(n) == 0; }
template <class List>
auto one_of(const List& list) {
  return *(std::begin(list) + below(static_cast<std::int64_t>(std::size(list))));
}

inline std::string any_name() {
  constexpr const char* kNames[] = {"the night", "a, b", "größer", "it's", "say \"yes\"", "x: y",
                                    "# one",     "[a]",  "null",   "7",    "- a",         "{ b }"};
  return one_of(kNames);
}
inline std::string any_service() {
  constexpr const char* kServices[] = {"orders", "payments", "catalogue", "carts"};
  return one_of(kServices);
}
inline std::string any_condition() {
  const std::string service = any_service();
  const std::string conditions[] = {
      "copied(" + service + ") == 100%",  "lag(" + service + ") < 1s",
      "verified(" + service + ")",        "p99(edge) > 400ms",
      "copied(orders, payments) == 100%", "queue(source) < 50 for 2m"};
  return one_of(conditions);
}

// What a field may be, and now and then what it may not.
inline std::string any_value(const Field& field) {
  if (one_in(60)) return "nonsense";
  const std::int64_t most = field.most == kToTheEnd ? hours(1).us : field.most;
  const std::int64_t span = std::max<std::int64_t>(most - field.least, 0) + 1;
  const std::int64_t number = field.least + below(std::min<std::int64_t>(span, hours(1).us));
  switch (field.type) {
    case FieldType::duration:
      return spoken_duration(number);
    case FieldType::instant:
      return one_in(8) ? "never" : spoken_duration(below(hours(2).us));
    case FieldType::share:
      return exact_share(below(1'000'001));
    case FieldType::count:
      return std::to_string(number);
    case FieldType::rows:
      return one_in(4) ? "unlimited" : std::to_string(1 + below(100'000)) + " rows/s";
    case FieldType::flag:
      return one_in(2) ? "true" : "false";
    case FieldType::word:
      return one_of(field.words);
    case FieldType::condition:
      return in_quotes(any_condition());
    case FieldType::partition:
      return one_of(std::vector<std::string>{"shopper", "shop", "request"});
    case FieldType::text:
      return in_quotes(any_name());
  }
  return {};
}

using Keys = std::vector<std::pair<std::string, std::string>>;  // values as they are written

inline std::string any_part(const SurpriseSpec& spec) {
  switch (one_of(spec.parts)) {
    case PartKind::ledger:
      return "gateway";
    case PartKind::link:
      return one_of(link_words());
    case PartKind::platform:
      return one_of(side_words());
    case PartKind::service:
      return any_service();
    case PartKind::migrator:
      return "migrator";
    case PartKind::edge:
      return "edge " + std::to_string(1 + below(4));
  }
  return {};
}

inline std::string any_target(const StepSpec& spec) {
  if (spec.of == Of::text) return in_quotes(any_name());
  if (spec.of == Of::pages) return one_in(2) ? "checkout" : "[cart, home]";
  return one_in(2) ? any_service() : "[orders, payments]";
}

inline Keys any_step() {
  const StepSpec spec = one_of(step_specs());
  Keys keys{{spec.word, any_target(spec)}};
  if (one_in(4)) {
    keys.emplace_back("when", in_quotes(any_condition()));
  } else {
    keys.emplace_back("at", spoken_duration(below(hours(1).us)));
  }
  if (one_in(4)) keys.emplace_back("needs", in_quotes(any_condition()));
  if (one_in(3)) keys.emplace_back("name", in_quotes(any_name()));
  for (const Field& field : spec.fields) {
    if (one_in(3) || field.needed) keys.emplace_back(field.key, any_value(field));
  }
  return keys;
}

inline Keys any_surprise() {
  const SurpriseSpec spec = one_of(surprise_specs());
  Keys keys{{"at", spoken_duration(below(hours(1).us))}, {spec.word, any_part(spec)}};
  keys.emplace_back("for", spoken_duration(1 + below(hours(1).us)));
  for (const Field& field : spec.fields) {
    if (field.needed || one_in(2)) keys.emplace_back(field.key, any_value(field));
  }
  if (one_in(3)) keys.emplace_back("also_in_control", "true");
  if (one_in(3)) keys.emplace_back("name", in_quotes(any_name()));
  return keys;
}

inline std::string in_braces(const Keys& keys) {
  std::string text;
  for (const auto& [key, value] : keys) text += (text.empty() ? "{ " : ", ") + key + ": " + value;
  return text + " }";
}

// An entry of a list, on a line or on several, with comments or without.
inline std::string any_entry(const Keys& keys) {
  std::string text;
  if (one_in(4)) text += "  # a comment of its own\n";
  if (one_in(6)) text += "\n";
  if (one_in(3)) {
    for (std::size_t i = 0; i < keys.size(); ++i)
      text += (i == 0 ? "  - " : "    ") + keys[i].first + ": " + keys[i].second +
              (one_in(5) ? "   # why\n" : "\n");
    return text;
  }
  return text + "  - " + in_braces(keys) + (one_in(4) ? "   # so it is\n" : "\n");
}

inline std::string any_list(const std::string& key, Keys (*entry)(), std::string lead = {}) {
  const std::int64_t size = below(6);
  if (lead.empty() && size == 0) return one_in(2) ? "" : key + ": []\n";
  if (lead.empty() && one_in(6)) return key + ": [" + in_braces(entry()) + "]   # few\n";
  std::string text = key + ":" + (one_in(4) ? "   # in order\n" : "\n") + lead;
  for (std::int64_t i = 0; i < size; ++i) text += any_entry(entry());
  return text;
}

// A scenario that may be one: its plan begins so that most steps can follow.
inline std::string any_scenario() {
  std::string text = "# A night · größer als je\npindah: 1\nworld: shop\n";
  if (one_in(2)) text += "seed: " + std::to_string(below(1000)) + "   # every draw\n";
  text += "length: 2h\n";
  if (one_in(2)) text += "settings: { unpaid_for: 2h }\n";
  if (one_in(2)) text += "links:\n  source-target: { delay: 9ms }\n  gateway:\n    delay: 20ms\n";
  if (one_in(2))
    text +=
        "\ntraffic:\n  - { hold: 2/s }\n  - { at: 1h, spike: 9/s, rise: 10s, half_life: 30s }\n";
  const std::string ready =
      "  - { at: 1m, capture: [orders, payments, catalogue, carts] }\n"
      "  - { at: 2m, copy: [orders, payments, catalogue, carts] }\n"
      "  - { at: 3m, apply: [orders, payments, catalogue, carts] }\n";
  text += "\n" + any_list("plan", any_step, one_in(4) ? "" : ready);
  text += any_list("surprises", any_surprise);
  if (one_in(2))
    text += "budget:\n  nobody notices: noticed == 0%\n  no loss: lost_orders == 0   # none\n";
  if (one_in(6)) text.pop_back();
  if (!one_in(4)) return text;
  std::string windows;
  for (const char c : text) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return windows;
}

// A path to something in the text, or beside it.
inline EditPath any_path(const Layout& root) {
  EditPath path;
  const Layout* node = &root;
  while (!node->entries.empty() && (path.empty() || !one_in(4))) {
    const auto at =
        static_cast<std::size_t>(below(static_cast<std::int64_t>(node->entries.size())));
    const std::string& key = node->entries[at].key;
    const bool odd = key.find_first_of(" .") != std::string::npos;
    const bool list = node->kind == Layout::Kind::list;
    path.push_back(list ? key_step(std::to_string(at)) : odd ? name_step(key) : key_step(key));
    node = &node->entries[at].value;
  }
  if (one_in(8)) path.push_back(one_in(2) ? key_step("drain") : name_step(any_name()));
  if (path.empty()) path.push_back(key_step("seed"));
  return path;
}

inline std::string any_word_of_yaml() {
  const std::string words[] = {"7",
                               "5m",
                               "10%",
                               "false",
                               "[orders]",
                               "500 rows/s",
                               in_quotes(any_name()),
                               any_condition(),
                               "{ at: 1m }",
                               "3/s",
                               "never",
                               "'it''s'"};
  return one_of(words);
}

inline Edit any_edit(const Layout& root) {
  switch (below(8)) {
    case 0:
      return add_edit({key_step("plan")}, in_braces(any_step()));
    case 1:
      return add_edit({key_step("surprises")}, in_braces(any_surprise()));
    case 2:
      return add_edit({key_step("budget")}, "{ fresh: noticed }");
    case 3:
    case 4:
      return remove_edit(any_path(root));
    case 5: {
      Edit edit =
          set_edit(any_path(root), one_of(std::vector<std::string>{"1m", "10%", "3", "1/s"}));
      edit.verb = one_in(2) ? EditVerb::later : EditVerb::earlier;
      edit.source = edit_text(edit);
      return edit;
    }
    case 6: {
      Edit edit = set_edit(one_in(2) ? EditPath{key_step("traffic")} : any_path(root), "1.5");
      edit.verb = EditVerb::times;
      edit.source = edit_text(edit);
      return edit;
    }
    default:
      return set_edit(any_path(root), any_word_of_yaml());
  }
}

}  // namespace pindah::test
