// Metrics as the manual shows them, and two that are only there to show what one row more does.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "metrics/metric_table.h"
#include "tests/docs/made.h"

namespace pindah {

template <class Row>
std::string metrics_table(const char* what, std::span<const Row> rows) {
  std::vector<std::vector<std::string>> cells;
  for (const Row& row : rows)
    cells.push_back(
        {"`" + std::string(row.manual.example) + "`", std::string(row.manual.sentence)});
  return docs::table({what, "the metric is"}, cells);
}

// The operator metrics, and `tides(SERVICE)`.
inline std::vector<OperatorRow> with_tides() {
  std::vector<OperatorRow> rows(operator_metrics().begin(), operator_metrics().end());
  rows.push_back({{"tides", Unit::count, Argument::service, Argument::none, 1, 1},
                  OperatorMetric::count,
                  ChangedBy::itself,
                  {"tides(payments) < 3", "how many tides came in"}});
  return rows;
}

// The verdict metrics, and `sighs`, which the control life has none of.
inline std::vector<VerdictRow> with_sighs() {
  std::vector<VerdictRow> rows(verdict_metrics().begin(), verdict_metrics().end());
  rows.push_back({{"sighs", Unit::count},
                  VerdictMetric::count,
                  true,
                  false,
                  true,
                  0,
                  {"sighs <= 3", "how often somebody sighed"}});
  return rows;
}

}  // namespace pindah
