#define GL_GLEXT_PROTOTYPES
#include "gui/host/headless.h"

#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <GL/gl.h>
#include <GL/glext.h>
#include <backends/imgui_impl_opengl3.h>

#include <algorithm>

#include "gui/host/context.h"

namespace pindah::gui {
namespace {

[[noreturn]] void fail(const std::string& what) {
  throw HostFault("cannot draw without a display: " + what +
                  "; the packages libegl1 and libgl1-mesa-dri bring a renderer in software");
}

// An OpenGL 3.3 context without any surface.
class Egl {
 public:
  Egl() {
    display_ = eglGetPlatformDisplay(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
    if (display_ == EGL_NO_DISPLAY || !eglInitialize(display_, nullptr, nullptr))
      fail("EGL has no surfaceless platform here");
    eglBindAPI(EGL_OPENGL_API);
    const EGLint wanted[] = {EGL_SURFACE_TYPE, 0, EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_NONE};
    EGLConfig config = nullptr;
    EGLint count = 0;
    if (!eglChooseConfig(display_, wanted, &config, 1, &count) || count == 0)
      fail("EGL offers no OpenGL");
    const EGLint version[] = {EGL_CONTEXT_MAJOR_VERSION,
                              3,
                              EGL_CONTEXT_MINOR_VERSION,
                              3,
                              EGL_CONTEXT_OPENGL_PROFILE_MASK,
                              EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                              EGL_NONE};
    context_ = eglCreateContext(display_, config, EGL_NO_CONTEXT, version);
    if (context_ == EGL_NO_CONTEXT ||
        !eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, context_))
      fail("there is no OpenGL 3.3");
  }
  ~Egl() {
    eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    eglDestroyContext(display_, context_);
    eglTerminate(display_);
  }
  Egl(const Egl&) = delete;
  Egl& operator=(const Egl&) = delete;

 private:
  EGLDisplay display_ = EGL_NO_DISPLAY;
  EGLContext context_ = EGL_NO_CONTEXT;
};

}  // namespace

struct Headless::Impl {
  Impl(int w, int h, float scale) : width(w), height(h), context(scale) {
    ImGui::GetIO().DisplaySize = {static_cast<float>(w), static_cast<float>(h)};
    ImGui::GetIO().DeltaTime = 1.0F / 60;
    if (!ImGui_ImplOpenGL3_Init("#version 330")) fail("OpenGL could not be loaded");
    glGenFramebuffers(1, &framebuffer);
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
    glGenRenderbuffers(1, &colours);
    glBindRenderbuffer(GL_RENDERBUFFER, colours);
    glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, w, h);
    glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, colours);
    if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE)
      fail("a picture of this size is too large");
  }
  ~Impl() { ImGui_ImplOpenGL3_Shutdown(); }

  int width, height;
  Egl egl;
  Context context;
  unsigned framebuffer = 0, colours = 0;
};

Headless::Headless(int width, int height, float scale)
    : impl_(std::make_unique<Impl>(width, height, scale)) {}
Headless::~Headless() = default;

void Headless::frame(const std::function<void()>& draw) {
  ImGui_ImplOpenGL3_NewFrame();
  ImGui::NewFrame();
  draw();
  ImGui::Render();
  glViewport(0, 0, impl_->width, impl_->height);
  glClearColor(0.063F, 0.071F, 0.09F, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

void Headless::finish() { glFinish(); }

Picture Headless::picture() const {
  Picture picture;
  picture.width = impl_->width;
  picture.height = impl_->height;
  const auto row = static_cast<std::size_t>(picture.width) * 4;
  picture.bytes.resize(row * static_cast<std::size_t>(picture.height));
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, picture.width, picture.height, GL_RGBA, GL_UNSIGNED_BYTE,
               picture.bytes.data());
  for (int y = 0; y < picture.height / 2; ++y) {
    auto* top = picture.bytes.data() + static_cast<std::size_t>(y) * row;
    auto* bottom = picture.bytes.data() + static_cast<std::size_t>(picture.height - 1 - y) * row;
    std::swap_ranges(top, top + row, bottom);
  }
  return picture;
}

}  // namespace pindah::gui
