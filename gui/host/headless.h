// Draws without a display: OpenGL on EGL's surfaceless platform, into memory.
#pragma once

#include <functional>
#include <memory>
#include <stdexcept>

#include "gui/host/picture.h"

namespace pindah::gui {

// This machine cannot draw, and what would help.
struct HostFault : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Headless {
 public:
  // Throws HostFault.
  Headless(int width, int height, float scale);
  ~Headless();
  // One frame: `draw` makes the panels. Draws into the picture.
  void frame(const std::function<void()>& draw);
  // After a frame: waits until it is drawn.
  void finish();
  Picture picture() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pindah::gui
