#include <algorithm>

#include "gui/window/draw.h"
#include "gui/window/pieces.h"

namespace pindah::gui {
namespace {

// Heights in units of the font's. Where the window is too small for all panels, they keep the
// height that they need and the page scrolls.
struct Layout {
  bool wide = true;
  float tiles = 4.9F, timeline = 6.4F, middle = 0, tabs = 0;
};

Layout layout_of(ImVec2 room) {
  Layout layout;
  layout.wide = room.x > em() * 60;
  if (room.x <= kTilesInARow * em()) layout.tiles = 10.2F;
  const float gaps = 0.4F * 4;
  const float left = room.y / em() - layout.tiles - layout.timeline - gaps;
  const float least_middle = layout.wide ? 17.5F : 18 + 30, least_tabs = 10.5F;
  layout.tabs = std::max(least_tabs, (left - least_middle) * 0.6F + least_tabs * 0.4F);
  layout.tabs = std::max(least_tabs, std::min(layout.tabs, left - least_middle));
  layout.middle = std::max(least_middle, left - layout.tabs);
  return layout;
}

void draw_middle(const Deck& deck, Ui& ui, const Layout& layout, ImVec2 room, Commands& commands,
                 std::span<const PlotRow> plots) {
  const float gap = em() * 0.4F, height = layout.middle * em();
  if (layout.wide) {
    const float move = std::clamp(room.x * 0.34F, em() * 27, em() * 40);
    draw_move(deck, ui, {move, height}, commands);
    ImGui::SameLine(0, gap);
    draw_plots(deck, ui, {room.x - move - gap, height}, 2, plots);
    return;
  }
  draw_move(deck, ui, {room.x, em() * 18}, commands);
  draw_plots(deck, ui, {room.x, height - em() * 18 - gap}, 1, plots);
}

void draw_page(const Deck& deck, Ui& ui, Commands& commands, const WindowRows& rows) {
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const Layout layout = layout_of(room);
  draw_tiles(deck, ui, {room.x, layout.tiles * em()}, rows.tabs);
  draw_timeline(deck, ui, {room.x, layout.timeline * em()}, commands);
  draw_middle(deck, ui, layout, room, commands, rows.plots);
  draw_tabs(deck, ui, {room.x, layout.tabs * em()}, commands, rows.tabs);
}

float message_width() { return std::min(ImGui::GetIO().DisplaySize.x - em() * 2, em() * 60); }

// What it takes of the window's foot, so that it covers nothing.
float message_height(const Deck& deck) {
  if (deck.message.empty()) return 0;
  return ImGui::CalcTextSize(deck.message.c_str(), nullptr, false, message_width()).y + em() * 1.4F;
}

// What takes a while lies over everything until it is done.
void draw_busy(const Deck& deck) {
  if (deck.busy.empty()) return;
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  ImDrawList& list = *ImGui::GetForegroundDrawList();
  list.AddRectFilled({0, 0}, display, palette::with_alpha(palette::kGround, 150));
  const ImVec2 size = ImGui::CalcTextSize(deck.busy.c_str());
  labelled(list, {(display.x - size.x) / 2, (display.y - size.y) / 2}, deck.busy, palette::kText,
           palette::kRaised);
}

void draw_message(const Deck& deck) {
  if (deck.message.empty()) return;
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const float width = message_width();
  ImDrawList& list = *ImGui::GetForegroundDrawList();
  const ImVec2 size = ImGui::CalcTextSize(deck.message.c_str(), nullptr, false, width);
  const ImVec2 least{(display.x - size.x) / 2 - em() * 0.6F, display.y - size.y - em() * 1.4F};
  list.AddRectFilled(least, {least.x + size.x + em() * 1.2F, display.y - em() * 0.4F},
                     palette::kRaised, em() * 0.3F);
  list.AddText(ImGui::GetFont(), em(), {least.x + em() * 0.6F, least.y + em() * 0.5F},
               palette::kText, deck.message.c_str(), nullptr, width);
}

}  // namespace

void draw(const Deck& deck, const Parties& parties, Ui& ui, Commands& commands,
          const WindowRows& rows) {
  if (ui.boxes != nullptr) ui.boxes->clear();
  take_keys(deck, ui, commands, rows.tabs);
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
  ImGui::Begin("deck", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus);
  draw_header(deck, ui, commands);
  const float below = ImGui::GetCursorScreenPos().y;
  // Over a plot the wheel zooms.
  const bool zooms = ui.crosshair_us >= 0;
  ImGui::BeginChild("page", {0, -message_height(deck)}, false,
                    zooms ? ImGuiWindowFlags_NoScrollWithMouse : 0);
  draw_page(deck, ui, commands, rows);
  ImGui::EndChild();
  ImGui::End();
  for (const PanelRow& panel : rows.panels)
    if (ui.*panel.open && (deck.source == Source::flight || !panel.of_flights))
      panel.draw({deck, parties, below, ui, commands});
  draw_message(deck);
  draw_busy(deck);
}

}  // namespace pindah::gui
