// Every metric is a row: how it is written, what it takes, what its number means, the sentence that
// explains it. Readers, checks, messages, documentation and measuring walk these tables.
// A new operator metric: a word in OperatorMetric, a row in operator_metrics.cpp, its value in
// migration/operator_metrics.cpp. A new verdict metric: VerdictMetric, verdict_metrics.cpp,
// verdict/verdict_metrics.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/quantity.h"

namespace pindah {

// What a plan may wait for: what operators see.
enum class OperatorMetric : std::uint8_t {
  lag,
  backlog,
  copied,
  verified,
  mismatches,
  in_flight,
  queue,
  errors,
  p50,
  p99,
  rate,
  freeze,
  owner_is,
  shared_out,
  shadow_reads,
  shadow_mismatches,
  half_writes,
  count
};

// What a budget judges; anomalies of promises.yaml are verdict metrics too, by their names.
enum class VerdictMetric : std::uint8_t {
  noticed,
  annoyed,
  empty_handed,
  harmed,
  spillover,
  masked,
  failures,
  p50,
  p99,
  longest_outage,
  freeze,
  compliance,
  rows_carried,
  two_systems,
  lost_by_rollback,
  anomaly,
  count
};

// What an argument of a metric may name. page: or `edge`, all pages together. cohort: a page or a
// persona.
enum class Argument : std::uint8_t { none, service, platform, page, page_or_platform, cohort };

// What a plan has to do with a service before the metric's number can change; itself: nothing.
enum class ChangedBy : std::uint8_t {
  itself,
  captures,
  copies,
  verifies,
  switches,
  moves,
  reads_twice,
  writes_twice,
  count
};

// How a metric is written: `least` to `most` arguments, the second and later ones of kind `rest`.
struct Signature {
  std::string_view name;  // the anomalies' own row has none
  Unit unit{};
  Argument first = Argument::none;
  Argument rest = Argument::none;
  std::size_t least = 0;
  std::size_t most = 0;
};

// What stands in the manual: a line that parses in the example's world, and what the number is.
struct InManual {
  std::string_view example;
  std::string_view sentence;
};

struct OperatorRow : Signature {
  OperatorMetric id{};
  ChangedBy changed_by{};
  InManual manual;
};

struct VerdictRow : Signature {
  VerdictMetric id{};
  // The control universe has no value of its own: the metric compares with it, or needs a plan.
  bool not_in_control = false;
  // Of the migration as a whole, whatever window a line looks at.
  bool of_whole_run = false;
  // One is enough to break a limit, however few there were.
  bool one_is_enough = false;
  std::int64_t percentile_ppm = 0;  // 0: the number is no percentile
  InManual manual;
};

// In the order of the enums.
std::span<const OperatorRow> operator_metrics();
std::span<const VerdictRow> verdict_metrics();
const OperatorRow& row_of(OperatorMetric metric);
const VerdictRow& row_of(VerdictMetric metric);

// `in_flight(SERVICE, PLATFORM)`.
std::string usage(const Signature& signature);
// What an argument of this kind is called in messages: "page or persona".
std::string_view called(Argument argument);

}  // namespace pindah
