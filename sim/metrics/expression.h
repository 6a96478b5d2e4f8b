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
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "base/time.h"

namespace pindah {

enum class Compare : std::uint8_t { less, less_equal, equal, greater_equal, greater, not_equal };

// What a metric's number means, so that a value can be written with its unit and checked.
enum class Unit : std::uint8_t { count, micros, ppm, truth, per_second_micro };

// The metrics that operators see. Arguments are checked against the world by name.
enum class OperatorMetric : std::uint8_t {
  lag,         // (service): age of the oldest change not applied; µs
  backlog,     // (service): changes not applied; count
  copied,      // (service, …): share of roots copied; ppm
  verified,    // (service, …): last verify finished without a mismatch, and nothing changed owner
               // since; truth
  mismatches,  // (service): rows that differed in the last verify; count
  in_flight,   // (service, platform): requests admitted and not answered, payments pending and jobs
               // due; count
  queue,       // (platform): requests waiting; count
  errors,      // (page | edge): share of page replies that failed, last minute; ppm
  p50,
  p99,                // (page | edge): latency of page replies, last minute; µs
  rate,               // (page | platform | edge): per second, last minute; per_second_micro
  freeze,             // (service): how long the fence has been closed; µs
  owner_is,           // (service, platform); truth
  shared_out,         // (service): share of the source's that the target owns; ppm
  shadow_reads,       // (service): reads compared so far; count
  shadow_mismatches,  // (service): of these, those whose answers differed; count
  half_writes         // (service): second writes that failed or were dropped so far; count
};

// The metrics of the verdict; anomalies of promises.yaml are verdict metrics too, by their names.
enum class VerdictMetric : std::uint8_t {
  noticed,  // share of exposed shoppers; ppm. noticed(page|persona…) by cohort
  annoyed,
  empty_handed,
  harmed,
  spillover,
  masked,    // shares, ppm
  failures,  // (page): share of pages that failed; ppm
  p50,
  p99,               // (page); µs
  longest_outage,    // [(service)]: longest time in which requests were refused or held; µs
  freeze,            // (service): longest fence; µs
  compliance,        // how far the world's checklist was met at the end of the window; ppm
  rows_carried,      // rows that the migration has written on either side; count
  two_systems,       // from the plan's first step to the last retirement, or to the end; µs
  lost_by_rollback,  // promises that a rollback would lose at the end; count
  anomaly            // count
};

// A condition: one comparison. A metric of truth compares with 1 (true) or 0.
struct Expression {
  Place place;
  std::string text;
  OperatorMetric metric{};
  std::vector<std::string> arguments;
  Compare compare = Compare::equal;
  std::int64_t value = 1;
  Micros hold;  // `for`: must have held this long
};

// whole: the run is one window. every: tumbling windows, each judged. within (`for` is the same
// word): only the time of that length from `after` on.
enum class Window : std::uint8_t { whole, every, within };
// warn: told, but does not fail. stop: ends the run where it breaks.
enum class OnFail : std::uint8_t { fail, warn, stop };

struct Budget {
  VerdictMetric metric{};
  std::string anomaly;  // name, for VerdictMetric::anomaly
  std::vector<std::string> arguments;
  std::optional<Compare> compare;  // none: the line only reports
  std::int64_t value = 0;
  std::optional<std::int64_t> times_control_ppm;  // `1.2 x control`
  Window window = Window::whole;
  Micros window_length;
  std::string during;  // name of a step
  Micros after;
  OnFail on_fail = OnFail::fail;
};

// Names that arguments may take; filled from the world and the plan.
struct Names {
  std::vector<std::string> services, pages, platforms, personas, links, anomalies, steps;
};

Unit unit_of(OperatorMetric metric);
Unit unit_of(VerdictMetric metric);
std::string_view name_of(OperatorMetric metric);
std::string_view name_of(VerdictMetric metric);
bool holds(Compare compare, std::int64_t left, std::int64_t right);

// Parse; mistakes go to problems with column-exact places (`place` is where the text starts).
std::optional<Expression> parse_condition(std::string_view text, const Place& place,
                                          const Names& names, Problems& problems);
std::optional<Budget> parse_budget(std::string_view text, const Place& place, const Names& names,
                                   Problems& problems);

// Quantities with units: `250ms 20s 1h30m`, `0.1%`, `4/s`, `2000 rows/s`. A bare number is an
// error.
// Exact: a value finer than the unit of the result is no value. Nothing when it is no quantity.
std::optional<Micros> parse_duration(std::string_view text);   // d h m s ms us; at most ten years
std::optional<std::int64_t> parse_ppm(std::string_view text);  // `0.1%` or `.39`
std::optional<std::int64_t> parse_per_second_micro(std::string_view text);  // `8/s`
// A number of the unit as a person reads it: `0.62 %`, `1.2s`, `412`.
std::string show(Unit unit, std::int64_t number);

}  // namespace pindah
