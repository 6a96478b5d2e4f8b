#include "gui/window/table.h"

#include <algorithm>
#include <numeric>

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

namespace {

void draw_cell(const Cell& cell, bool numeric) {
  const float room = ImGui::GetContentRegionAvail().x;
  const float wide = ImGui::CalcTextSize(cell.text.c_str()).x;
  if (numeric && wide < room) ImGui::SetCursorPosX(ImGui::GetCursorPosX() + room - wide);
  fitted(cell.text, room, cell.colour);
}

bool draw_row(const TableSpec& table, int number, Ui& ui) {
  const auto& row = table.rows[static_cast<std::size_t>(number)];
  ImGui::TableNextRow();
  bool clicked = false;
  for (std::size_t c = 0; c < row.size(); ++c) {
    ImGui::TableNextColumn();
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

}  // namespace

int draw_table(const TableSpec& table, Ui& ui) {
  if (table.rows.empty()) {
    ImGui::Spacing();
    faint(table.when_empty.c_str());
    return -1;
  }
  const ImGuiTableFlags flags = ImGuiTableFlags_RowBg | ImGuiTableFlags_ScrollY |
                                ImGuiTableFlags_Resizable | ImGuiTableFlags_Sortable |
                                ImGuiTableFlags_SortTristate | ImGuiTableFlags_PadOuterX;
  if (!ImGui::BeginTable(table.name, static_cast<int>(table.columns.size()), flags,
                         ImGui::GetContentRegionAvail()))
    return -1;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const bool first = static_cast<int>(c) == table.first_sorted;
    ImGui::TableSetupColumn(
        table.columns[c].name,
        ImGuiTableColumnFlags_WidthStretch | (first ? ImGuiTableColumnFlags_DefaultSort : 0),
        table.columns[c].share);
  }
  ImGui::TableSetupScrollFreeze(0, 1);
  ImGui::TableHeadersRow();
  int column = -1;
  bool ascending = true;
  const ImGuiTableSortSpecs* sort = ImGui::TableGetSortSpecs();
  if (sort != nullptr && sort->SpecsCount > 0) {
    column = sort->Specs[0].ColumnIndex;
    ascending = sort->Specs[0].SortDirection == ImGuiSortDirection_Ascending;
  }
  int clicked = -1;
  const std::vector<int> order = sorted_rows(table, column, ascending);
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
