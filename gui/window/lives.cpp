// A shopper's two lives side by side, the first difference marked.
#include <fmt/format.h>

#include "base/time.h"
#include "gui/window/draw.h"
#include "gui/window/pieces.h"
#include "gui/window/table.h"

namespace pindah::gui {
namespace {

std::string text_of(const TwoLives& lives) {
  std::string text = fmt::format("shopper {}, {}\n{}\n{}\n", lives.who.id, lives.who.persona,
                                 lives.who.cause, lives.who.culprit);
  for (const TwoPages& page : lives.pages)
    text +=
        fmt::format("{}\t{}\t{}\t{}{}\n", clock_text({page.at_us}, true), page.page, page.control,
                    page.rehearsed, page.first_difference ? "\t<- the first difference" : "");
  for (const ShownApart& shown : lives.shown)
    text +=
        fmt::format("{}\n\twithout\t{}\n\twith\t{}\n", shown.name, shown.control, shown.rehearsed);
  return text;
}

void cell(std::string_view words, ImU32 colour) {
  ImGui::TableNextColumn();
  fitted(words, ImGui::GetContentRegionAvail().x, colour);
}

TableSpec pages_of(const TwoLives& lives) {
  TableSpec table{
      "two lives", {{"at"}, {"page"}, {"without the migration"}, {"with it"}}, {}, "", -1, -1};
  for (const TwoPages& page : lives.pages)
    table.rows.push_back({{clock_text({page.at_us}, true), 0, palette::kFaint},
                          {page.page},
                          {page.control},
                          {(page.first_difference ? "▶ " : "") + page.rehearsed, 0,
                           page.differs ? palette::kFailure : palette::kText}});
  return table;
}

// Their widths go by what is in them.
bool begin_columns(const TableSpec& table) {
  const std::vector<float> widths =
      fitted_widths(needed_widths(table), ImGui::GetContentRegionAvail().x);
  if (!ImGui::BeginTable(table.name, static_cast<int>(widths.size()),
                         ImGuiTableFlags_RowBg | ImGuiTableFlags_BordersInnerV))
    return false;
  for (std::size_t c = 0; c < widths.size(); ++c)
    ImGui::TableSetupColumn(table.columns[c].name, ImGuiTableColumnFlags_WidthStretch, widths[c]);
  ImGui::TableHeadersRow();
  return true;
}

void draw_pages(const TwoLives& lives, Ui& ui) {
  const TableSpec table = pages_of(lives);
  if (!begin_columns(table)) return;
  for (std::size_t i = 0; i < lives.pages.size(); ++i) {
    ImGui::TableNextRow();
    const bool first = lives.pages[i].first_difference;
    if (first)
      ImGui::TableSetBgColor(ImGuiTableBgTarget_RowBg0, palette::with_alpha(palette::kFailure, 60));
    for (const Cell& words : table.rows[i]) cell(words.text, words.colour);
    if (!first) continue;
    mark(ui, "first difference");
    if (ui.chosen_is_new) ImGui::SetScrollHereY(0.75F);
    ui.chosen_is_new = false;
  }
  ImGui::EndTable();
}

void draw_shown(const TwoLives& lives) {
  ImGui::Spacing();
  faint("What the page of the first difference showed:");
  TableSpec table{"shown", {{"what"}, {"without the migration"}, {"with it"}}, {}, "", -1, -1};
  for (const ShownApart& shown : lives.shown)
    table.rows.push_back(
        {{shown.name, 0, palette::kFaint},
         {shown.control},
         {shown.rehearsed.empty() ? "nothing" : shown.rehearsed, 0, palette::kFailure}});
  if (!begin_columns(table)) return;
  for (const auto& row : table.rows) {
    ImGui::TableNextRow();
    for (const Cell& words : row) cell(words.text, words.colour);
  }
  ImGui::EndTable();
}

}  // namespace

void draw_lives(const TwoLives& lives, Ui& ui) {
  const float width = ImGui::GetContentRegionAvail().x;
  const float button_width = text_width("copy") + em();
  fitted(fmt::format("Shopper {}, {} of {}: {}", lives.who.id, lives.who.persona, lives.who.home,
                     lives.who.cause),
         width - button_width - em(), palette::kText);
  ImGui::SameLine(width - button_width);
  if (ImGui::SmallButton("copy##lives")) ImGui::SetClipboardText(text_of(lives).c_str());
  mark(ui, "copy lives");
  std::string by = lives.who.culprit;
  if (lives.who.empty_handed) by += (by.empty() ? "" : "; ") + std::string("left empty-handed");
  if (!lives.who.harm.empty()) by += (by.empty() ? "" : "; ") + lives.who.harm;
  if (!by.empty()) fitted(by, width, palette::kFaint);
  draw_pages(lives, ui);
  if (!lives.shown.empty()) draw_shown(lives);
}

}  // namespace pindah::gui
