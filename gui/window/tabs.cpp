#include "gui/window/tabs.h"

#include "gui/window/draw.h"
#include "gui/window/pieces.h"

namespace pindah::gui {
namespace {

void draw_tab(const TabRow& row, const Deck& deck, Ui& ui, Commands& commands) {
  if (row.draw != nullptr) return row.draw(deck, ui, commands);
  const std::string note = row.note != nullptr ? row.note(deck) : std::string();
  if (!note.empty()) faint(note.c_str());
  draw_table(row.table(deck), ui);
}

}  // namespace

void draw_tabs(const Deck& deck, Ui& ui, ImVec2 size, Commands& commands,
               std::span<const TabRow> rows) {
  if (ui.tab_is_new)
    ImGui::SetScrollFromPosY(ImGui::GetCursorPosY() - ImGui::GetScrollY() + size.y, 1);
  begin_panel("tabs", nullptr, size);
  const float pad = em() * 0.5F;
  ImGui::SetCursorPos({pad, pad * 0.5F});
  ImGui::BeginChild("tab area", {size.x - 2 * pad, size.y - pad});
  if (ImGui::BeginTabBar("tabs")) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const bool wanted = ui.tab_is_new && ui.tab == i;
      const bool open =
          ImGui::BeginTabItem(rows[i].title, nullptr, wanted ? ImGuiTabItemFlags_SetSelected : 0);
      mark(ui, std::string("tab ") + rows[i].title);
      if (!open) continue;
      if (!ui.tab_is_new) ui.tab = i;
      if (wanted) ui.tab_is_new = false;
      draw_tab(rows[i], deck, ui, commands);
      ImGui::EndTabItem();
    }
    if (ImGui::TabItemButton("copy as text", ImGuiTabItemFlags_Trailing))
      ImGui::SetClipboardText(table_text(rows[ui.tab].table(deck)).c_str());
    mark(ui, "copy");
    ImGui::EndTabBar();
  }
  ImGui::EndChild();
  end_panel();
}

}  // namespace pindah::gui
