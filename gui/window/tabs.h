// The tabs below the plots, and the panels that open over the page: each is a row, which the
// drawing, the keys, the command line and docs/window.md walk. A new tab is its table in
// tab_rows.cpp and its row there; a panel that opens is a row in panel_rows.cpp.
#pragma once

#include <span>
#include <string>

#include "gui/deck/deck.h"
#include "gui/window/table.h"
#include "gui/window/ui.h"

namespace pindah::gui {

using Commands = std::vector<Command>;

struct TabRow {
  const char* word;                            // `--tab WORD`
  const char* title;                           // at its head
  const char* shows;                           // for the manual
  TableSpec (*table)(const Deck&) = nullptr;   // its table, which is also what is copied as text
  std::string (*note)(const Deck&) = nullptr;  // a line above the table; null or empty: none
  // In place of note and table alone.
  void (*draw)(const Deck&, Ui&, Commands&) = nullptr;
  // What Up (-1) and Down (1) do while it is open.
  void (*up_or_down)(const Deck&, Ui&, int, Commands&) = nullptr;
};
std::span<const TabRow> tab_rows();

// What a panel that opens is drawn from.
struct PanelContext {
  const Deck& deck;
  const Parties& parties;
  float top;  // where the header ends
  Ui& ui;
  Commands& commands;
};
struct PanelRow {
  const char* word;  // `--panel WORD`
  const char* shows;
  bool Ui::*open;
  bool of_flights;  // there is none for a run file
  void (*draw)(const PanelContext&) = nullptr;
};
std::span<const PanelRow> panel_rows();

// The words of rows, as people list them: "who, budget, tables".
template <class Row>
std::string words_of(std::span<const Row> rows) {
  std::string words;
  for (const Row& row : rows) words += (words.empty() ? "" : ", ") + std::string(row.word);
  return words;
}
// The place of a word among the rows, or -1.
template <class Row>
int find_row(std::span<const Row> rows, std::string_view word) {
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (word == rows[i].word) return static_cast<int>(i);
  return -1;
}

}  // namespace pindah::gui
