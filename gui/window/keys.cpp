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

// Along the rows of the open tab; along the time by a hundredth of it.
void arrows(const Deck& deck, Ui& ui, Commands& commands, const TabRow& tab) {
  const int down = (pressed(ImGuiKey_DownArrow) ? 1 : 0) - (pressed(ImGuiKey_UpArrow) ? 1 : 0);
  if (down != 0 && tab.up_or_down != nullptr) tab.up_or_down(deck, ui, down, commands);
  const int right = (pressed(ImGuiKey_RightArrow) ? 1 : 0) - (pressed(ImGuiKey_LeftArrow) ? 1 : 0);
  if (right != 0)
    commands.push_back({Verb::go_to, deck.now_us + right * deck.length_us / 100, {}, {}});
}

void next_tab(Ui& ui, std::size_t count) {
  const std::size_t by = ImGui::GetIO().KeyShift ? count - 1 : 1;
  ui.tab = (ui.tab + by) % count;
  ui.tab_is_new = true;
}

}  // namespace

void take_keys(const Deck& deck, Ui& ui, Commands& commands, std::span<const TabRow> tabs) {
  scale(ui);
  if (ImGui::GetIO().KeyCtrl) return;
  // While a panel is open, arrows, Tab and Space move and press within it.
  const bool panel = ui.hands || ui.help;
  ImGuiIO& io = ImGui::GetIO();
  io.ConfigFlags = panel ? io.ConfigFlags | ImGuiConfigFlags_NavEnableKeyboard
                         : io.ConfigFlags & ~ImGuiConfigFlags_NavEnableKeyboard;
  if (pressed(ImGuiKey_Tab) && !panel) next_tab(ui, tabs.size());
  if (!panel) arrows(deck, ui, commands, tabs[ui.tab]);
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
  if (pressed(ImGuiKey_Space) && !panel) commands.push_back({Verb::play, 0, {}, {}});
  if (pressed('.')) commands.push_back({Verb::step_event, 0, {}, {}});
  if (pressed('1')) commands.push_back({Verb::step_second, 0, {}, {}});
  for (int speed = 0; speed < 4; ++speed)
    if (pressed('2' + speed)) commands.push_back({Verb::speed, speed, {}, {}});
  if (pressed('R'))
    commands.push_back({Verb::intervene, 0, {}, {InterventionKind::roll_back, {}, -1, 0, {}}});
}

}  // namespace pindah::gui
