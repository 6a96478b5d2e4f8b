#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "report/timeline.h"

namespace pindah {
namespace {

// What one step did, gathered from its events in order of time.
struct StepStory {
  std::string name;
  Micros first = kNever;
  std::optional<Micros> started;
  std::string end;  // "done in 812ms", "aborted: …"
  bool bad = false;
  bool surprise = false;
  std::vector<PlanEvent> phases;
  std::vector<std::string> notes;
};

// Events' sentences begin with the step's name, which stands there already.
std::string without_name(const StepStory& story, const std::string& text) {
  if (!text.starts_with(story.name)) return text;
  std::string rest = text.substr(story.name.size());
  for (std::string_view link : {": ", " was ", " is ", " "}) {
    if (rest.starts_with(link)) return rest.substr(link.size());
  }
  return rest;
}

std::string end_of(const StepStory& story, const PlanEvent& event) {
  std::string text = without_name(story, event.text);
  if (event.kind == PlanEventKind::skipped) return text.empty() ? "skipped" : text;
  if (event.kind == PlanEventKind::aborted) return text.empty() ? "aborted" : text;
  if (!text.empty()) return text;
  if (!story.started || event.at == *story.started) return "done";
  return "done in " + brief_text(event.at - *story.started);
}

void tell(StepStory& story, const PlanEvent& event) {
  story.first = std::min(story.first, event.at);
  switch (event.kind) {
    case PlanEventKind::started:
      if (!story.started) story.started = event.at;
      return;
    case PlanEventKind::phase:
      story.phases.push_back(event);
      return;
    case PlanEventKind::skipped:
    case PlanEventKind::aborted:
      story.bad = true;
      [[fallthrough]];
    case PlanEventKind::finished:
      story.end = end_of(story, event);
      return;
    case PlanEventKind::waiting: {
      const std::string note = clock_text(event.at) + " " + without_name(story, event.text);
      if (story.notes.empty() || story.notes.back() != note) story.notes.push_back(note);
      return;
    }
    case PlanEventKind::surprise:
      story.surprise = true;
      if (event.phase == "off") story.end = "over at " + clock_text(event.at);
      return;
  }
}

// "fence +0ms · drain +14ms · … · fence closed for 812ms" of one service.
std::string phases_text(const StepStory& story, ServiceId service) {
  std::string text;
  std::optional<Micros> closed, opened;
  const Micros start = story.started.value_or(story.first);
  for (const PlanEvent& phase : story.phases) {
    if (phase.service != service) continue;
    if (phase.phase == "fence" && !closed) closed = phase.at;
    if (phase.phase == "release") opened = phase.at;
    if (!text.empty()) text += " · ";
    const std::string says = without_name(story, phase.text);
    text += says.empty() || says == phase.phase ? phase.phase + " +" + brief_text(phase.at - start)
                                                : says;
    if (phase.count >= 0) {
      text += " (" + grouped(phase.count) +
              (phase.phase == "fence" ? " writes in flight)" : " requests held)");
    }
  }
  if (closed && opened) text += " · fence closed for " + brief_text(*opened - *closed);
  return text;
}

// One text for each service; the same text of several services stands once.
std::vector<std::string> details_of(const StepStory& story) {
  std::vector<ServiceId> services;
  std::vector<std::string> details = story.notes;
  for (const PlanEvent& phase : story.phases) {
    if (std::find(services.begin(), services.end(), phase.service) != services.end()) continue;
    services.push_back(phase.service);
    std::string text = phases_text(story, phase.service);
    if (std::find(details.begin(), details.end(), text) == details.end()) {
      details.push_back(std::move(text));
    }
  }
  return details;
}

TimelineEntry entry_of(const StepStory& story) {
  TimelineEntry entry;
  entry.at = story.started.value_or(story.first);
  entry.what = (story.surprise ? "surprise: " : "") + story.name;
  if (!story.end.empty()) entry.what += ": " + story.end;
  entry.details = details_of(story);
  entry.bad = story.bad;
  return entry;
}

}  // namespace

std::vector<TimelineEntry> timeline(const ReportInput& input) {
  const Scenario& scenario = input.scenario;
  std::vector<StepStory> steps(scenario.plan.size()), surprises(scenario.surprises.size());
  for (std::size_t i = 0; i < steps.size(); ++i) steps[i].name = scenario.plan[i].name;
  for (std::size_t i = 0; i < surprises.size(); ++i) {
    surprises[i].name = scenario.surprises[i].name;
  }
  for (const PlanEvent& event : input.result.rehearsed.plan) {
    auto& stories = event.kind == PlanEventKind::surprise ? surprises : steps;
    const auto number = static_cast<std::size_t>(event.step);
    if (event.step >= 0 && number < stories.size()) tell(stories[number], event);
  }
  std::vector<TimelineEntry> entries;
  for (const StepStory& story : steps) {
    if (story.first != kNever) {
      entries.push_back(entry_of(story));
    } else {
      entries.push_back({kNever, story.name + ": never started", {}, true});
    }
  }
  for (const StepStory& story : surprises) {
    if (story.first != kNever) entries.push_back(entry_of(story));
  }
  std::stable_sort(entries.begin(), entries.end(),
                   [](const TimelineEntry& a, const TimelineEntry& b) { return a.at < b.at; });
  return entries;
}

}  // namespace pindah
