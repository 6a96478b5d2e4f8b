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

// Who noticed, one after the other; along the time by a hundredth of it.
void arrows(const Deck& deck, Ui& ui, Commands& commands) {
  const int down = (pressed(ImGuiKey_DownArrow) ? 1 : 0) - (pressed(ImGuiKey_UpArrow) ? 1 : 0);
  if (ui.tab == Tab::who && down != 0 && !deck.people.empty()) {
    const auto count = static_cast<int>(deck.people.size());
    int at = down > 0 ? -1 : count;
    for (int i = 0; i < count; ++i)
      if (deck.people[static_cast<std::size_t>(i)].id == ui.chosen) at = i;
    at = std::clamp(at + down, 0, count - 1);
    ui.chosen = deck.people[static_cast<std::size_t>(at)].id;
    ui.chosen_is_new = true;
    commands.push_back({Verb::choose, ui.chosen, {}, {}});
  }
  const int right = (pressed(ImGuiKey_RightArrow) ? 1 : 0) - (pressed(ImGuiKey_LeftArrow) ? 1 : 0);
  if (right != 0)
    commands.push_back({Verb::go_to, deck.now_us + right * deck.length_us / 100, {}, {}});
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
  // While a panel is open, arrows, Tab and Space move and press within it.
  const bool panel = ui.hands || ui.help;
  ImGuiIO& io = ImGui::GetIO();
  io.ConfigFlags = panel ? io.ConfigFlags | ImGuiConfigFlags_NavEnableKeyboard
                         : io.ConfigFlags & ~ImGuiConfigFlags_NavEnableKeyboard;
  if (pressed(ImGuiKey_Tab) && !panel) next_tab(ui);
  if (!panel) arrows(deck, ui, commands);
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
  if (pressed('R')) commands.push_back({Verb::intervene, 0, {}, {Hand::roll_back, {}, -1, 0, {}}});
}

}  // namespace pindah::gui
