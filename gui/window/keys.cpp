#include <imgui.h>

#include <algorithm>

#include "gui/window/draw.h"

namespace pindah::gui {
namespace {

// Hosts report keys by GLFW's numbers: letters, digits and signs are their ASCII capitals.
constexpr int kF1 = 290;

// A key that is pressed while nobody writes text.
bool pressed(int key) { return !ImGui::GetIO().WantTextInput && ImGui::IsKeyPressed(key, false); }
bool pressed(ImGuiKey_ key) { return pressed(ImGui::GetKeyIndex(key)); }

void scale(Ui& ui) {
  const ImGuiIO& io = ImGui::GetIO();
  if (!io.KeyCtrl) return;
  if (pressed('=') || pressed('+')) ui.scale += 0.25F;
  if (pressed('-')) ui.scale -= 0.25F;
  if (pressed('0')) ui.scale = 1;
  ui.scale = std::clamp(ui.scale, 0.5F, 3.0F);
}

void next_tab(Ui& ui) {
  const auto count = static_cast<int>(kTabs.size());
  const int by = ImGui::GetIO().KeyShift ? count - 1 : 1;
  ui.tab = static_cast<Tab>((static_cast<int>(ui.tab) + by) % count);
  ui.tab_is_new = true;
}

}  // namespace

void take_keys(const Deck& deck, Ui& ui, Commands& commands) {
  scale(ui);
  if (ImGui::GetIO().KeyCtrl) return;
  if (pressed(ImGuiKey_Tab)) next_tab(ui);
  if (pressed(kF1)) ui.help = !ui.help;
  if (pressed(ImGuiKey_Escape)) {
    if (ui.help || ui.hands) {
      ui.help = ui.hands = false;
    } else if (ui.chosen >= 0) {
      commands.push_back({Verb::choose, ui.chosen = -1, {}, {}});
    } else {
      ui.from_us = ui.until_us = 0;
    }
  }
  if (deck.source == Source::file) return;
  if (pressed('H')) ui.hands = !ui.hands;
  if (pressed(ImGuiKey_Space)) commands.push_back({Verb::play, 0, {}, {}});
  if (pressed('.')) commands.push_back({Verb::step_event, 0, {}, {}});
  if (pressed('1')) commands.push_back({Verb::step_second, 0, {}, {}});
  for (int speed = 0; speed < 4; ++speed)
    if (pressed('2' + speed)) commands.push_back({Verb::speed, speed, {}, {}});
  if (pressed('R')) commands.push_back({Verb::intervene, 0, {}, {Hand::roll_back, {}, -1, 0, {}}});
}

}  // namespace pindah::gui
