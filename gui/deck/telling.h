// What the plan and the surprises did, as bands, pins, rows and the phase of an instant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gui/deck/deck.h"
#include "runfile/reader.h"

namespace pindah::gui {

// From the step's name, which begins with what it does: "cutover of orders".
BandKind band_kind(std::string_view step);
// Steps from start to end, each in the lowest lane that is free.
std::vector<Band> bands_of(const std::vector<PastEvent>& events);
std::vector<Pin> pins_of(const std::vector<PastEvent>& events);
std::vector<EventRow> rows_of(const std::vector<PastEvent>& events);
// "cutover of orders: fence": of the step under way at the instant that matters most; may be empty.
std::string phase_at(const std::vector<PastEvent>& events, std::int64_t instant_us);
// "  ·  first at 00:09:59  ·  most often: cutover of orders: fence (198)"; of nobody: empty.
std::string first_and_most(const std::vector<Person>& people);
// Which rooms stream their changes to the other side: from when they are captured until they are
// retired.
void put_streams(std::vector<Room>& rooms, const std::vector<Band>& bands, std::int64_t instant_us);
// What the shop that moves is called after the last renaming until the instant.
std::string front_at(const std::vector<PastEvent>& events, std::int64_t instant_us,
                     const std::string& at_first);
// Surprises that are on at the instant.
std::vector<std::string> weather_at(const std::vector<PastEvent>& events, std::int64_t instant_us);

}  // namespace pindah::gui
