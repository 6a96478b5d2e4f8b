// What every host needs of Dear ImGui: a context, the style, the fonts.
#pragma once

#include <imgui.h>

namespace pindah::gui {

// The context is the current one while this lives; one at a time.
class Context {
 public:
  explicit Context(float scale);
  ~Context();
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  // Sizes everything anew. True: the fonts changed, and a renderer has to take them up.
  bool set_scale(float scale);

 private:
  float scale_ = 0;
};

}  // namespace pindah::gui
