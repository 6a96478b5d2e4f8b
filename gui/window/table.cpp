#include "gui/window/table.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "gui/window/pieces.h"

namespace pindah::gui {

std::string table_text(const TableSpec& table) {
  std::string text;
  for (const ColumnSpec& column : table.columns)
    text += (text.empty() ? "" : "\t") + std::string(column.name);
  for (const auto& row : table.rows) {
    text += '\n';
    for (std::size_t i = 0; i < row.size(); ++i) text += (i == 0 ? "" : "\t") + row[i].text;
  }
  return text + "\n";
}

std::vector<int> sorted_rows(const TableSpec& table, int column, bool ascending) {
  std::vector<int> order(table.rows.size());
  std::iota(order.begin(), order.end(), 0);
  if (column < 0) return order;
  const auto c = static_cast<std::size_t>(column);
  const bool numeric = table.columns[c].numeric;
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
    const Cell& left = table.rows[static_cast<std::size_t>(ascending ? a : b)][c];
    const Cell& right = table.rows[static_cast<std::size_t>(ascending ? b : a)][c];
    return numeric ? left.number < right.number : left.text < right.text;
  });
  return order;
}

std::vector<float> fitted_widths(std::vector<float> needed, float room) {
  const auto sum = [&] { return std::accumulate(needed.begin(), needed.end(), 0.0F); };
  if (const float all = sum(); all > room) {
    // The most that a column may have, found from the narrowest on.
    std::vector<float> rising = needed;
    std::sort(rising.begin(), rising.end());
    float left = room, most = 0;
    for (std::size_t i = 0; i < rising.size(); ++i) {
      most = left / static_cast<float>(rising.size() - i);
      if (rising[i] > most) break;
      left -= rising[i];
    }
    for (float& width : needed) width = std::min(width, most);
  }
  const float factor = room / std::max(1.0F, sum());
  for (float& width : needed) width *= factor;
  return needed;
}

std::vector<float> needed_widths(const TableSpec& table) {
  constexpr std::size_t kRows = 200;  // of a long table, which stand for all
  std::vector<float> widths;
  for (const ColumnSpec& column : table.columns) widths.push_back(text_width(column.name) + em());
  for (std::size_t i = 0; i < std::min(kRows, table.rows.size()); ++i)
    for (std::size_t c = 0; c < widths.size(); ++c)
      widths[c] = std::max(widths[c], text_width(table.rows[i][c].text));
  for (float& width : widths) width += em();
  return widths;
}

std::vector<bool> shown_columns(const TableSpec& table, std::vector<float>& needed, float room) {
  std::vector<bool> shown(needed.size(), true);
  float sum = std::accumulate(needed.begin(), needed.end(), 0.0F);
  for (std::size_t c = needed.size(); c-- > 0 && sum > room;) {
    if (!table.columns[c].spare) continue;
    sum -= std::exchange(needed[c], 0);
    shown[c] = false;
  }
  return shown;
}

namespace {

void draw_header(const TableSpec& table, int sorted_by) {
  ImGui::TableNextRow(ImGuiTableRowFlags_Headers);
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (!ImGui::TableSetColumnIndex(static_cast<int>(c))) continue;
    const char* name = table.columns[c].name;
    if (!table.columns[c].numeric) {
      ImGui::TableHeader(name);
      continue;
    }
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float arrow = sorted_by == static_cast<int>(c) ? em() : 0;
    const float room = ImGui::GetContentRegionAvail().x - arrow;
    const std::string shown = shortened(name, room);
    ImGui::TableHeader((std::string("##") + name).c_str());
    ImGui::GetWindowDrawList()->AddText({at.x + room - text_width(shown), at.y}, palette::kText,
                                        shown.c_str());
  }
}

void draw_cell(const Cell& cell, bool numeric) {
  const float room = ImGui::GetContentRegionAvail().x;
  const float width = text_width(cell.text);
  if (numeric && width < room) ImGui::SetCursorPosX(ImGui::GetCursorPosX() + room - width);
  fitted(cell.text, room, cell.colour);
}

bool draw_row(const TableSpec& table, int number, Ui& ui) {
  const auto& row = table.rows[static_cast<std::size_t>(number)];
  ImGui::TableNextRow();
  bool clicked = false;
  for (std::size_t c = 0; c < row.size(); ++c) {
    if (!ImGui::TableNextColumn()) continue;
    if (c == 0) {
      ImGui::PushID(number);
      clicked =
          ImGui::Selectable("##row", table.chosen == number, ImGuiSelectableFlags_SpanAllColumns);
      mark(ui, std::string(table.name) + " row " + std::to_string(number));
      ImGui::PopID();
      ImGui::SameLine(0, 0);
    }
    draw_cell(row[c], table.columns[c].numeric);
  }
  return clicked;
}

// So that the chosen row is in sight, below the head.
void scroll_to(const TableSpec& table, const std::vector<int>& order) {
  const auto at = std::find(order.begin(), order.end(), static_cast<int>(table.chosen));
  if (at == order.end()) return;
  const float row = em() + ImGui::GetStyle().CellPadding.y * 2;
  const float top = row * static_cast<float>(at - order.begin());
  const float room = ImGui::GetWindowHeight() - row * 2, scroll = ImGui::GetScrollY();
  if (top < scroll) ImGui::SetScrollY(top);
  if (top > scroll + room - row) ImGui::SetScrollY(top - room + row);
}

}  // namespace

int draw_table(const TableSpec& table, Ui& ui, std::vector<int>* drawn) {
  if (table.rows.empty()) {
    ImGui::Spacing();
    faint(table.when_empty.c_str());
    return -1;
  }
  const ImGuiTableFlags flags = ImGuiTableFlags_RowBg | ImGuiTableFlags_ScrollY |
                                ImGuiTableFlags_BordersInnerV | ImGuiTableFlags_Sortable |
                                ImGuiTableFlags_SortTristate | ImGuiTableFlags_PadOuterX;
  if (!ImGui::BeginTable(table.name, static_cast<int>(table.columns.size()), flags,
                         ImGui::GetContentRegionAvail()))
    return -1;
  const float room = ImGui::GetContentRegionAvail().x;
  std::vector<float> widths = needed_widths(table);
  const std::vector<bool> shown = shown_columns(table, widths, room);
  widths = fitted_widths(widths, room);
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    ImGuiTableColumnFlags how = ImGuiTableColumnFlags_WidthStretch;
    if (static_cast<int>(c) == table.first_sorted) how |= ImGuiTableColumnFlags_DefaultSort;
    if (!shown[c]) how |= ImGuiTableColumnFlags_Disabled;
    ImGui::TableSetupColumn(table.columns[c].name, how, std::max(1.0F, widths[c]));
  }
  ImGui::TableSetupScrollFreeze(0, 1);
  int column = -1;
  bool ascending = true;
  const ImGuiTableSortSpecs* sort = ImGui::TableGetSortSpecs();
  if (sort != nullptr && sort->SpecsCount > 0) {
    column = sort->Specs[0].ColumnIndex;
    ascending = sort->Specs[0].SortDirection == ImGuiSortDirection_Ascending;
  }
  draw_header(table, column);
  int clicked = -1;
  const std::vector<int> order = sorted_rows(table, column, ascending);
  if (drawn != nullptr) *drawn = order;
  if (table.shows_chosen) scroll_to(table, order);
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(order.size()));
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
      if (draw_row(table, order[static_cast<std::size_t>(i)], ui))
        clicked = order[static_cast<std::size_t>(i)];
  ImGui::EndTable();
  return clicked;
}

}  // namespace pindah::gui
