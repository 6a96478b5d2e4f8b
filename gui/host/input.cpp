#include "gui/host/input.h"

namespace pindah::gui {
namespace {

// By GLFW's numbers: of the left one and of the right one.
bool either(const ImGuiIO& io, int left, int right) {
  return io.KeysDown[left] || io.KeysDown[right];
}

}  // namespace

// A frame knows of each key and button whether it is down, once; and where the mouse is, once: what
// is pressed is pressed there.
bool InputQueue::fits(const Happened& happened) const {
  switch (happened.kind) {
    case Happened::Kind::key:
      return keys_.count(happened.code) == 0;
    case Happened::Kind::button:
      // A button goes down where the mouse has been seen before.
      return buttons_.count(happened.code) == 0 && !(happened.down && moved_);
    case Happened::Kind::move:
      return buttons_.empty();
    case Happened::Kind::wheel:
    case Happened::Kind::text:
      break;
  }
  return true;
}

void InputQueue::take(const Happened& happened, ImGuiIO& io) {
  switch (happened.kind) {
    case Happened::Kind::key:
      if (happened.code < 0 || happened.code >= IM_ARRAYSIZE(io.KeysDown)) return;
      io.KeysDown[happened.code] = happened.down;
      keys_.insert(happened.code);
      break;
    case Happened::Kind::button:
      buttons_.insert(happened.code);
      if (happened.down)
        down_.insert(happened.code);
      else
        down_.erase(happened.code);
      break;
    case Happened::Kind::move:
      mouse_ = {happened.x, happened.y};
      moved_ = true;
      break;
    case Happened::Kind::wheel:
      io.MouseWheelH += happened.x;
      io.MouseWheel += happened.y;
      break;
    case Happened::Kind::text:
      io.AddInputCharacter(static_cast<unsigned>(happened.code));
      break;
  }
}

void InputQueue::feed(ImGuiIO& io) {
  keys_.clear();
  buttons_.clear();
  moved_ = false;
  while (!queue_.empty() && fits(queue_.front())) {
    take(queue_.front(), io);
    queue_.pop_front();
  }
  io.MousePos = mouse_;
  for (int i = 0; i < IM_ARRAYSIZE(io.MouseDown); ++i) io.MouseDown[i] = down_.count(i) != 0;
  io.KeyCtrl = either(io, 341, 345);
  io.KeyShift = either(io, 340, 344);
  io.KeyAlt = either(io, 342, 346);
  io.KeySuper = either(io, 343, 347);
}

}  // namespace pindah::gui
