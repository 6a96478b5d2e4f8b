#include "gui/host/desktop.h"

#define GLFW_INCLUDE_NONE
#include <GL/gl.h>
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>

#include <algorithm>
#include <vector>

#include "gui/host/context.h"
#include "gui/host/headless.h"

namespace pindah::gui {
namespace {

constexpr double kFrame = 1.0 / 60, kIdle = 0.25, kFresh = 0.5;  // seconds
// While a rehearsal runs, drawing takes at most one part in so many, unless somebody is at the
// window: two threads live lives, and a renderer in software would take a third.
constexpr double kDrawingShare = 25;

struct Glfw {
  Glfw() {
    if (!glfwInit())
      throw HostFault(
          "there is no display to open a window on\n"
          "  on a machine without one: pindah gui FILE --screenshot out.png\n"
          "  or in a terminal: pindah run FILE; over ssh: ssh -X");
  }
  ~Glfw() { glfwTerminate(); }
};

GLFWwindow* open(const std::string& title, int width, int height) {
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  GLFWwindow* window = glfwCreateWindow(width, height, title.c_str(), nullptr, nullptr);
  if (window == nullptr)
    throw HostFault(
        "this display has no OpenGL 3.3; the package libgl1-mesa-dri brings one in "
        "software");
  glfwSetWindowSizeLimits(window, 640, 400, GLFW_DONT_CARE, GLFW_DONT_CARE);
  glfwMakeContextCurrent(window);
  glfwSwapInterval(0);
  return window;
}

// Not larger than what the screen has room for.
void fit(int& width, int& height) {
  GLFWmonitor* screen = glfwGetPrimaryMonitor();
  int x = 0, y = 0, most_width = 0, most_height = 0;
  if (screen == nullptr) return;
  glfwGetMonitorWorkarea(screen, &x, &y, &most_width, &most_height);
  if (most_width > 0) width = std::min(width, most_width);
  if (most_height > 0) height = std::min(height, most_height);
}

float dots(GLFWwindow* window) {
  float x = 1, y = 1;
  glfwGetWindowContentScale(window, &x, &y);
  return std::clamp(x, 0.5F, 4.0F);
}

void draw_frame(GLFWwindow* window, Context& context, App& app) {
  if (context.set_scale(app.ui().scale * dots(window))) {
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
  }
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplGlfw_NewFrame();
  ImGui::NewFrame();
  app.frame();
  ImGui::Render();
  int width = 0, height = 0;
  glfwGetFramebufferSize(window, &width, &height);
  glViewport(0, 0, width, height);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  glfwSwapBuffers(window);
}

// Draws when there is something new, or somebody moves something; otherwise sleeps.
void loop(GLFWwindow* window, Context& context, App& app, const std::atomic<bool>& stop) {
  double last_input = glfwGetTime(), last_frame = -1, cost = 0;
  while (!glfwWindowShouldClose(window) && app.failure().empty() && !stop) {
    const bool somebody = glfwGetTime() - last_input < kFresh;
    const double apart = app.runs() && !somebody ? std::max(kFrame, cost * kDrawingShare) : kFrame;
    const double due = last_frame + apart - glfwGetTime();
    const double wait = app.runs() || somebody ? std::max(due, 0.001) : kIdle;
    const double before = glfwGetTime();
    glfwWaitEventsTimeout(wait);
    if (glfwGetTime() - before < wait * 0.9 && wait > 0.002) last_input = glfwGetTime();
    const bool asked = glfwGetTime() - last_input < kFresh;
    if (!asked && !app.is_new() && last_frame >= 0) continue;
    if (glfwGetTime() - last_frame < (asked ? kFrame : apart) * 0.9) continue;
    last_frame = glfwGetTime();
    draw_frame(window, context, app);
    cost = glfwGetTime() - last_frame;
  }
}

// One frame after the other.
double measure(GLFWwindow* window, Context& context, App& app, int frames) {
  std::vector<double> times;
  for (int i = 0; i < frames && !glfwWindowShouldClose(window); ++i) {
    glfwPollEvents();
    const double before = glfwGetTime();
    draw_frame(window, context, app);
    glFinish();
    times.push_back(glfwGetTime() - before);
  }
  if (times.empty()) return 0;
  std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2),
                   times.end());
  return times[times.size() / 2];
}

}  // namespace

double run_on_desktop(App& app, const std::string& title, int width, int height, int frames,
                      const std::atomic<bool>& stop) {
  const Glfw glfw;
  double median = 0;
  if (frames == 0) fit(width, height);
  GLFWwindow* window = open(title, width, height);
  {
    Context context(app.ui().scale * dots(window));
    ImGui_ImplGlfw_InitForOpenGL(window, true);
    ImGui_ImplOpenGL3_Init("#version 330");
    if (frames > 0)
      median = measure(window, context, app, frames);
    else
      loop(window, context, app, stop);
    ImGui_ImplOpenGL3_Shutdown();
    ImGui_ImplGlfw_Shutdown();
  }
  glfwDestroyWindow(window);
  return median;
}

}  // namespace pindah::gui
