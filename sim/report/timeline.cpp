#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "report/plan_words.h"
#include "report/text.h"
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
  std::string met;  // by how many; empty: it changed nobody's owner
};

std::string end_of(const StepStory& story, const PlanEvent& event, const PlanWords& words) {
  std::string text = words.beside_name(event);
  if (!text.empty()) return text;
  if (!story.started || event.at == *story.started) return "done";
  return "done in " + brief_text(event.at - *story.started);
}

void tell(StepStory& story, const PlanEvent& event, const PlanWords& words) {
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
      story.end = end_of(story, event, words);
      return;
    case PlanEventKind::waiting: {
      const std::string note = clock_text(event.at) + " " + words.beside_name(event);
      if (story.notes.empty() || story.notes.back() != note) story.notes.push_back(note);
      return;
    }
    case PlanEventKind::surprise:
      story.surprise = true;
      if (event.phase == Phase::off) story.end = "over at " + clock_text(event.at);
      return;
    case PlanEventKind::count:
      return;
  }
}

std::string_view counted_by(Phase phase) {
  if (phase == Phase::fence) return "writes in flight";
  return phase == Phase::release ? "requests held" : "roots";
}

// "fence +0ms · drain +14ms · … · fence closed for 812ms" of one service.
std::string phases_text(const StepStory& story, ServiceId service, const PlanWords& words) {
  std::string text;
  std::optional<Micros> closed, opened;
  const Micros start = story.started.value_or(story.first);
  for (const PlanEvent& phase : story.phases) {
    if (phase.service != service) continue;
    if (phase.phase == Phase::fence && !closed) closed = phase.at;
    if (phase.phase == Phase::release) opened = phase.at;
    if (!text.empty()) text += " · ";
    text += words.beside_name(phase);
    if (!phase.compared) text += " +" + brief_text(phase.at - start);
    if (phase.count >= 0) {
      text += fmt::format(" ({} {})", grouped(phase.count), counted_by(phase.phase));
    }
  }
  if (closed && opened) text += " · fence closed for " + brief_text(*opened - *closed);
  return text;
}

// One text for each service; the same text of several services stands once.
std::vector<std::string> details_of(const StepStory& story, const PlanWords& words) {
  std::vector<ServiceId> services;
  std::vector<std::string> details = story.notes;
  for (const PlanEvent& phase : story.phases) {
    if (std::find(services.begin(), services.end(), phase.service) != services.end()) continue;
    services.push_back(phase.service);
    std::string text = phases_text(story, phase.service, words);
    if (std::find(details.begin(), details.end(), text) == details.end()) {
      details.push_back(std::move(text));
    }
  }
  return details;
}

TimelineEntry entry_of(const StepStory& story, const PlanWords& words) {
  TimelineEntry entry;
  entry.at = story.started.value_or(story.first);
  entry.what = (story.surprise ? "surprise: " : "") + story.name;
  if (!story.end.empty()) entry.what += ": " + story.end;
  entry.details = details_of(story, words);
  if (!story.met.empty()) entry.details.push_back(story.met);
  entry.bad = story.bad;
  return entry;
}

}  // namespace

namespace {

// Why a step did not end well stands among the reasons why nothing can be said.
void leave_out_reasons(const ReportInput& input, std::vector<StepStory>& steps) {
  const StepPlaces places(input.scenario);
  for (const Doubt& doubt : input.result.verdict.inconclusive) {
    const auto* unfinished = std::get_if<Unfinished>(&doubt);
    const int place = unfinished ? places.of(unfinished->step) : -1;
    if (place < 0 || !unfinished->setback) continue;
    StepStory& story = steps[static_cast<std::size_t>(place)];
    if (story.bad) story.end = unfinished->how == Unfinished::How::skipped ? "skipped" : "failed";
  }
}

}  // namespace

std::vector<TimelineEntry> timeline(const ReportInput& input) {
  const Scenario& scenario = input.scenario;
  std::vector<StepStory> steps(scenario.plan.size()), surprises(scenario.surprises.size());
  for (std::size_t i = 0; i < steps.size(); ++i) steps[i].name = scenario.plan[i].name;
  for (std::size_t i = 0; i < surprises.size(); ++i) {
    surprises[i].name = scenario.surprises[i].name;
  }
  const StepPlaces places(scenario);
  const PlanWords words(input.world, scenario);
  for (const PlanEvent& event : input.result.rehearsed.plan) {
    const bool of_surprise = event.kind == PlanEventKind::surprise;
    const int place = of_surprise ? place_of(scenario, event.surprise) : places.of(event.step);
    if (place >= 0)
      tell((of_surprise ? surprises : steps)[static_cast<std::size_t>(place)], event, words);
  }
  for (const MetStep& met : input.result.verdict.met)
    if (const int place = places.of(met.of.step); place >= 0)
      steps[static_cast<std::size_t>(place)].met = PlanWords::beside_name(met);
  leave_out_reasons(input, steps);
  std::vector<TimelineEntry> entries;
  for (const StepStory& story : steps) {
    if (story.first != kNever) {
      entries.push_back(entry_of(story, words));
    } else {
      entries.push_back({kNever, story.name + ": never started", {}, true});
    }
  }
  for (const StepStory& story : surprises) {
    if (story.first != kNever) entries.push_back(entry_of(story, words));
  }
  std::stable_sort(entries.begin(), entries.end(),
                   [](const TimelineEntry& a, const TimelineEntry& b) { return a.at < b.at; });
  return entries;
}

}  // namespace pindah
