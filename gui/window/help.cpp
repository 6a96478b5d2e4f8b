#include "gui/window/draw.h"
#include "gui/window/pieces.h"

namespace pindah::gui {
namespace {

struct Row {
  const char* key;
  const char* what;
};

void draw_rows(const char* name, const Row* rows, std::size_t count) {
  if (!ImGui::BeginTable(name, 2)) return;
  ImGui::TableSetupColumn("key", ImGuiTableColumnFlags_WidthFixed, em() * 8.5F);
  ImGui::TableSetupColumn("what", ImGuiTableColumnFlags_WidthStretch);
  for (std::size_t i = 0; i < count; ++i) {
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    fitted(rows[i].key, em() * 8.5F, palette::kSource);
    ImGui::TableNextColumn();
    ImGui::TextWrapped("%s", rows[i].what);
  }
  ImGui::EndTable();
}

}  // namespace

void draw_help(Ui& ui) {
  constexpr Row kKeys[] = {{"Space", "go on, or pause"},
                           {".", "the next event of the rehearsed life"},
                           {"1", "one virtual second"},
                           {"2 3 4 5", "speed: as life, ×10, ×100, as fast as it goes"},
                           {"R", "roll back all that the target owns"},
                           {"H", "hands on: surprises, steps, traffic, save as scenario"},
                           {"Tab, Shift Tab", "the next tab below, the one before"},
                           {"Ctrl + - 0", "larger, smaller, as it was"},
                           {"Up, Down", "who noticed, one after the other"},
                           {"Left, Right", "back or on by a hundredth of the time"},
                           {"Esc", "close, let go of the shopper, show the whole time"},
                           {"F1", "this help"}};
  constexpr Row kPanels[] = {
      {"Two lives",
       "The same shoppers live twice: with the migration, and without it. Who has "
       "seen something different has noticed."},
      {"Timeline",
       "Steps of the plan as bands, what happened as pins, who noticed as heat. Click "
       "anywhere: the rehearsal goes back, or on, to that instant."},
      {"The move",
       "Two platforms and their services. A room is filled as far as its platform owns "
       "the service. Click a link's knob to cut it."},
      {"Plots",
       "Wheel: nearer or farther. Drag: along. Double click: everything. Faint curves "
       "are the past that you left by going back."},
      {"Who noticed",
       "Click a shopper: both of her lives, page by page, the first difference "
       "marked."}};
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const ImVec2 size{std::min(em() * 46, display.x * 0.94F), std::min(em() * 36, display.y * 0.9F)};
  ImGui::SetNextWindowPos({(display.x - size.x) / 2, (display.y - size.y) / 2}, ImGuiCond_Always);
  ImGui::SetNextWindowSize(size, ImGuiCond_Always);
  if (ImGui::Begin("What everything is", &ui.help,
                   ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoMove |
                       ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoSavedSettings)) {
    draw_rows("panels", kPanels, std::size(kPanels));
    ImGui::Separator();
    draw_rows("keys", kKeys, std::size(kKeys));
    ImGui::Separator();
    faint("What the model leaves out stands in docs/not-modelled.md.");
  }
  ImGui::End();
}

}  // namespace pindah::gui
