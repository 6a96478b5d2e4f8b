// Rows that the suffix of a file chooses.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace pindah {

// The row whose suffix the path ends with, or null.
template <class Row>
const Row* format_of(std::span<const Row> rows, std::string_view path) {
  for (const Row& row : rows)
    if (path.ends_with(row.suffix)) return &row;
  return nullptr;
}

// ".json .xml (JUnit) .md", with something else between them where that is wanted.
template <class Row>
std::string suffixes_of(std::span<const Row> rows, std::string_view between = " ") {
  std::string all;
  for (const Row& row : rows) {
    all += (all.empty() ? "" : std::string(between)) + std::string(row.suffix);
    if (!row.label.empty()) all += " (" + std::string(row.label) + ")";
  }
  return all;
}

}  // namespace pindah
