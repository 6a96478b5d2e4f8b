// Several rehearsals in one table: how strategies for the same night fare.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "report/pieces.h"

namespace pindah {

// One rehearsal's row; cells as a person reads them, in the order of the columns.
struct SideBySideRow {
  Ink ink{};  // of its verdict
  std::vector<std::string> cells;
};

SideBySideRow side_by_side_row(const ReportInput& input);
// The row of a scenario that did not run, and a word for why: "ERROR".
SideBySideRow side_by_side_gap(const std::string& file, const std::string& word);

std::string side_by_side_text(const std::vector<SideBySideRow>& rows, const TerminalStyle& style);
std::string side_by_side_markdown(const std::vector<SideBySideRow>& rows);
std::string side_by_side_csv(const std::vector<SideBySideRow>& rows);

// The formats of a file that holds the table: a row each.
struct TableFormat {
  std::string_view suffix;
  std::string_view label;  // what the suffix does not say; may be empty
  std::string (*write)(const std::vector<SideBySideRow>&) = nullptr;
};
std::span<const TableFormat> table_formats();

}  // namespace pindah
