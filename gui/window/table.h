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
  float share;  // of the width
  bool numeric = false;
};
struct TableSpec {
  const char* name;
  std::vector<ColumnSpec> columns;
  std::vector<std::vector<Cell>> rows;
  std::string when_empty;
  int first_sorted = -1;  // column; -1: as given
  std::int64_t chosen = -1;
};

// Draws the table in what is left of the panel; the row that was clicked, or -1.
int draw_table(const TableSpec& table, Ui& ui);
// Header and rows, columns apart by tabs.
std::string table_text(const TableSpec& table);
// The rows in the order of a column.
std::vector<int> sorted_rows(const TableSpec& table, int column, bool ascending);

}  // namespace pindah::gui
