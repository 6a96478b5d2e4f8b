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

const OperatorReading& OperatorView::reading(const Expression& expression) const {
  const auto number = static_cast<std::size_t>(expression.metric->id);
  ensure(number < readings_.size(), "a metric that nobody reads off");
  return readings_[number];
}

std::int64_t OperatorView::value(const Expression& expression) const {
  return reading(expression).value(*this, expression.arguments);
}

bool OperatorView::holds(const Expression& expression) const {
  return pindah::holds(expression.compare, value(expression), expression.value);
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

std::int64_t OperatorView::copied(const std::vector<ServiceId>& services) const {
  std::int64_t roots = 0, passed = 0;
  bool all = true;
  for (const ServiceId id : services) {
    const CopyProgress& copy = shared_.service(id).copy;
    roots += copy.roots;
    passed += copy.passed;
    all = all && copy.finished;
  }
  if (all) return kWhole;
  // Roots that came between the first and the last one are copied too, but were not counted.
  return roots == 0 ? 0 : std::min(kWhole - 1, passed * kWhole / roots);
}

std::int64_t OperatorView::commits_per_second_micro(Side side) const {
  return commits_.per_second_micro(side, shared_.now());
}

Seen OperatorView::seen(const Expression& e) const { return seen(e, value(e)); }

Seen OperatorView::seen(const Expression& e, std::int64_t value) const {
  Seen seen;
  seen.value = value;
  const bool well = e.metric->unit == Unit::truth && value != 0;
  if (const auto details = reading(e).details; details != nullptr && !well)
    details(*this, e.arguments, seen);
  return seen;
}

}  // namespace pindah::migration
