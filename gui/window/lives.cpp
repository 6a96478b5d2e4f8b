// A shopper's two lives side by side, the first difference marked.
#include <fmt/format.h>

#include "base/time.h"
#include "gui/window/draw.h"
#include "gui/window/pieces.h"

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

void draw_pages(const TwoLives& lives, Ui& ui) {
  if (!ImGui::BeginTable("two lives", 4, ImGuiTableFlags_RowBg | ImGuiTableFlags_Resizable)) return;
  ImGui::TableSetupColumn("at", ImGuiTableColumnFlags_WidthStretch, 1.1F);
  ImGui::TableSetupColumn("page", ImGuiTableColumnFlags_WidthStretch, 0.8F);
  ImGui::TableSetupColumn("without the migration", ImGuiTableColumnFlags_WidthStretch, 2.4F);
  ImGui::TableSetupColumn("with it", ImGuiTableColumnFlags_WidthStretch, 2.8F);
  ImGui::TableHeadersRow();
  for (const TwoPages& page : lives.pages) {
    ImGui::TableNextRow();
    if (page.first_difference)
      ImGui::TableSetBgColor(ImGuiTableBgTarget_RowBg0, palette::with_alpha(palette::kFailure, 60));
    cell(clock_text({page.at_us}, true), palette::kFaint);
    cell(page.page, palette::kText);
    cell(page.control, palette::kText);
    cell((page.first_difference ? "▶ " : "") + page.rehearsed,
         page.differs ? palette::kFailure : palette::kText);
    if (!page.first_difference) continue;
    mark(ui, "first difference");
    if (ui.chosen_is_new) ImGui::SetScrollHereY(0.75F);
    ui.chosen_is_new = false;
  }
  ImGui::EndTable();
}

void draw_shown(const TwoLives& lives) {
  ImGui::Spacing();
  faint("What the page of the first difference showed:");
  if (!ImGui::BeginTable("shown", 3, ImGuiTableFlags_RowBg | ImGuiTableFlags_Resizable)) return;
  ImGui::TableSetupColumn("what", ImGuiTableColumnFlags_WidthStretch, 1);
  ImGui::TableSetupColumn("without the migration", ImGuiTableColumnFlags_WidthStretch, 3);
  ImGui::TableSetupColumn("with it", ImGuiTableColumnFlags_WidthStretch, 3);
  ImGui::TableHeadersRow();
  for (const ShownApart& shown : lives.shown) {
    ImGui::TableNextRow();
    cell(shown.name, palette::kFaint);
    cell(shown.control, palette::kText);
    cell(shown.rehearsed.empty() ? "nothing" : shown.rehearsed, palette::kFailure);
  }
  ImGui::EndTable();
}

}  // namespace

void draw_lives(const TwoLives& lives, Ui& ui) {
  const float width = ImGui::GetContentRegionAvail().x;
  const float button_width = ImGui::CalcTextSize("copy").x + em();
  fitted(fmt::format("Shopper {}, {} of {}: {}", lives.who.id, lives.who.persona, lives.who.home,
                     lives.who.cause),
         width - button_width - em(), palette::kText);
  ImGui::SameLine(width - button_width);
  if (ImGui::SmallButton("copy##lives")) ImGui::SetClipboardText(text_of(lives).c_str());
  mark(ui, "copy lives");
  std::string by = lives.who.culprit.empty() ? "" : "by " + lives.who.culprit;
  if (lives.who.empty_handed) by += (by.empty() ? "" : "; ") + std::string("left empty-handed");
  if (!lives.who.harm.empty()) by += (by.empty() ? "" : "; ") + lives.who.harm;
  if (!by.empty()) fitted(by, width, palette::kFaint);
  draw_pages(lives, ui);
  if (!lives.shown.empty()) draw_shown(lives);
}

}  // namespace pindah::gui
