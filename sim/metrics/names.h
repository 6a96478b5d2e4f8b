// The names that conditions and budget lines may use, and what each stands for.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "metrics/metric_table.h"
#include "world/world.h"

namespace pindah {

// A name under which pages are reported: the page of that name first, then others that are counted
// with it. At least one.
struct ReportedPages {
  std::string name;
  std::vector<PageId> pages;
};

// Filled from the world and the plan. In each list a name's place is its number: ServiceId, Side,
// PersonaId, AnomalyId. Steps are known by their names (metrics/step_id.h).
struct Names {
  std::vector<std::string> services, platforms, personas, anomalies, steps;
  std::vector<ReportedPages> pages;
  std::vector<std::string> page_names() const;
  // The metrics that are understood. They outlive what is read with them.
  std::span<const OperatorRow> operator_rows = operator_metrics();
  std::span<const VerdictRow> verdict_rows = verdict_metrics();
};

// The names that an argument of this kind may take, in the order in which they are offered.
std::vector<std::string> known_names(Argument argument, const Names& names);
// The number of a name in its list, or -1.
int number_of(const std::vector<std::string>& names, std::string_view name);

}  // namespace pindah
