#include "gui/deck/plan_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/text.h"
#include "verdict/step_spans.h"

namespace pindah::gui {

const PastStep* Told::step(const std::string& name) const {
  const auto found = std::find_if(steps.begin(), steps.end(),
                                  [&](const PastStep& step) { return step.name == name; });
  return found == steps.end() ? nullptr : &*found;
}

Told drawable(Told told) {
  for (std::string& service : told.services) service = plain_text(service);
  for (PastStep& step : told.steps) {
    step.name = plain_text(step.name);
    for (std::string& service : step.services) service = plain_text(service);
  }
  for (PastEvent& event : told.events)
    for (std::string* text : {&event.name, &event.service, &event.text, &event.renamed})
      *text = plain_text(*text);
  return told;
}

BandKind band_kind(StepKind kind) { return spec_of(kind).sort; }

namespace {

// What goes on until another step ends it does so for each of its services.
bool ends_by_service(StepKind kind) {
  return kind == StepKind::capture || kind == StepKind::apply || kind == StepKind::dual_write ||
         kind == StepKind::shadow_read;
}

}  // namespace

bool Endings::ends(const PastEvent& event) {
  if (event.kind == PlanEventKind::aborted) return true;
  if (event.kind != PlanEventKind::finished) return false;
  const PastStep* step = told_.step(event.name);
  if (step == nullptr || !ends_by_service(step->kind)) return true;
  std::set<std::string>& over = over_[event.name];
  over.insert(event.service);
  return over.size() >= step->services.size();
}

std::vector<Band> bands_of(const Told& told) {
  Endings endings(told);
  std::vector<Band> bands;
  std::vector<std::int64_t> lanes;  // by lane: until when it is taken
  for (const PastEvent& event : told.events) {
    if (event.kind == PlanEventKind::started) {
      const BandKind kind = event.step_kind ? band_kind(*event.step_kind) : BandKind::other;
      bands.push_back({event.name, kind, event.at_us, kNoInstant, 0});
    } else if (endings.ends(event)) {
      const auto band = std::find_if(bands.rbegin(), bands.rend(), [&](const Band& b) {
        return b.name == event.name && b.until_us == kNoInstant;
      });
      if (band != bands.rend()) band->until_us = event.at_us;
    }
  }
  for (Band& band : bands) {
    auto lane = std::find_if(lanes.begin(), lanes.end(),
                             [&](std::int64_t taken) { return taken <= band.from_us; });
    if (lane == lanes.end()) lane = lanes.insert(lanes.end(), 0);
    *lane = band.until_us;
    band.lane = static_cast<int>(lane - lanes.begin());
  }
  return bands;
}

std::vector<Pin> pins_of(const Told& told) {
  std::vector<Pin> pins;
  for (const PastEvent& event : told.events) {
    const bool back = event.step_kind == StepKind::rollback;
    if (event.phase == Phase::on)
      pins.push_back({PinKind::surprise, event.at_us, "surprise: " + event.name});
    if (event.phase == Phase::switch_over && event.kind == PlanEventKind::phase)
      pins.push_back({back ? PinKind::back : PinKind::move, event.at_us, event.name});
    if (event.kind == PlanEventKind::aborted || event.kind == PlanEventKind::skipped)
      pins.push_back({PinKind::trouble, event.at_us, event.text});
  }
  return pins;
}

namespace {

// Whether the sentence tells more than the name, the kind and the phase beside it.
bool says_more(const PastEvent& event) {
  switch (event.kind) {
    case PlanEventKind::skipped:
    case PlanEventKind::aborted:
    case PlanEventKind::waiting:
      return true;
    case PlanEventKind::phase:
      return event.phase == Phase::verified || event.phase == Phase::shadow_reads;
    case PlanEventKind::finished:
      return !event.with.empty() || !event.renamed.empty();
    default:
      return false;
  }
}

// A step of several services has phases of each; its start and its end are of all.
bool says_of_which(const Told& told, const PastEvent& event) {
  const PastStep* step = told.step(event.name);
  return event.kind == PlanEventKind::phase && !event.service.empty() && step != nullptr &&
         step->services.size() > 1;
}

}  // namespace

std::vector<EventRow> rows_of(const Told& told) {
  std::vector<EventRow> rows;
  for (const PastEvent& event : told.events) {
    const bool of_phase =
        event.kind == PlanEventKind::phase || event.kind == PlanEventKind::surprise;
    EventRow row{event.at_us, event.name,
                 std::string(of_phase ? word_of(event.phase) : word_of(event.kind)), Mood::plain};
    if (event.kind == PlanEventKind::surprise) row.what = "surprise: " + event.name;
    if (says_of_which(told, event)) row.detail += " of " + event.service;
    if (event.count >= 0)
      row.detail += fmt::format(", {} {}", event.count,
                                event.phase == Phase::fence ? "writes in flight" : "requests held");
    if (says_more(event) && !event.text.empty()) row.detail += ": " + event.text;
    if (event.kind == PlanEventKind::aborted || event.kind == PlanEventKind::skipped)
      row.mood = Mood::bad;
    rows.push_back(std::move(row));
  }
  return rows;
}

namespace {

ServiceId service_id(const Told& told, const std::string& name) {
  const auto found = std::find(told.services.begin(), told.services.end(), name);
  return found == told.services.end() ? -1 : static_cast<ServiceId>(found - told.services.begin());
}

std::vector<TimedStep> timed(const Told& told) {
  std::vector<TimedStep> steps;
  for (const PastStep& step : told.steps) {
    TimedStep& one = steps.emplace_back();
    one = {step.name, step.kind, {}, step.lasts};
    for (const std::string& service : step.services)
      one.services.push_back(service_id(told, service));
  }
  return steps;
}

}  // namespace

std::string phase_at(const Told& told, std::int64_t instant_us) {
  std::vector<PlanEvent> until;
  for (const PastEvent& past : told.events) {
    if (past.at_us > instant_us || past.kind == PlanEventKind::surprise) continue;
    PlanEvent& event = until.emplace_back();
    event.at = {past.at_us};
    event.kind = past.kind;
    event.step = step_id(past.name);
    event.phase = past.phase;
  }
  const StepSpans spans(timed(told), until);
  const StepSpan* span = spans.under_way({instant_us}, {instant_us}, -1);
  return span ? StepSpans::text(*span, StepSpans::phase(*span, {instant_us})) : std::string();
}

std::string first_and_most(const std::vector<Person>& people) {
  std::map<std::string, std::int64_t> counts;
  std::int64_t first = kNoInstant;
  for (const Person& person : people) {
    if (!person.noticed) continue;
    first = std::min(first, person.at_us);
    ++counts[person.culprit.empty() ? person.cause : person.culprit];
  }
  if (counts.empty()) return {};
  const auto most = ranked(counts).front();
  return fmt::format("  ·  first at {}  ·  most often: {} ({})", clock_text({first}), most.first,
                     grouped(most.second));
}

std::string front_at(const Told& told, std::int64_t instant_us, const std::string& at_first) {
  std::string front = at_first;
  for (const PastEvent& event : told.events)
    if (event.at_us <= instant_us && !event.renamed.empty()) front = event.renamed;
  return front;
}

std::vector<std::string> weather_at(const Told& told, std::int64_t instant_us) {
  std::vector<std::string> on;
  for (const PastEvent& event : told.events) {
    if (event.at_us > instant_us) continue;
    if (event.phase == Phase::on) on.push_back(event.name);
    if (event.phase == Phase::off) std::erase(on, event.name);
  }
  return on;
}

}  // namespace pindah::gui
