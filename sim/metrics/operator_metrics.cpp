// The metrics that operators see; their values are read in migration/operator_metrics.cpp.
#include <array>

#include "metrics/metric_table.h"

namespace pindah {
namespace {

constexpr auto kService = Argument::service;
constexpr auto kPlatform = Argument::platform;
constexpr auto kPage = Argument::page;
constexpr auto kNone = Argument::none;
constexpr std::size_t kManyServices = 16;

constexpr std::array kOperatorRows = std::to_array<OperatorRow>({
    {{"lag", Unit::micros, kService, kNone, 1, 1},
     OperatorMetric::lag,
     ChangedBy::captures,
     {"lag(payments) < 1s for 2m", "the age of the oldest change not applied"}},
    {{"backlog", Unit::count, kService, kNone, 1, 1},
     OperatorMetric::backlog,
     ChangedBy::captures,
     {"backlog(payments) < 100", "changes not applied"}},
    {{"copied", Unit::ppm, kService, kService, 1, kManyServices},
     OperatorMetric::copied,
     ChangedBy::copies,
     {"copied(payments, orders) == 100%", "the share of rows copied"}},
    {{"verified", Unit::truth, kService, kService, 1, kManyServices},
     OperatorMetric::verified,
     ChangedBy::verifies,
     {"verified(payments)", "the last verify found no difference"}},
    {{"mismatches", Unit::count, kService, kNone, 1, 1},
     OperatorMetric::mismatches,
     ChangedBy::verifies,
     {"mismatches(payments) == 0", "rows that differed in the last verify"}},
    {{"in_flight", Unit::count, kService, kPlatform, 2, 2},
     OperatorMetric::in_flight,
     ChangedBy::itself,
     {"in_flight(payments, source) == 0 for 10m",
      "requests, pending payments and due jobs of a service on a platform"}},
    {{"queue", Unit::count, kPlatform, kNone, 1, 1},
     OperatorMetric::queue,
     ChangedBy::itself,
     {"queue(source) < 50", "requests that wait for a worker"}},
    {{"errors", Unit::ppm, kPage, kNone, 1, 1},
     OperatorMetric::errors,
     ChangedBy::itself,
     {"errors(edge) < 1%", "the share of replies that failed, of a page or of all (`edge`)"}},
    {{"p50", Unit::micros, kPage, kNone, 1, 1},
     OperatorMetric::p50,
     ChangedBy::itself,
     {"p50(checkout) < 200ms", "half of the replies are quicker"}},
    {{"p99", Unit::micros, kPage, kNone, 1, 1},
     OperatorMetric::p99,
     ChangedBy::itself,
     {"p99(edge) > 400ms", "99 of 100 replies are quicker"}},
    {{"rate", Unit::per_second_micro, Argument::page_or_platform, kNone, 1, 1},
     OperatorMetric::rate,
     ChangedBy::itself,
     {"rate(checkout) > 0.5/s",
      "replies a second of a page or of `edge`; requests a second of a platform"}},
    {{"freeze", Unit::micros, kService, kNone, 1, 1},
     OperatorMetric::freeze,
     ChangedBy::switches,
     {"freeze(orders) < 1s", "how long the fence has been closed"}},
    {{"owner_is", Unit::truth, kService, kPlatform, 2, 2},
     OperatorMetric::owner_is,
     ChangedBy::switches,
     {"owner_is(payments, target) for 5m", "whether the platform owns the service"}},
    {{"shared_out", Unit::ppm, kService, kNone, 1, 1},
     OperatorMetric::shared_out,
     ChangedBy::moves,
     {"shared_out(payments) == 10%", "the share of the source's work that the target owns"}},
    {{"shadow_reads", Unit::count, kService, kNone, 1, 1},
     OperatorMetric::shadow_reads,
     ChangedBy::reads_twice,
     {"shadow_reads(orders) > 1000", "reads compared so far"}},
    {{"shadow_mismatches", Unit::count, kService, kNone, 1, 1},
     OperatorMetric::shadow_mismatches,
     ChangedBy::reads_twice,
     {"shadow_mismatches(orders) == 0", "of these, the ones whose answers differed"}},
    {{"half_writes", Unit::count, kService, kNone, 1, 1},
     OperatorMetric::half_writes,
     ChangedBy::writes_twice,
     {"half_writes(orders) == 0", "second writes that failed or were dropped so far"}},
});

constexpr bool complete() {
  if (kOperatorRows.size() != static_cast<std::size_t>(OperatorMetric::count)) return false;
  for (std::size_t i = 0; i < kOperatorRows.size(); ++i)
    if (static_cast<std::size_t>(kOperatorRows[i].id) != i) return false;
  return true;
}
static_assert(complete(), "a row for each operator metric, in their order");

}  // namespace

std::span<const OperatorRow> operator_metrics() { return kOperatorRows; }
const OperatorRow& row_of(OperatorMetric metric) {
  return kOperatorRows.at(static_cast<std::size_t>(metric));
}

}  // namespace pindah
