// The panels. Each draws into the current ImGui context at the current place, within the size it is
// given.
#pragma once

#include <imgui.h>

#include "gui/deck/deck.h"
#include "gui/window/plot.h"
#include "gui/window/tabs.h"
#include "gui/window/ui.h"

namespace pindah::gui {

// What the window consists of.
struct WindowRows {
  std::span<const TabRow> tabs = tab_rows();
  std::span<const PlotRow> plots = plot_rows();
  std::span<const PanelRow> panels = panel_rows();
};

// The whole window: one frame.
void draw(const Deck& deck, const Parties& parties, Ui& ui, Commands& commands,
          const WindowRows& rows = {});

void draw_header(const Deck& deck, Ui& ui, Commands& commands);
// Six in a row where the room is wider than so many of the font's heights.
constexpr float kTilesInARow = 70;
void draw_tiles(const Deck& deck, Ui& ui, ImVec2 size, std::span<const TabRow> tabs);
void draw_timeline(const Deck& deck, Ui& ui, ImVec2 size, Commands& commands);
void draw_move(const Deck& deck, Ui& ui, ImVec2 size, Commands& commands);
void draw_plots(const Deck& deck, Ui& ui, ImVec2 size, int columns, std::span<const PlotRow> plots);
void draw_tabs(const Deck& deck, Ui& ui, ImVec2 size, Commands& commands,
               std::span<const TabRow> rows);
void draw_lives(const TwoLives& lives, Ui& ui);
// From `top` on, which is where the header ends.
void draw_hands(const Deck& deck, const Parties& parties, float top, Ui& ui, Commands& commands);
void draw_help(Ui& ui);
void take_keys(const Deck& deck, Ui& ui, Commands& commands, std::span<const TabRow> tabs);

}  // namespace pindah::gui
