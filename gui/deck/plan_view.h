// What the plan and the surprises did, as bands, pins, rows and the step of an instant.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "gui/deck/deck.h"
#include "runfile/past.h"

namespace pindah::gui {

// A plan and what became of it, with names that can be drawn. Events are in order of time.
struct Told {
  std::vector<std::string> services;  // by ServiceId
  std::vector<PastStep> steps;        // in the plan's order
  std::vector<PastEvent> events;
  const PastStep* step(const std::string& name) const;  // null: the plan has none of that name
};
// Names and texts as they may be drawn.
Told drawable(Told told);

BandKind band_kind(StepKind kind);
// Which events end their steps: one of several services may end with each of them. Events are given
// in order of time; `told` outlives it.
class Endings {
 public:
  explicit Endings(const Told& told) : told_(told) {}
  bool ends(const PastEvent& event);

 private:
  const Told& told_;
  std::map<std::string, std::set<std::string>> over_;  // by step: its services that are over
};
// Steps from start to end, each in the lowest lane that is free.
std::vector<Band> bands_of(const Told& told);
std::vector<Pin> pins_of(const Told& told);
std::vector<EventRow> rows_of(const Told& told);
// "cutover of orders: fence": of the step under way at the instant that the blame would name; may
// be empty.
std::string phase_at(const Told& told, std::int64_t instant_us);
// "  ·  first at 00:10:04  ·  most often: cutover of orders: fence (198)"; of nobody: empty.
std::string first_and_most(const std::vector<Person>& people);
// What the shop that moves is called after the last renaming until the instant.
std::string front_at(const Told& told, std::int64_t instant_us, const std::string& at_first);
// Surprises that are on at the instant.
std::vector<std::string> weather_at(const Told& told, std::int64_t instant_us);

}  // namespace pindah::gui
