// A shopper's two lives side by side, the first difference marked.
#include <fmt/format.h>

#include "base/time.h"
#include "gui/window/draw.h"
#include "gui/window/pieces.h"
#include "gui/window/table.h"

namespace pindah::gui {
namespace {

std::string text_of(const TwoLives& lives) {
  std::string text = fmt::format("shopper {}, {}\n{}\n{}\n{}\n", lives.who.id, lives.who.persona,
                                 lives.who.cause, lives.who.culprit, lives.who.harm);
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
      "two lives", {{"begun"}, {"page"}, {"without the migration"}, {"with it"}}, {}, "", -1, -1};
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

// What was worst for her, and how it is drawn.
std::string worst_of(const Person& who) {
  if (who.harmed && !who.harm.empty()) return who.harm;
  return who.empty_handed ? who.cause + "; left empty-handed" : who.cause;
}

// What else befell her, and by what.
std::string rest_of(const Person& who) {
  std::string rest;
  const auto add = [&](const std::string& text) {
    if (!text.empty()) rest += (rest.empty() ? "" : "; ") + text;
  };
  const bool harm = who.harmed && !who.harm.empty();
  if (harm && who.noticed) add("noticed " + who.cause);
  if (harm && !who.noticed) add("did not notice");
  add(who.culprit);
  if (harm && who.empty_handed) add("left empty-handed");
  if (who.began_us != kNoInstant)
    add(fmt::format("page begun {}, seen {}", clock_text({who.began_us}), clock_text({who.at_us})));
  return rest;
}

}  // namespace

// Whom one sees, and the worst of it, stays while her pages scroll.
void draw_lives(const TwoLives& lives, Ui& ui) {
  const float width = ImGui::GetContentRegionAvail().x;
  const float button_width = text_width("copy") + em();
  const Person& who = lives.who;
  const bool bad = who.harmed || who.empty_handed;
  fitted(fmt::format("Shopper {}, {} of {}: {}", who.id, who.persona, who.home, worst_of(who)),
         width - button_width - em(), bad ? palette::kFailure : palette::kText);
  mark(ui, "headline");
  ImGui::SameLine(width - button_width);
  if (ImGui::SmallButton("copy##lives")) ImGui::SetClipboardText(text_of(lives).c_str());
  mark(ui, "copy lives");
  if (const std::string rest = rest_of(who); !rest.empty()) fitted(rest, width, palette::kFaint);
  ImGui::BeginChild("pages");
  draw_pages(lives, ui);
  if (!lives.shown.empty()) draw_shown(lives);
  ImGui::EndChild();
}

}  // namespace pindah::gui
