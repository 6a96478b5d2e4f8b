// The colours, after Okabe and Ito ("Color Universal Design", 2008): told apart by everybody.
#pragma once

#include <imgui.h>

#include "gui/deck/deck.h"

namespace pindah::gui::palette {

constexpr ImU32 rgb(unsigned hex, unsigned alpha = 255) {
  return IM_COL32(hex >> 16 & 255u, hex >> 8 & 255u, hex & 255u, alpha);
}
constexpr ImU32 with_alpha(ImU32 colour, unsigned alpha) {
  return (colour & ~IM_COL32_A_MASK) | alpha << IM_COL32_A_SHIFT;
}

constexpr ImU32 kGround = rgb(0x101217), kPanel = rgb(0x181b22), kRaised = rgb(0x232833);
constexpr ImU32 kLine = rgb(0x323844), kFaint = rgb(0x9aa3b2), kText = rgb(0xe8eaee);
constexpr ImU32 kSource = rgb(0x56b4e9), kTarget = rgb(0xe69f00);
constexpr ImU32 kWithin = rgb(0x00b386);  // a little lighter than the palette's, to be read as text
constexpr ImU32 kThird = rgb(0xcc79a7);
constexpr ImU32 kFailure = rgb(0xf07838);  // failures only; likewise lighter
constexpr ImU32 kLimit = rgb(0xf0e442);    // limits only

constexpr ImU32 of(Mood mood) {
  switch (mood) {
    case Mood::good:
      return kWithin;
    case Mood::doubt:
      return kThird;
    case Mood::bad:
      return kFailure;
    case Mood::plain:
      break;
  }
  return kFaint;
}
constexpr const char* glyph(Mood mood) {
  switch (mood) {
    case Mood::good:
      return "✓";
    case Mood::doubt:
      return "?";
    case Mood::bad:
      return "✗";
    case Mood::plain:
      break;
  }
  return "·";
}

}  // namespace pindah::gui::palette
