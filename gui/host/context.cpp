#include "gui/host/context.h"

#include <filesystem>
#include <utility>

#include "gui/window/palette.h"

namespace pindah::gui {
namespace {

constexpr const char* kFont = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";
constexpr float kFontSize = 16;

void load_fonts(float size) {
  ImGuiIO& io = ImGui::GetIO();
  io.Fonts->Clear();
  // Latin, Greek, Cyrillic, punctuation, arrows, mathematics, shapes, marks.
  static const ImWchar kRanges[] = {0x20,   0x52f,  0x2010, 0x205e, 0x2190, 0x22ff, 0x25a0,
                                    0x25ff, 0x2600, 0x26ff, 0x2700, 0x27bf, 0};
  std::error_code error;
  const bool there = std::filesystem::exists(kFont, error);
  if (!there || io.Fonts->AddFontFromFileTTF(kFont, size, nullptr, kRanges) == nullptr) {
    ImFontConfig config;
    config.SizePixels = size;
    io.Fonts->AddFontDefault(&config);
  }
  io.Fonts->Build();
}

void set_style(float scale) {
  ImGuiStyle style;
  ImGui::StyleColorsDark(&style);
  style.WindowPadding = {8, 6};
  style.FramePadding = {7, 3};
  style.ItemSpacing = {6, 6};
  style.FrameRounding = 3;
  style.TabRounding = 3;
  style.ScrollbarSize = 12;
  style.WindowBorderSize = 0;
  style.PopupRounding = 4;
  const auto set = [&](ImGuiCol_ what, ImU32 colour) {
    style.Colors[what] = ImGui::ColorConvertU32ToFloat4(colour);
  };
  set(ImGuiCol_Text, palette::kText);
  set(ImGuiCol_WindowBg, palette::kGround);
  set(ImGuiCol_PopupBg, palette::kRaised);
  set(ImGuiCol_FrameBg, palette::kRaised);
  set(ImGuiCol_Button, palette::kRaised);
  set(ImGuiCol_ButtonHovered, palette::rgb(0x33435a));
  set(ImGuiCol_ButtonActive, palette::rgb(0x2c5d86));
  set(ImGuiCol_SliderGrab, palette::kSource);
  set(ImGuiCol_SliderGrabActive, palette::kText);
  set(ImGuiCol_CheckMark, palette::kSource);
  set(ImGuiCol_Header, palette::rgb(0x2b3a4e));
  set(ImGuiCol_HeaderHovered, palette::rgb(0x33435a));
  set(ImGuiCol_HeaderActive, palette::rgb(0x2c5d86));
  set(ImGuiCol_Tab, palette::kPanel);
  set(ImGuiCol_TabHovered, palette::rgb(0x33435a));
  set(ImGuiCol_TabActive, palette::rgb(0x2c5d86));
  set(ImGuiCol_TabUnfocusedActive, palette::rgb(0x2c5d86));
  set(ImGuiCol_TitleBg, palette::kRaised);
  set(ImGuiCol_TitleBgActive, palette::kRaised);
  set(ImGuiCol_TableHeaderBg, palette::kRaised);
  set(ImGuiCol_TableRowBgAlt, palette::rgb(0xffffff, 8));
  set(ImGuiCol_Separator, palette::kLine);
  style.ScaleAllSizes(scale);
  ImGui::GetStyle() = style;
}

// By GLFW's numbers, also where there is no GLFW: letters, digits and signs are their capitals.
void map_keys() {
  constexpr std::pair<int, int> kKeys[] = {
      {ImGuiKey_Tab, 258},      {ImGuiKey_LeftArrow, 263}, {ImGuiKey_RightArrow, 262},
      {ImGuiKey_UpArrow, 265},  {ImGuiKey_DownArrow, 264}, {ImGuiKey_PageUp, 266},
      {ImGuiKey_PageDown, 267}, {ImGuiKey_Home, 268},      {ImGuiKey_End, 269},
      {ImGuiKey_Insert, 260},   {ImGuiKey_Delete, 261},    {ImGuiKey_Backspace, 259},
      {ImGuiKey_Space, 32},     {ImGuiKey_Enter, 257},     {ImGuiKey_KeyPadEnter, 335},
      {ImGuiKey_Escape, 256},   {ImGuiKey_A, 'A'},         {ImGuiKey_C, 'C'},
      {ImGuiKey_V, 'V'},        {ImGuiKey_X, 'X'},         {ImGuiKey_Y, 'Y'},
      {ImGuiKey_Z, 'Z'}};
  for (const auto& [key, number] : kKeys) ImGui::GetIO().KeyMap[key] = number;
}

}  // namespace

Context::Context(float scale) {
  ImGui::CreateContext();
  map_keys();
  ImGui::GetIO().IniFilename = nullptr;
  ImGui::GetIO().ConfigWindowsMoveFromTitleBarOnly = true;
  set_scale(scale);
}

Context::~Context() { ImGui::DestroyContext(); }

bool Context::set_scale(float scale) {
  if (scale == scale_) return false;
  scale_ = scale;
  set_style(scale);
  load_fonts(kFontSize * scale);
  return true;
}

}  // namespace pindah::gui
