// The metrics that a budget judges; they are measured in verdict/verdict_metrics.cpp.
#include <array>

#include "metrics/metric_table.h"

namespace pindah {
namespace {

constexpr std::size_t kManyCohorts = 16;

// A share of the exposed shoppers, of all or of some pages and personas.
constexpr VerdictRow of_shoppers(VerdictMetric id, std::string_view name, InManual manual) {
  return {{name, Unit::ppm, Argument::cohort, Argument::cohort, 0, kManyCohorts},
          id,
          true,
          false,
          false,
          0,
          manual};
}
// Of the pages of one kind, or of all.
constexpr VerdictRow of_pages(VerdictMetric id, std::string_view name, Unit unit,
                              std::int64_t percentile_ppm, InManual manual) {
  return {{name, unit, Argument::page, Argument::none, 1, 1},
          id,
          false,
          false,
          false,
          percentile_ppm,
          manual};
}
// The longest stretch of some trouble with a service.
constexpr VerdictRow longest(VerdictMetric id, std::string_view name, std::size_t least,
                             bool not_in_control, InManual manual) {
  return {{name, Unit::micros, Argument::service, Argument::none, least, 1},
          id,
          not_in_control,
          false,
          true,
          0,
          manual};
}
// Of the plan, without arguments.
constexpr VerdictRow of_plan(VerdictMetric id, std::string_view name, Unit unit, bool of_whole_run,
                             InManual manual) {
  return {{name, unit}, id, true, of_whole_run, false, 0, manual};
}

constexpr std::array kVerdictRows = std::to_array<VerdictRow>({
    of_shoppers(VerdictMetric::noticed, "noticed",
                {"noticed <= 0.1%",
                 "the share of exposed shoppers who could tell; `noticed(checkout, buyer)`: of a "
                 "page's or a persona's"}),
    of_shoppers(VerdictMetric::annoyed, "annoyed",
                {"annoyed <= 0.05%", "the share with two or more troubles"}),
    of_shoppers(
        VerdictMetric::empty_handed, "empty_handed",
        {"empty_handed == 0%", "the share that left without the order they would have placed"}),
    of_shoppers(VerdictMetric::harmed, "harmed",
                {"harmed == 0%", "the share that an anomaly befell"}),
    of_shoppers(VerdictMetric::spillover, "spillover",
                {"spillover <= 1%",
                 "the share that lived otherwise, and nothing was done to them: goods, timing, "
                 "leaving, weather"}),
    of_shoppers(
        VerdictMetric::masked, "masked",
        {"masked <= 0.1%", "the share of pages that failed with and without the migration"}),
    of_pages(VerdictMetric::failures, "failures", Unit::ppm, 0,
             {"failures(edge) <= 1%", "the share of pages that failed"}),
    of_pages(VerdictMetric::p50, "p50", Unit::micros, 500'000,
             {"p50(cart) <= 200ms", "half of the pages are quicker"}),
    of_pages(VerdictMetric::p99, "p99", Unit::micros, 990'000,
             {"p99(checkout) <= 1.5s in every 1m", "99 of 100 pages are quicker"}),
    longest(VerdictMetric::longest_outage, "longest_outage", 0, false,
            {"longest_outage <= 2s",
             "the longest time in which requests were refused or held; `longest_outage(orders)`: "
             "of a service"}),
    longest(VerdictMetric::freeze, "freeze", 1, true,
            {"freeze(orders) <= 1s", "the longest fence"}),
    of_plan(VerdictMetric::compliance, "compliance", Unit::ppm, false,
            {"compliance == 87% within 1d after 83d",
             "how far the world's checklist (compliance.yaml) is met at the end of the window"}),
    of_plan(VerdictMetric::rows_carried, "rows_carried", Unit::count, true,
            {"rows_carried <= 2000000", "rows that the migration has written on either side"}),
    of_plan(
        VerdictMetric::two_systems, "two_systems", Unit::micros, true,
        {"two_systems <= 3h", "from the plan's first step until the last retirement, or the end"}),
    of_plan(VerdictMetric::lost_by_rollback, "lost_by_rollback", Unit::count, true,
            {"lost_by_rollback == 0", "promises that a rollback at the end would lose"}),
    // Without a name of its own: the world names its anomalies.
    VerdictRow{{"", Unit::count},
               VerdictMetric::anomaly,
               false,
               false,
               true,
               0,
               {"lost_orders == 0",
                "how often an anomaly of the world's promises.yaml happened, by its name"}},
});

constexpr bool all_are_there() {
  if (kVerdictRows.size() != static_cast<std::size_t>(VerdictMetric::count)) return false;
  for (std::size_t i = 0; i < kVerdictRows.size(); ++i)
    if (static_cast<std::size_t>(kVerdictRows[i].id) != i) return false;
  return true;
}
static_assert(all_are_there(), "a row for each verdict metric, in their order");

}  // namespace

std::span<const VerdictRow> verdict_metrics() { return kVerdictRows; }
const VerdictRow& row_of(VerdictMetric metric) {
  return kVerdictRows.at(static_cast<std::size_t>(metric));
}

}  // namespace pindah
