#include "tests/gui/stage.h"

#include <catch2/catch.hpp>

namespace pindah::test {

using namespace pindah::gui;

Stage::Stage(float width, float height) : deck(full_deck()) {
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {width, height};
  io.DeltaTime = 1.0F / 60;
  io.MousePos = {-1, -1};
  static std::string clipboard;
  clipboard.clear();
  io.SetClipboardTextFn = [](void*, const char* text) { clipboard = text; };
  io.GetClipboardTextFn = [](void*) { return clipboard.c_str(); };
  unsigned char* pixels = nullptr;
  int w = 0, h = 0;
  io.Fonts->GetTexDataAsRGBA32(&pixels, &w, &h);
  ui.boxes = &boxes_;
  parties = {{"carts", "orders"}, {"gateway"}, {"Old", "New"}, 4};
  frame();
  frame();
}

void Stage::frame() {
  ImGui::NewFrame();
  draw(deck, parties, ui, commands_, rows);
  ImGui::Render();
}

const Box& Stage::box(const std::string& name) const {
  INFO("nothing of the name " << name << " was drawn");
  REQUIRE(boxes_.count(name) == 1);
  return boxes_.at(name);
}

void Stage::hover(const std::string& name) {
  const Box& at = box(name);
  ImGui::GetIO().MousePos = {(at.left + at.right) / 2, (at.top + at.bottom) / 2};
  frame();
}

void Stage::click(const std::string& name) {
  hover(name);
  frame();
  ImGui::GetIO().MouseDown[0] = true;
  frame();
  ImGui::GetIO().MouseDown[0] = false;
  frame();
  frame();
}

void Stage::press(int key, bool ctrl) {
  ImGuiIO& io = ImGui::GetIO();
  io.KeyCtrl = ctrl;
  io.KeysDown[key] = true;
  frame();
  io.KeysDown[key] = false;
  io.KeyCtrl = false;
  frame();
}

void Stage::drag(const std::string& name, float from_share, float to_share) {
  const Box at = box(name);
  ImGuiIO& io = ImGui::GetIO();
  const float y = (at.top + at.bottom) / 2, wide = at.right - at.left;
  io.MousePos = {at.left + from_share * wide, y};
  frame();
  io.MouseDown[0] = true;
  frame();
  io.MousePos.x = at.left + to_share * wide;
  frame();
  frame();
  io.MouseDown[0] = false;
  frame();
}

void Stage::wheel(const std::string& name, float by) {
  hover(name);
  frame();
  ImGui::GetIO().MouseWheel = by;
  frame();
  ImGui::GetIO().MouseWheel = 0;
  frame();
}

Commands Stage::take() { return std::exchange(commands_, {}); }

}  // namespace pindah::test
