// A window on a desktop, by GLFW.
#pragma once

#include <atomic>
#include <string>

#include "gui/host/app.h"

namespace pindah::gui {

// Returns when the window is closed. Throws HostFault where there is no display or no OpenGL 3.3.
// `frames`: closes after so many, drawn one after the other; 0: when it is asked to. Gives the
// median time of a frame in seconds; 0: none was drawn. `stop`: Ctrl-C closes it.
double run_on_desktop(App& app, const std::string& title, int width, int height, int frames,
                      const std::atomic<bool>& stop);

}  // namespace pindah::gui
