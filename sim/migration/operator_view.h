// The values of the operator metrics, each read off the thing itself: the changelog, the gates, the
// workers. None of them knows more than an operator would.
#pragma once

#include <array>
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

class OperatorView {
 public:
  OperatorView(const Shared& shared, const CommitRate& commits)
      : shared_(shared), commits_(commits) {}
  // In the metric's unit; truths are 0 or 1.
  std::int64_t value(const Expression& expression) const;
  bool holds(const Expression& expression) const;
  // What a condition that does not hold is like.
  Seen seen(const Expression& expression) const;
  Seen seen(const Expression& expression, std::int64_t value) const;
  std::int64_t lag(ServiceId id) const;                                 // µs
  std::int64_t backlog(ServiceId id) const;                             // changes
  std::int64_t copied(const std::vector<std::string>& services) const;  // ppm

 private:
  std::int64_t of_services(OperatorMetric metric, const std::vector<std::string>& names) const;
  std::int64_t of_page(OperatorMetric metric, const std::string& name) const;
  Side side(const std::string& name) const;
  const Stream& away_from_owner(ServiceId id) const;
  const Shared& shared_;
  const CommitRate& commits_;
};

}  // namespace pindah::migration
