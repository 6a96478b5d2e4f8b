#include "migration/operator_view.h"

#include <algorithm>

namespace pindah::migration {

namespace {

constexpr std::int64_t kBucketUs = 10'000'000;

}  // namespace

void CommitRate::count(Side side, Micros now) {
  const std::int64_t period = now.us / kBucketUs + 1;
  const auto bucket = static_cast<std::size_t>(period) % kBuckets;
  auto& periods = periods_[index(side)];
  auto& counts = counts_[index(side)];
  if (periods[bucket] != period) periods[bucket] = period, counts[bucket] = 0;
  ++counts[bucket];
}

std::int64_t CommitRate::per_second_micro(Side side, Micros now) const {
  const std::int64_t period = now.us / kBucketUs + 1;
  const std::int64_t oldest = std::max<std::int64_t>(1, period - std::int64_t{kBuckets} + 1);
  std::int64_t commits = 0;
  for (std::size_t i = 0; i < kBuckets; ++i)
    if (periods_[index(side)][i] >= oldest) commits += counts_[index(side)][i];
  const std::int64_t view_us = now.us - (oldest - 1) * kBucketUs;
  return view_us > 0 ? commits * 1'000'000 * 1'000'000 / view_us : 0;
}

bool OperatorView::holds(const Expression& expression) const {
  return pindah::holds(expression.compare, value(expression), expression.value);
}

Side OperatorView::side(const std::string& name) const {
  const auto& platforms = shared_.world.platforms;
  const bool target = name == "target" || name == platforms[index(Side::target)].name;
  return target ? Side::target : Side::source;
}

std::int64_t OperatorView::value(const Expression& e) const {
  const std::string& first = e.arguments.at(0);
  switch (e.metric) {
    case OperatorMetric::lag:
    case OperatorMetric::backlog:
    case OperatorMetric::copied:
    case OperatorMetric::verified:
    case OperatorMetric::mismatches:
    case OperatorMetric::freeze:
    case OperatorMetric::shared_out:
    case OperatorMetric::shadow_reads:
    case OperatorMetric::shadow_mismatches:
    case OperatorMetric::half_writes:
      return of_services(e.metric, e.arguments);
    case OperatorMetric::in_flight: {
      const ServiceId id = shared_.world.service(first);
      const Side at = side(e.arguments.at(1));
      return shared_.gates.in_flight(id, at) + shared_.ledgers.outstanding(id, at);
    }
    case OperatorMetric::owner_is:
      return shared_.gates.owner(shared_.world.service(first)) == side(e.arguments.at(1)) ? 1 : 0;
    case OperatorMetric::queue:
      return shared_.workers[index(side(first))]->waiting();
    default:
      return of_page(e.metric, first);
  }
}

std::int64_t OperatorView::of_services(OperatorMetric metric,
                                       const std::vector<std::string>& names) const {
  const ServiceId id = shared_.world.service(names.front());
  switch (metric) {
    case OperatorMetric::lag:
      return lag(id);
    case OperatorMetric::backlog:
      return backlog(id);
    case OperatorMetric::copied:
      return copied(names);
    case OperatorMetric::mismatches:
      return shared_.service(id).verified.mismatches;
    case OperatorMetric::shared_out:
      return shared_.gates.owner(id) == Side::target ? kWhole : shared_.gates.shared_out(id).ppm;
    case OperatorMetric::shadow_reads:
      return shared_.service(id).shadow.compared;
    case OperatorMetric::shadow_mismatches:
      return shared_.service(id).shadow.mismatches;
    case OperatorMetric::half_writes:
      return shared_.service(id).dual.half_written + shared_.service(id).dual.dropped;
    case OperatorMetric::freeze: {
      const std::optional<Micros> since = shared_.gates.fenced_since(id);
      return since ? (shared_.now() - *since).us : 0;
    }
    default:
      break;
  }
  for (const std::string& name : names) {
    const Verified& verified = shared_.service(shared_.world.service(name)).verified;
    if (!verified.finished || verified.mismatches != 0) return 0;
  }
  return 1;
}

// The changelog that matters now: of the platform that owns the service.
const Stream& OperatorView::away_from_owner(ServiceId id) const {
  return shared_.service(id).streams[index(shared_.gates.owner(id))];
}

std::int64_t OperatorView::lag(ServiceId id) const {
  const Stream& stream = away_from_owner(id);
  const Micros oldest = stream.log.on() ? stream.log.oldest(stream.position) : kNever;
  return oldest == kNever ? 0 : (shared_.now() - oldest).us;
}

std::int64_t OperatorView::backlog(ServiceId id) const {
  const Stream& stream = away_from_owner(id);
  const auto doubles = static_cast<std::int64_t>(shared_.service(id).dual.outstanding.size());
  return doubles +
         (stream.log.on() ? static_cast<std::int64_t>(stream.log.backlog(stream.position)) : 0);
}

std::int64_t OperatorView::copied(const std::vector<std::string>& names) const {
  std::int64_t roots = 0, passed = 0;
  bool all = true;
  for (const std::string& name : names) {
    const CopyProgress& copy = shared_.service(shared_.world.service(name)).copy;
    roots += copy.roots;
    passed += copy.passed;
    all = all && copy.finished;
  }
  if (all) return kWhole;
  // Roots that came between the first and the last one are copied too, but were not counted.
  return roots == 0 ? 0 : std::min(kWhole - 1, passed * kWhole / roots);
}

std::int64_t OperatorView::of_page(OperatorMetric metric, const std::string& name) const {
  const Recent& recent = shared_.recent;
  const PageId page = shared_.world.page(name);
  if (page < 0 && name != "edge") return commits_.per_second_micro(side(name), shared_.now());
  const std::size_t which = page < 0 ? recent.edge() : static_cast<std::size_t>(page);
  switch (metric) {
    case OperatorMetric::errors:
      return recent.errors_ppm(which, shared_.now());
    case OperatorMetric::p50:
      return recent.p50(which, shared_.now()).us;
    case OperatorMetric::p99:
      return recent.p99(which, shared_.now()).us;
    default:
      return recent.rate_per_second_micro(which, shared_.now());
  }
}

Seen OperatorView::seen(const Expression& e) const { return seen(e, value(e)); }

Seen OperatorView::seen(const Expression& e, std::int64_t value) const {
  Seen seen{value, {}};
  if (e.metric != OperatorMetric::verified || value != 0) return seen;
  for (const std::string& name : e.arguments) {
    const ServiceId id = shared_.world.service(name);
    const Verified& verified = shared_.service(id).verified;
    seen.services.push_back({id, verified.finished, verified.mismatches, verified.first});
  }
  return seen;
}

}  // namespace pindah::migration
