#include "gui/host/desktop.h"

#define GLFW_INCLUDE_NONE
#include <GL/gl.h>
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>

#include <algorithm>
#include <cfloat>
#include <vector>

#include "gui/host/context.h"
#include "gui/host/headless.h"
#include "gui/host/input.h"

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

InputQueue& queue_of(GLFWwindow* window) {
  return *static_cast<InputQueue*>(glfwGetWindowUserPointer(window));
}

// Everything that the person does is written down as it happens, however long a frame takes.
void listen(GLFWwindow* window, InputQueue& queue) {
  using Kind = Happened::Kind;
  glfwSetWindowUserPointer(window, &queue);
  glfwSetKeyCallback(window, [](GLFWwindow* of, int key, int, int action, int) {
    if (action != GLFW_REPEAT) queue_of(of).push({Kind::key, key, action == GLFW_PRESS});
  });
  glfwSetMouseButtonCallback(window, [](GLFWwindow* of, int button, int action, int) {
    queue_of(of).push({Kind::button, button, action == GLFW_PRESS});
  });
  glfwSetCursorPosCallback(window, [](GLFWwindow* of, double x, double y) {
    queue_of(of).push({Kind::move, 0, false, static_cast<float>(x), static_cast<float>(y)});
  });
  glfwSetCursorEnterCallback(window, [](GLFWwindow* of, int entered) {
    if (entered == GLFW_FALSE) queue_of(of).push({Kind::move, 0, false, -FLT_MAX, -FLT_MAX});
  });
  glfwSetScrollCallback(window, [](GLFWwindow* of, double x, double y) {
    queue_of(of).push({Kind::wheel, 0, false, static_cast<float>(x), static_cast<float>(y)});
  });
  glfwSetCharCallback(window, [](GLFWwindow* of, unsigned character) {
    queue_of(of).push({Kind::text, static_cast<int>(character)});
  });
}

void begin_frame(Context& context, App& app, GLFWwindow* window, InputQueue& input) {
  if (context.set_scale(app.ui().scale * dots(window))) {
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
  }
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplGlfw_NewFrame();
  ImGuiIO& io = ImGui::GetIO();
  io.DeltaTime = std::max(io.DeltaTime, 1e-4F);
  input.feed(io);
  ImGui::NewFrame();
  app.frame();
}

void draw_frame(GLFWwindow* window, Context& context, App& app, InputQueue& input) {
  // What is drawn takes longest: frames that are there for the input alone are not.
  begin_frame(context, app, window, input);
  while (!input.empty()) {
    ImGui::EndFrame();
    begin_frame(context, app, window, input);
  }
  ImGui::Render();
  int width = 0, height = 0;
  glfwGetFramebufferSize(window, &width, &height);
  glViewport(0, 0, width, height);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  glfwSwapBuffers(window);
}

// Draws when there is something new, or somebody does something; otherwise sleeps. What a frame
// shows may depend on the one before, so that each of these asks for some.
void loop(GLFWwindow* window, Context& context, App& app, InputQueue& input,
          const std::atomic<bool>& stop) {
  constexpr int kFrames = 3;
  double last_input = glfwGetTime(), last_frame = -1, cost = 0;
  int due = kFrames;
  while (!glfwWindowShouldClose(window) && app.failure().empty() && !stop) {
    const bool somebody = glfwGetTime() - last_input < kFresh;
    const double apart = app.runs() && !somebody ? std::max(kFrame, cost * kDrawingShare) : kFrame;
    const double left = last_frame + apart - glfwGetTime();
    const double wait = app.runs() || somebody || due > 0 ? std::max(left, 0.001) : kIdle;
    const double before = glfwGetTime();
    glfwWaitEventsTimeout(wait);
    const bool early = glfwGetTime() - before < wait * 0.9 && wait > 0.002;
    if (early || !input.empty()) last_input = glfwGetTime();
    if (early || !input.empty() || app.is_new()) due = kFrames;
    const bool asked = glfwGetTime() - last_input < kFresh;
    if (!asked && due == 0) continue;
    if (glfwGetTime() - last_frame < (asked ? kFrame : apart) * 0.9) continue;
    last_frame = glfwGetTime();
    draw_frame(window, context, app, input);
    due = std::max(0, due - 1);
    cost = glfwGetTime() - last_frame;
  }
}

// One frame after the other.
double measure(GLFWwindow* window, Context& context, App& app, InputQueue& input, int frames) {
  std::vector<double> times;
  for (int i = 0; i < frames && !glfwWindowShouldClose(window); ++i) {
    glfwPollEvents();
    const double before = glfwGetTime();
    draw_frame(window, context, app, input);
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
    InputQueue input;
    listen(window, input);
    ImGui_ImplGlfw_InitForOpenGL(window, false);
    ImGui_ImplOpenGL3_Init("#version 330");
    if (frames > 0)
      median = measure(window, context, app, input, frames);
    else
      loop(window, context, app, input, stop);
    ImGui_ImplOpenGL3_Shutdown();
    ImGui_ImplGlfw_Shutdown();
  }
  glfwDestroyWindow(window);
  return median;
}

}  // namespace pindah::gui
