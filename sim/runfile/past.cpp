#include "runfile/past.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "report/facts.h"

namespace pindah {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostShown = 300;  // bytes of what a page showed

std::string shortened(std::string text) {
  if (text.size() > kMostShown) text = text.substr(0, kMostShown) + "…";
  return plain_text(text);
}

// A run file may come from anybody: what is longer or deeper than any page shows is not looked
// into.
constexpr std::size_t kLongest = 128 << 10, kDeepest = 16, kMostItems = 1000;

std::size_t depth_of(const std::string& text) {
  std::size_t depth = 0, most = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '\\') ++i;
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '[' || c == '{') most = std::max(most, ++depth);
    if ((c == ']' || c == '}') && depth > 0) --depth;
  }
  return most;
}

Json parsed(const std::string& text) {
  if (text.size() > kLongest || depth_of(text) > kDeepest) return Json();
  return Json::parse(text, nullptr, false);
}

Json shown_by(const PastPage* page) {
  const bool shown = page != nullptr && page->outcome == "ok";
  Json json = shown ? parsed(page->shown) : Json::object();
  return json.is_object() ? json : Json::object();
}

// SQL gives lists as texts.
Json meant(const Json& value) {
  if (!value.is_string()) return value;
  Json inner = parsed(value.get_ref<const std::string&>());
  return inner.is_array() || inner.is_object() ? inner : value;
}

// Of two lists: what stands in one of them only.
void leave_apart(Json& one, Json& other) {
  if (!one.is_array() || !other.is_array()) return;
  if (one.size() > kMostItems || other.size() > kMostItems) return;
  for (std::size_t i = 0; i < one.size();) {
    const auto same = std::find(other.begin(), other.end(), one[i]);
    if (same == other.end()) {
      ++i;
      continue;
    }
    other.erase(same);
    one.erase(i);
  }
}

// "idem 17, status paid; idem 18, status unpaid".
std::string words_of(const Json& value) {
  if (value.is_null()) return "nothing";
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_structured()) return value.dump();
  std::string words;
  for (const auto& [key, item] : value.items()) {
    if (!words.empty()) words += value.is_array() ? "; " : ", ";
    words += value.is_array() ? words_of(item) : key + " " + words_of(item);
  }
  return words.empty() ? "nothing" : words;
}

std::string kind_of(PlanEventKind kind) {
  constexpr const char* kKinds[] = {"started", "phase",   "finished", "skipped",
                                    "aborted", "waiting", "surprise"};
  return kKinds[static_cast<std::size_t>(kind)];
}

std::string outcome_of(PageEnd end) {
  constexpr const char* kEnds[] = {"ok", "refused", "failed", "timed out"};
  return kEnds[static_cast<std::size_t>(end)];
}

}  // namespace

PastPage past_page(const World& world, const Record& record, std::size_t number) {
  const Visit& visit = record.visits[number];
  PastPage page;
  page.visit = visit.visit;
  page.page = world.pages[static_cast<std::size_t>(visit.page)].name;
  page.outcome = outcome_of(visit.end);
  if (number < record.shown.size())
    page.shown =
        visit.end == PageEnd::ok
            ? record.shown.json(number, world, world.pages[static_cast<std::size_t>(visit.page)])
            : std::string(record.shown.bytes(number));
  page.intended_us = visit.intended_us;
  page.latency_us = visit.latency_us;
  page.tries = visit.tries;
  page.on_target = visit.on_target;
  return page;
}

std::vector<PastEvent> past_events(const World& world, const Scenario& scenario,
                                   const std::vector<PlanEvent>& plan) {
  std::vector<PastEvent> events;
  for (const PlanEvent& event : plan) {
    PastEvent& past = events.emplace_back();
    const auto step = static_cast<std::size_t>(event.step);
    past.at_us = event.at.us;
    past.count = event.count;
    past.kind = kind_of(event.kind);
    if (event.kind == PlanEventKind::surprise)
      past.name = scenario.surprises[step].name;
    else if (event.step >= 0)
      past.name = scenario.plan[step].name;
    if (event.service >= 0)
      past.service = world.services[static_cast<std::size_t>(event.service)].name;
    past.phase = event.phase;
    past.text = event.text;
    if (event.step >= 0 && event.kind == PlanEventKind::finished &&
        scenario.plan[step].kind == StepKind::rename)
      past.text = scenario.plan[step].text;
  }
  return events;
}

std::string outcome_text(const PastPage* page) {
  if (page == nullptr) return "did not open it";
  std::string text = page->outcome + " after " + brief_text({page->latency_us});
  if (page->tries > 1) text += fmt::format(", {} tries", page->tries);
  if (page->outcome != "ok" && !page->shown.empty()) text += ": " + page->shown;
  return shortened(text);
}

std::vector<ShownApart> shown_apart(const PastPage* control, const PastPage* rehearsed) {
  std::vector<ShownApart> apart;
  const Json without = shown_by(control), with = shown_by(rehearsed);
  for (const auto& [name, value] : without.items()) {
    if (with.contains(name) && with[name] == value) continue;
    ShownApart& shown = apart.emplace_back();
    shown.name = plain_text(name);
    Json there = meant(value), here = with.contains(name) ? meant(with[name]) : Json();
    shown.control = shortened(words_of(there));
    if (!with.contains(name)) continue;
    leave_apart(there, here);
    const bool reordered = there.is_array() && here.is_array() && there.empty() && here.empty();
    if (!reordered) shown.control = shortened(words_of(there));
    shown.rehearsed = reordered ? "the same in another order" : shortened(words_of(here));
  }
  return apart;
}

}  // namespace pindah
