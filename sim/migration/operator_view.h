// The values of the operator metrics, each read off the thing itself: the changelog, the gates, the
// workers. None of them knows more than an operator would.
#pragma once

#include <array>
#include <span>
#include <string>

#include "migration/shared.h"

namespace pindah::migration {

// Commits of each platform in the last minute: what `rate(PLATFORM)` shows, as a database's
// monitoring does. Six buckets of ten seconds; the youngest is still filling.
class CommitRate {
 public:
  void count(Side side, Micros now);
  std::int64_t per_second_micro(Side side, Micros now) const;
  template <class A>
  void archive(A& a) {
    a(periods_, counts_);
  }

 private:
  static constexpr std::size_t kBuckets = 6;
  PerSide<std::array<std::int64_t, kBuckets>> periods_{};  // which ten seconds, plus one
  PerSide<std::array<std::int64_t, kBuckets>> counts_{};
};

class OperatorView;

// How the number of one metric is read off, and what more there is to say where it does not hold
// (null: nothing).
struct OperatorReading {
  OperatorMetric id{};
  std::int64_t (*value)(const OperatorView&, const MetricArguments&) = nullptr;
  void (*details)(const OperatorView&, const MetricArguments&, Seen&) = nullptr;
};
// One for each metric, in the order of the enum.
std::span<const OperatorReading> operator_readings();

class OperatorView {
 public:
  // All outlive it. `readings`: by metric.
  OperatorView(const Shared& shared, const CommitRate& commits,
               std::span<const OperatorReading> readings = operator_readings())
      : shared_(shared), commits_(commits), readings_(readings) {}
  // In the metric's unit; truths are 0 or 1.
  std::int64_t value(const Expression& expression) const;
  bool holds(const Expression& expression) const;
  // What a condition that does not hold is like.
  Seen seen(const Expression& expression) const;
  Seen seen(const Expression& expression, std::int64_t value) const;

  std::int64_t lag(ServiceId id) const;                               // µs
  std::int64_t backlog(ServiceId id) const;                           // changes
  std::int64_t copied(const std::vector<ServiceId>& services) const;  // ppm
  std::int64_t commits_per_second_micro(Side side) const;

  const Shared& shared() const { return shared_; }
  const ServiceState& service(ServiceId id) const { return shared_.service(id); }

 private:
  const OperatorReading& reading(const Expression& expression) const;
  const Stream& away_from_owner(ServiceId id) const;
  const Shared& shared_;
  const CommitRate& commits_;
  std::span<const OperatorReading> readings_;
};

}  // namespace pindah::migration
