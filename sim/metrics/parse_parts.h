// What conditions and budget lines have in common: metrics, arguments, comparisons, values.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/cursor.h"
#include "metrics/expression.h"

namespace pindah {

// "`text`".
std::string quoted(std::string_view text);

// The names of metrics, without those that have none.
template <class Row>
std::vector<std::string> metric_names(std::span<const Row> rows) {
  std::vector<std::string> names;
  for (const Row& row : rows) {
    if (!row.name.empty()) names.emplace_back(row.name);
  }
  return names;
}
// The row of a name, or null.
template <class Row>
const Row* find_metric(std::span<const Row> rows, std::string_view name) {
  for (const Row& row : rows) {
    if (row.name == name && !name.empty()) return &row;
  }
  return nullptr;
}

// The readers below report a mistake and then give nothing.

// `(a, b)`, or no argument.
std::optional<MetricArguments> read_arguments(Cursor& cursor, const Signature& signature,
                                              const Names& names);
// A duration above zero; `after` is the word before it.
std::optional<Micros> read_duration(Cursor& cursor, std::string_view after);

// Nothing, and no mistake, where no comparison stands.
std::optional<Compare> read_compare(Cursor& cursor);

// Reports a comparison that the range of its metric decides (a share above 100%, a lag below 0).
bool refuse_constant(Cursor& cursor, std::size_t at, Unit unit, Compare compare,
                     std::int64_t value);
// Reports what is left of the text.
void end_of(Cursor& cursor, std::string expected);

}  // namespace pindah
