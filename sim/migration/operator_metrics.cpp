// Where the number of each operator metric is read off (its row: metrics/operator_metrics.cpp).
#include <array>

#include "migration/operator_view.h"

namespace pindah::migration {
namespace {

using Sees = const OperatorView&;
using Arguments = const MetricArguments&;

std::int64_t verified(Sees view, Arguments about) {
  for (const ServiceId id : about.services) {
    const Verified& last = view.service(id).verified;
    if (!last.finished || last.mismatches != 0) return 0;
  }
  return 1;
}

void why_not_verified(Sees view, Arguments about, Seen& seen) {
  for (const ServiceId id : about.services) {
    const Verified& last = view.service(id).verified;
    seen.services.push_back({id, last.finished, last.mismatches, last.first});
  }
}

std::int64_t in_flight(Sees view, Arguments about) {
  const ServiceId id = about.services.front();
  return view.shared().gates.in_flight(id, *about.platform) +
         view.shared().ledgers.outstanding(id, *about.platform);
}

std::int64_t freeze(Sees view, Arguments about) {
  const std::optional<Micros> since = view.shared().gates.fenced_since(about.services.front());
  return since ? (view.shared().now() - *since).us : 0;
}

std::int64_t owner_is(Sees view, Arguments about) {
  return view.shared().gates.owner(about.services.front()) == *about.platform ? 1 : 0;
}

std::int64_t shared_out(Sees view, Arguments about) {
  const Gates& gates = view.shared().gates;
  const ServiceId id = about.services.front();
  return gates.owner(id) == Side::target ? kWhole : gates.shared_out(id).ppm;
}

std::int64_t half_writes(Sees view, Arguments about) {
  const DualWrite& dual = view.service(about.services.front()).dual;
  return dual.half_written + dual.dropped;
}

// Of one page or of all, in the last minute.
std::size_t page(Sees view, Arguments about) {
  return about.edge ? view.shared().recent.edge() : static_cast<std::size_t>(about.pages.front());
}

std::int64_t rate(Sees view, Arguments about) {
  if (about.platform) return view.commits_per_second_micro(*about.platform);
  return view.shared().recent.rate_per_second_micro(page(view, about), view.shared().now());
}

constexpr std::array kReadings = std::to_array<OperatorReading>({
    {OperatorMetric::lag, [](Sees v, Arguments a) { return v.lag(a.services.front()); }},
    {OperatorMetric::backlog, [](Sees v, Arguments a) { return v.backlog(a.services.front()); }},
    {OperatorMetric::copied, [](Sees v, Arguments a) { return v.copied(a.services); }},
    {OperatorMetric::verified, verified, why_not_verified},
    {OperatorMetric::mismatches,
     [](Sees v, Arguments a) { return v.service(a.services.front()).verified.mismatches; }},
    {OperatorMetric::in_flight, in_flight},
    {OperatorMetric::queue,
     [](Sees v, Arguments a) -> std::int64_t {
       return v.shared().workers[index(*a.platform)]->waiting();
     }},
    {OperatorMetric::errors,
     [](Sees v, Arguments a) {
       return v.shared().recent.errors_ppm(page(v, a), v.shared().now());
     }},
    {OperatorMetric::p50,
     [](Sees v, Arguments a) { return v.shared().recent.p50(page(v, a), v.shared().now()).us; }},
    {OperatorMetric::p99,
     [](Sees v, Arguments a) { return v.shared().recent.p99(page(v, a), v.shared().now()).us; }},
    {OperatorMetric::rate, rate},
    {OperatorMetric::freeze, freeze},
    {OperatorMetric::owner_is, owner_is},
    {OperatorMetric::shared_out, shared_out},
    {OperatorMetric::shadow_reads,
     [](Sees v, Arguments a) { return v.service(a.services.front()).shadow.compared; }},
    {OperatorMetric::shadow_mismatches,
     [](Sees v, Arguments a) { return v.service(a.services.front()).shadow.mismatches; }},
    {OperatorMetric::half_writes, half_writes},
});

constexpr bool each_is_read() {
  if (kReadings.size() != static_cast<std::size_t>(OperatorMetric::count)) return false;
  for (std::size_t i = 0; i < kReadings.size(); ++i)
    if (static_cast<std::size_t>(kReadings[i].id) != i || kReadings[i].value == nullptr)
      return false;
  return true;
}
static_assert(each_is_read(), "a reading for each operator metric, in their order");

}  // namespace

std::span<const OperatorReading> operator_readings() { return kReadings; }

}  // namespace pindah::migration
