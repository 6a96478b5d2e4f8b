// The little language of conditions (`when:`, `needs:`, `pause_when:`) and of budget lines.
//   condition := metric [op value] [for DURATION]
//   budget    := metric [op (value | N x control)] {clause}
//   metric    := name [(argument {, argument})]
//   clause    := in every DURATION | within DURATION | for DURATION | during STEP
//              | after DURATION | , warn | , stop
// A condition without op is a metric of truth that is true; a budget line without op is only
// reported. Clauses come in any order, each at most once.
// A comparison that the range of its metric decides (`copied(orders) > 100%`) is a mistake.
// Operator metrics and verdict metrics are two lists: a plan cannot see what only the oracle knows.
// What is read holds numbers of the world and the plan, and no names.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "base/quantity.h"
#include "base/time.h"
#include "metrics/metric_table.h"
#include "metrics/names.h"
#include "metrics/step_id.h"

namespace pindah {

enum class Compare : std::uint8_t { less, less_equal, equal, greater_equal, greater, not_equal };

// What stands between the parentheses of a metric. Which of them it takes stands in its row.
struct MetricArguments {
  std::vector<ServiceId> services;
  std::optional<Side> platform;
  // Of each name: the page of that name first, then those that are reported with it.
  std::vector<PageId> pages;
  bool edge = false;  // all pages together
  std::vector<PersonaId> personas;
  std::string text;  // as they were written: `payments, orders`
  bool none() const { return text.empty(); }
};

// A condition: one comparison. A metric of truth compares with 1 (true) or 0.
struct Expression {
  Place place;
  std::string text;
  const OperatorRow* metric = &row_of(OperatorMetric::lag);
  MetricArguments arguments;
  Compare compare = Compare::equal;
  std::int64_t value = 1;
  Micros hold;  // `for`: must have held this long
};

// All of them must hold; empty: nothing is asked.
using Conditions = std::vector<Expression>;

// whole: the run is one window. every: tumbling windows, each judged. within (`for` is the same
// word): only the time of that length from `after` on.
enum class Window : std::uint8_t { whole, every, within };
// warn: told, but does not fail. stop: ends the run where it breaks.
enum class OnFail : std::uint8_t { fail, warn, stop };

struct Budget {
  const VerdictRow* metric = &row_of(VerdictMetric::noticed);
  AnomalyId anomaly = -1;  // for VerdictMetric::anomaly
  MetricArguments arguments;
  std::optional<Compare> compare;  // none: the line only reports
  std::int64_t value = 0;
  std::optional<std::int64_t> times_control_ppm;  // `1.2 x control`
  Window window = Window::whole;
  Micros window_length;
  StepId during{};  // none: at any time
  Micros after;
  OnFail on_fail = OnFail::fail;
};

bool holds(Compare compare, std::int64_t left, std::int64_t right);

// Parse; mistakes go to problems with column-exact places (`place` is where the text starts).
std::optional<Expression> parse_condition(std::string_view text, const Place& place,
                                          const Names& names, Problems& problems);
std::optional<Budget> parse_budget(std::string_view text, const Place& place, const Names& names,
                                   Problems& problems);

}  // namespace pindah
