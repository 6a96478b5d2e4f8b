// A window without a screen: ImGui's context alone, driven by mouse and keys.
#pragma once

#include <string>

#include "gui/host/context.h"
#include "gui/window/draw.h"

namespace pindah::test {

// Keys as hosts report them, by GLFW's numbers; those of signs are their characters.
namespace key {
constexpr int space = ' ', escape = 256, tab = 258, left = 263, down = 264, up = 265, f1 = 290;
}

class Stage {
 public:
  explicit Stage(float width = 1280, float height = 720);

  // Draws once more; what was asked for since the last look is added to `commands`.
  void frame();
  // Moves the mouse to the middle of what was drawn under that name, presses, lets go.
  void click(const std::string& name);
  void hover(const std::string& name);
  void press(int key, bool ctrl = false);
  void drag(const std::string& name, float from_share, float to_share);
  void wheel(const std::string& name, float by);
  bool drawn(const std::string& name) const { return boxes_.count(name) != 0; }
  const gui::Box& box(const std::string& name) const;
  const gui::Boxes& boxes() const { return boxes_; }
  gui::Commands take();  // and forget

  gui::Deck deck;
  gui::Parties parties;
  gui::Ui ui;
  gui::WindowRows rows;

 private:
  gui::Context context_{1};
  gui::Boxes boxes_;
  gui::Commands commands_;
};

// A deck in which every panel has something to show.
gui::Deck full_deck();

}  // namespace pindah::test
