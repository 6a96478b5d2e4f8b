#include "runfile/past.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "report/blame_words.h"
#include "report/harms.h"
#include "report/lived.h"
#include "report/plan_words.h"
#include "report/text.h"
#include "verdict/step_spans.h"

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
  const bool shown = page != nullptr && page->end == PageEnd::ok;
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
  if (!value.is_structured())
    return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  std::string words;
  for (const auto& [key, item] : value.items()) {
    if (!words.empty()) words += value.is_array() ? "; " : ", ";
    words += value.is_array() ? words_of(item) : key + " " + words_of(item);
  }
  return words.empty() ? "nothing" : words;
}

}  // namespace

// Do not change: these words are on disk.
std::string outcome_of(PageEnd end) {
  switch (end) {
    case PageEnd::ok:
      return "ok";
    case PageEnd::refused:
      return "refused";
    case PageEnd::failed:
      return "failed";
    case PageEnd::timed_out:
      return "timed out";
  }
  return {};
}

std::optional<PageEnd> page_end_of(std::string_view outcome) {
  for (const PageEnd end : {PageEnd::ok, PageEnd::refused, PageEnd::failed, PageEnd::timed_out})
    if (outcome_of(end) == outcome) return end;
  return {};
}

PastShopper past_shopper(const ReportInput& input, const Noticer& noticer) {
  Lived lived = lived_of(input, noticer);
  PastShopper past;
  past.id = noticer.intent;
  past.noticed_at_us = noticer.at.us;
  past.replied_us = noticer.replied.us;
  past.visit = noticer.visit;
  past.slower_us = noticer.slower_us;
  past.persona = std::move(lived.persona);
  past.home = std::move(lived.home);
  past.page = std::move(lived.page);
  past.difference = word_of(noticer.difference);
  past.cause = noticer.cause;
  past.culprit = lived.culprit;
  past.harm = lived.harm;
  past.annoyed = noticer.annoyed;
  past.empty_handed = noticer.empty_handed;
  past.harmed = noticer.harmed;
  return past;
}

std::vector<PastHarmed> past_harmed(const ReportInput& input) {
  std::map<std::pair<std::uint32_t, Micros>, const AnomalyCase*> cases;
  for (const AnomalyCase& found : input.result.rehearsed.cases)
    cases.try_emplace({found.intent, found.at}, &found);
  std::vector<PastHarmed> all;
  for (const Mark& harm : input.result.comparison.harms) {
    const auto found = cases.find({harm.intent, harm.at});
    if (found == cases.end()) continue;
    Noticer who;
    who.intent = harm.intent;
    Lived lived = lived_of(input, who);
    PastHarmed& past = all.emplace_back();
    past.id = harm.intent;
    past.at_us = harm.at.us;
    past.persona = std::move(lived.persona);
    past.home = std::move(lived.home);
    past.name = input.world.anomalies[static_cast<std::size_t>(found->second->anomaly)].name;
    past.detail = found->second->detail;
    past.culprit = BlameWords(input.world, input.scenario)
                       .sentence(found->second->culprit, found->second->how);
  }
  return all;
}

std::vector<PastHarm> past_harms(const ReportInput& input) {
  std::vector<PastHarm> all;
  for (const Harm& harm : harms(input))
    all.push_back({harm.name, harm.example, harm.culprit, harm.units});
  return all;
}

std::vector<PastCohort> past_cohorts(const Comparison& comparison) {
  std::vector<PastCohort> all;
  for (const auto& [name, counts] : comparison.cohorts)
    if (counts.second > 0) all.push_back({name, counts.first, counts.second});
  std::stable_sort(all.begin(), all.end(), [](const PastCohort& a, const PastCohort& b) {
    return a.noticed * b.exposed > b.noticed * a.exposed;
  });
  return all;
}

PastSpilled past_spilled(const ReportInput& input, const Spilled& spilled) {
  Noticer who;  // as if she had noticed there
  who.intent = spilled.intent;
  who.page = spilled.page;
  const Lived lived = lived_of(input, who);
  return {spilled.intent,
          spilled.at.us,
          spilled.visit,
          lived.persona,
          lived.home,
          lived.page,
          std::string(word_of(spilled.kind)),
          std::string(reason_of(spilled.kind))};
}

std::vector<PastLine> past_lines(const Verdict& verdict) {
  std::vector<PastLine> lines;
  for (const LineResult& line : verdict.lines) {
    PastLine& past = lines.emplace_back();
    past.name = line.line->name;
    past.state = line.state;
    past.says = line.says;
    past.expression = line.line->text;
    past.where = line.where;
    past.metric = line.line->budget.metric->id;
    past.arguments = line.line->budget.arguments.text;
    past.after_us = line.line->budget.after.us;
    past.value = line.value;
    past.exposure = line.exposure;
    past.exposure_needed = line.exposure_needed;
    if (line.from != kNever) past.broke_at_us = line.from.us;
  }
  return lines;
}

PastPage past_page(const World& world, const Record& record, std::size_t number) {
  const Visit& visit = record.visits[number];
  PastPage page;
  page.visit = visit.visit;
  page.page = world.pages[static_cast<std::size_t>(visit.page)].name;
  page.end = visit.end;
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

std::vector<PastStep> past_steps(const World& world, const Scenario& scenario) {
  std::vector<PastStep> steps;
  for (const PlanStep& step : scenario.plan) {
    PastStep& past = steps.emplace_back();
    past.name = step.name;
    past.kind = step.kind;
    for (const ServiceId id : step.services)
      past.services.push_back(world.services[static_cast<std::size_t>(id)].name);
    past.lasts = lasts(step);
  }
  return steps;
}

std::vector<PastEvent> past_events(const World& world, const Scenario& scenario,
                                   const std::vector<PlanEvent>& plan) {
  std::vector<PastEvent> events;
  const PlanWords words(world, scenario);
  for (const PlanEvent& event : plan) {
    PastEvent& past = events.emplace_back();
    past.at_us = event.at.us;
    past.count = event.count;
    past.kind = event.kind;
    past.step_kind = event.step_kind;
    past.phase = event.phase;
    past.name =
        event.kind == PlanEventKind::surprise ? words.name(event.surprise) : words.name(event.step);
    if (event.service >= 0)
      past.service = world.services[static_cast<std::size_t>(event.service)].name;
    past.text = words.sentence(event);
    past.with = words.name(event.with);
    const bool renames =
        event.kind == PlanEventKind::finished && event.step_kind == StepKind::rename;
    if (const PlanStep* step = words.step(event.step); step && renames)
      past.text = past.renamed = step->text;
  }
  return events;
}

std::string outcome_text(const PastPage* page) {
  if (page == nullptr) return "did not open it";
  std::string text = outcome_of(page->end) + " after " + brief_text({page->latency_us});
  if (page->tries > 1) text += fmt::format(", {} tries", page->tries);
  if (page->end != PageEnd::ok && !page->shown.empty()) text += ": " + page->shown;
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
