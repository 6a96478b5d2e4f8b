// Tables that sort, scroll, and copy as text.
#pragma once

#include <imgui.h>

#include <functional>
#include <string>
#include <vector>

#include "gui/window/palette.h"
#include "gui/window/ui.h"

namespace pindah::gui {

struct Cell {
  std::string text;
  double number = 0;  // by which it is sorted where `numeric`
  ImU32 colour = palette::kText;
};
struct ColumnSpec {
  const char* name;
  bool numeric = false;  // set to the right
  bool spare = false;    // not shown where there is too little room; of several the last goes first
};
struct TableSpec {
  const char* name;
  std::vector<ColumnSpec> columns;
  std::vector<std::vector<Cell>> rows;
  std::string when_empty;
  int first_sorted = -1;  // column; -1: as given
  std::int64_t chosen = -1;
  bool shows_chosen = false;  // it is scrolled to
};

// Draws the table in what is left of the panel; the row that was clicked, or -1.
// `drawn`: the rows in the order in which they stand there; null: nobody asks.
int draw_table(const TableSpec& table, Ui& ui, std::vector<int>* drawn = nullptr);
// The widths that columns of these widths get of `room`: each what it needs, and the widest ones
// less where there is too little; what is left over, all in proportion.
std::vector<float> fitted_widths(std::vector<float> needed, float room);
// What each column needs for its texts, its name, and the arrow of the column by which it is
// sorted.
std::vector<float> needed_widths(const TableSpec& table);
// By column: whether there is room for it. The needed widths of those that are left out become 0.
std::vector<bool> shown_columns(const TableSpec& table, std::vector<float>& needed, float room);
// Header and rows, columns apart by tabs.
std::string table_text(const TableSpec& table);
// The rows in the order of a column.
std::vector<int> sorted_rows(const TableSpec& table, int column, bool ascending);

}  // namespace pindah::gui
