#include "gui/window/draw.h"
#include "gui/window/pieces.h"

namespace pindah::gui {
namespace {

void draw_tile(const Tile& tile, ImVec2 least, ImVec2 size, bool large) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImU32 colour = palette::of(tile.mood);
  const float pad = em() * 0.6F, width = size.x - 2 * pad;
  list.AddRectFilled(least, {least.x + size.x, least.y + size.y}, palette::kPanel, em() * 0.25F);
  list.AddRectFilled(least, {least.x + em() * 0.2F, least.y + size.y}, colour, em() * 0.1F);
  float y = least.y + em() * 0.3F;
  fitted_at(list, {least.x + pad, y}, tile.name, width, palette::kFaint);
  y += em() * 1.25F;
  ImFont* font = ImGui::GetFont();
  const float big = em() * (large ? 1.9F : 1.5F);
  const std::string value = shortened(tile.value, width * em() / big);
  list.AddText(font, big, {least.x + pad, y + (large ? 0 : em() * 0.2F)}, palette::kText,
               value.c_str());
  y += em() * 2.05F;
  const std::string note = std::string(palette::glyph(tile.mood)) + " " + tile.note;
  fitted_at(list, {least.x + pad, y}, note, width, colour);
}

}  // namespace

void draw_tiles(const Deck& deck, Ui& ui, ImVec2 size) {
  if (deck.tiles.empty()) return;
  const bool wide = size.x > em() * 60;
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
    draw_tile(tile, least, {width, height}, i == 0);
    ImGui::SetCursorScreenPos(least);
    ImGui::Dummy({width, height});
    mark(ui, "tile " + tile.name);
    if (ImGui::IsItemHovered())
      ImGui::SetTooltip("%s: %s\n%s", tile.name.c_str(), tile.value.c_str(), tile.note.c_str());
  }
  ImGui::SetCursorScreenPos(start);
  ImGui::Dummy(size);
}

}  // namespace pindah::gui
