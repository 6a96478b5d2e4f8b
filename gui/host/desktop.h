// A window on a desktop, by GLFW.
#pragma once

#include <string>

#include "gui/host/app.h"

namespace pindah::gui {

// Returns when the window is closed. Throws HostFault where there is no display or no OpenGL 3.3.
void run_on_desktop(App& app, const std::string& title, int width, int height);

}  // namespace pindah::gui
