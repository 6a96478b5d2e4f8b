#include <algorithm>

#include "gui/window/draw.h"
#include "gui/window/pieces.h"

namespace pindah::gui {
namespace {

void draw_tile(const Deck& deck, const Tile& tile, ImVec2 least, ImVec2 size, bool large) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const bool old_note = is_stale(deck, tile.note_at_us),
             old_value = is_stale(deck, tile.value_at_us);
  const ImU32 colour = old_note || old_value ? palette::kFaint : palette::of(tile.mood);
  const float pad = em() * 0.6F, width = size.x - 2 * pad;
  list.AddRectFilled(least, {least.x + size.x, least.y + size.y}, palette::kPanel, em() * 0.25F);
  list.AddRectFilled(least, {least.x + em() * 0.2F, least.y + size.y}, colour, em() * 0.1F);
  float y = least.y + em() * 0.3F;
  fitted_at(list, {least.x + pad, y}, tile.name, width, palette::kFaint);
  y += em() * 1.25F;
  ImFont* font = ImGui::GetFont();
  // Smaller where it would not fit: what is cut off is another number.
  float big = em() * (large ? 1.9F : 1.5F);
  big = std::max(em(), std::min(big, em() * width / std::max(1.0F, text_width(tile.value))));
  const std::string value = shortened(tile.value, width * em() / big);
  list.AddText(font, big, {least.x + pad, y + (em() * 1.9F - big) / 2},
               old_value ? palette::kFaint : palette::kText, value.c_str());
  y += em() * 2.05F;
  std::string note = std::string(palette::glyph(tile.mood)) + " " + tile.note;
  const std::int64_t at = old_note ? tile.note_at_us : tile.value_at_us;
  if (old_note || old_value) note = as_of(deck, at) + ": " + tile.note;
  fitted_at(list, {least.x + pad, y}, note, width, colour);
}

// Where it is told at length: who they are whom it counts.
void open_tab(const Tile& tile, std::span<const TabRow> tabs, Ui& ui) {
  ui.tab = static_cast<std::size_t>(std::max(0, find_row(tabs, tile.tab)));
  ui.tab_is_new = true;
  if (std::string_view(tile.tab) != "who") return;
  ui.sum = -1;
  ui.filter = tile.name == "Shoppers who noticed" ? "noticed" : "harmed";
}

}  // namespace

void draw_tiles(const Deck& deck, Ui& ui, ImVec2 size, std::span<const TabRow> tabs) {
  if (deck.tiles.empty()) return;
  const bool wide = size.x > kTilesInARow * em();
  const int count = static_cast<int>(deck.tiles.size());
  const int in_a_row = wide ? count : (count + 1) / 2;
  const float gap = em() * 0.4F;
  const float width =
      (size.x - gap * static_cast<float>(in_a_row - 1)) / static_cast<float>(in_a_row);
  const float height = wide ? size.y : (size.y - gap) / 2;
  const ImVec2 start = ImGui::GetCursorScreenPos();
  for (int i = 0; i < count; ++i) {
    const ImVec2 least{start.x + static_cast<float>(i % in_a_row) * (width + gap),
                       start.y + static_cast<float>(i / in_a_row) * (height + gap)};
    const Tile& tile = deck.tiles[static_cast<std::size_t>(i)];
    draw_tile(deck, tile, least, {width, height}, i == 0);
    ImGui::SetCursorScreenPos(least);
    if (ImGui::InvisibleButton(("tile " + tile.name).c_str(), {width, height}) &&
        tile.tab != nullptr)
      open_tab(tile, tabs, ui);
    mark(ui, "tile " + tile.name);
    if (ImGui::IsItemHovered())
      ImGui::SetTooltip("%s: %s\n%s%s", tile.name.c_str(), tile.value.c_str(), tile.note.c_str(),
                        tile.tab != nullptr ? "\nclick: at length" : "");
  }
  ImGui::SetCursorScreenPos(start);
  ImGui::Dummy(size);
}

}  // namespace pindah::gui
