#include "gui/deck/telling.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "report/facts.h"

namespace pindah::gui {

BandKind band_kind(std::string_view step) {
  const auto is = [&](std::string_view word) { return step.starts_with(word); };
  if (is("cutover") || is("rollback")) return BandKind::move;
  if (is("copy")) return BandKind::copy;
  if (is("verify") || is("shadow")) return BandKind::check;
  if (is("route") || is("dual")) return BandKind::share;
  if (is("capture") || is("apply") || is("reverse")) return BandKind::stream;
  return BandKind::other;
}

std::vector<Band> bands_of(const std::vector<PastEvent>& events) {
  std::vector<Band> bands;
  std::vector<std::int64_t> lanes;  // by lane: until when it is taken
  for (const PastEvent& event : events) {
    if (event.kind == "started") {
      bands.push_back({event.name, band_kind(event.name), event.at_us, kNoInstant, 0});
    } else if (event.kind == "finished" || event.kind == "aborted") {
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

std::vector<Pin> pins_of(const std::vector<PastEvent>& events) {
  std::vector<Pin> pins;
  for (const PastEvent& event : events) {
    const bool back = event.name.starts_with("rollback");
    if (event.kind == "surprise" && event.phase == "on")
      pins.push_back({PinKind::surprise, event.at_us, "surprise: " + event.name});
    if (event.kind == "phase" && event.phase == "switch")
      pins.push_back({back ? PinKind::back : PinKind::move, event.at_us, event.name});
    if (event.kind == "aborted" || event.kind == "skipped")
      pins.push_back({PinKind::trouble, event.at_us, event.text});
  }
  return pins;
}

namespace {

// A step of several services has phases of each; its start and its end are of all.
bool says_of_which(const PastEvent& event) {
  if (event.service.empty() || event.name.ends_with(" of " + event.service)) return true;
  return event.kind != "phase" && event.name.find(event.service) != std::string::npos;
}

}  // namespace

std::vector<EventRow> rows_of(const std::vector<PastEvent>& events) {
  std::vector<EventRow> rows;
  for (const PastEvent& event : events) {
    EventRow row{event.at_us, event.name, event.kind, Mood::plain};
    if (event.kind == "surprise") row.what = "surprise: " + event.name;
    if (event.kind == "phase" || event.kind == "surprise") row.detail = event.phase;
    if (!says_of_which(event)) row.detail += " of " + event.service;
    if (event.count >= 0)
      row.detail += fmt::format(", {} {}", event.count,
                                event.phase == "fence" ? "writes in flight" : "requests held");
    const bool says_more = event.text != event.name && event.text != event.phase &&
                           event.text != event.name + ": " + event.phase;
    if (!event.text.empty() && says_more) row.detail += ": " + event.text;
    if (event.kind == "aborted" || event.kind == "skipped") row.mood = Mood::bad;
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string phase_at(const std::vector<PastEvent>& events, std::int64_t instant_us) {
  constexpr auto weight = [](std::string_view step) {
    switch (band_kind(step)) {
      case BandKind::move:
        return 3;
      case BandKind::copy:
      case BandKind::check:
        return 2;
      case BandKind::share:
        return 1;
      default:
        return 0;
    }
  };
  struct Open {
    std::string name, phase;
  };
  std::vector<Open> open;
  for (const PastEvent& event : events) {
    if (event.at_us > instant_us) break;
    const auto at =
        std::find_if(open.begin(), open.end(), [&](const Open& o) { return o.name == event.name; });
    if (event.kind == "started") open.push_back({event.name, {}});
    if (event.kind == "phase" && at != open.end()) at->phase = event.phase;
    if ((event.kind == "finished" || event.kind == "aborted") && at != open.end()) open.erase(at);
  }
  const Open* best = nullptr;
  for (const Open& o : open)
    if (best == nullptr || weight(o.name) >= weight(best->name)) best = &o;
  if (best == nullptr) return {};
  return best->phase.empty() ? best->name : best->name + ": " + best->phase;
}

std::string first_and_most(const std::vector<Person>& people) {
  if (people.empty()) return {};
  std::map<std::string, std::int64_t> counts;
  std::int64_t first = kNoInstant;
  for (const Person& person : people) {
    first = std::min(first, person.at_us);
    ++counts[person.culprit.empty() ? person.cause : person.culprit];
  }
  const auto most = ranked(counts).front();
  return fmt::format("  ·  first at {}  ·  most often: {} ({})", clock_text({first}), most.first,
                     grouped(most.second));
}

void put_streams(std::vector<Room>& rooms, const std::vector<Band>& bands,
                 std::int64_t instant_us) {
  for (Room& room : rooms)
    for (const Band& band : bands) {
      if (band.from_us > instant_us || band.name.find(room.name) == std::string::npos) continue;
      if (band.kind == BandKind::stream) room.streams = true;
      if (band.name.starts_with("retire") && band.until_us <= instant_us) room.streams = false;
    }
}

std::string front_at(const std::vector<PastEvent>& events, std::int64_t instant_us,
                     const std::string& at_first) {
  std::string front = at_first;
  for (const PastEvent& event : events)
    if (event.at_us <= instant_us && event.kind == "finished" && event.name.starts_with("rename"))
      front = event.text;
  return front;
}

std::vector<std::string> weather_at(const std::vector<PastEvent>& events, std::int64_t instant_us) {
  std::vector<std::string> on;
  for (const PastEvent& event : events) {
    if (event.kind != "surprise" || event.at_us > instant_us) continue;
    if (event.phase == "on") on.push_back(event.name);
    if (event.phase == "off") std::erase(on, event.name);
  }
  return on;
}

}  // namespace pindah::gui
