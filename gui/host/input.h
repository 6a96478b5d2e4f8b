// What the person at the window did, in order, until a frame has seen it. Frames may take as long
// as they like: a key that is pressed and let go meanwhile is pressed in one frame and let go in
// the next.
#pragma once

#include <imgui.h>

#include <cfloat>
#include <cstdint>
#include <deque>
#include <set>

namespace pindah::gui {

struct Happened {
  enum class Kind : std::uint8_t { key, button, move, wheel, text };
  Kind kind{};
  int code = 0;  // of a key (GLFW's number), of a button (0 is the left one), of a character
  bool down = false;
  float x = 0, y = 0;  // where the mouse is; how far the wheel was turned
};

class InputQueue {
 public:
  void push(const Happened& happened) { queue_.push_back(happened); }
  bool empty() const { return queue_.empty(); }
  // For the frame that is about to begin: as much as one frame can tell apart. Sets all of the
  // mouse and the keys of `io`, whatever a back end has read there.
  void feed(ImGuiIO& io);

 private:
  bool fits(const Happened& happened) const;
  void take(const Happened& happened, ImGuiIO& io);

  std::deque<Happened> queue_;
  // What this frame has been told.
  std::set<int> keys_, buttons_;
  bool moved_ = false;
  // What holds from frame to frame.
  ImVec2 mouse_{-FLT_MAX, -FLT_MAX};
  std::set<int> down_;  // buttons
};

}  // namespace pindah::gui
