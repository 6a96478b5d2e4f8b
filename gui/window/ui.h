// What the person at the window has set, and what she asks for. Drawing reads the deck, changes the
// ui, and adds to the commands: no globals, no clock.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "flight/intervention.h"
#include "gui/deck/deck.h"

namespace pindah::gui {

enum class Verb : std::uint8_t {
  play,         // or pause
  step_event,   // the next event of the rehearsed life
  step_second,  // one virtual second
  speed,        // number: a Speed
  go_to,        // number: an instant; back, or on
  choose,       // number: a shopper whose lives are wanted; -1: nobody's
  intervene,    // intervention
  save,         // text: the file to write the scenario to; number 1: what is there is replaced
  open          // text: a scenario or run file, of the picker
};
struct Command {
  Verb verb{};
  std::int64_t number = 0;
  std::string text;
  Intervention intervention;
};

// The drawn things by name and where they are, for those who drive the window by its mouse.
struct Box {
  float left = 0, top = 0, right = 0, bottom = 0;
};
using Boxes = std::map<std::string, Box>;

// What the hands' panel offers before anybody has changed it.
inline Surprise first_surprise() {
  Surprise surprise;
  surprise.by = millis(400);
  surprise.lost_ppm = 10'000;
  return surprise;
}

struct Ui {
  std::size_t tab = 0;      // which of the tabs (tabs.h); the first is who noticed
  bool tab_is_new = false;  // it was set from outside: the tab bar is told, and comes into sight
  // What the plots show; an `until` of 0: everything.
  std::int64_t from_us = 0, until_us = 0;
  std::int64_t crosshair_us = -1;    // an instant that the mouse is over; -1: none
  std::int64_t chosen = -1;          // the shopper whose lives are shown
  bool chosen_is_new = true;         // her first difference is still to be scrolled to
  bool row_is_new = false;           // and her row in the table
  std::vector<std::int64_t> listed;  // who stands in the table, in its order
  std::string filter;                // of those in it
  int sum = -1;                      // those that this sum counts; -1: all
  float scale = 1;                   // of everything; Ctrl + and -
  bool help = false, hands = false;
  // of the hands' panel
  int surprise = 0;  // of the kinds that it offers
  Surprise next_surprise = first_surprise();
  std::map<std::string, int> what;  // by "slow link": which of the links
  int lasts_s = 30;
  float shoppers_per_second = -1;
  std::string save_as, offered;  // offered: the name that was there before anybody wrote one
  Boxes* boxes = nullptr;        // filled while drawing; for tests
};

// What is known of the names a surprise may concern.
struct Parties {
  std::vector<std::string> services, ledgers;
  std::array<std::string, 2> platforms;
  int edges = 0;
};

}  // namespace pindah::gui
