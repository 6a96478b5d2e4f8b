#include "metrics/recent.h"

#include <algorithm>

#include "base/fixed.h"
#include "base/problem.h"

namespace pindah {
namespace {

constexpr std::int64_t kPeriod = seconds(10).us;

std::int64_t period_of(Micros now) { return now.us / kPeriod; }

}  // namespace

Recent::Recent(std::size_t pages) : pages_(pages) {
  for (Bucket& bucket : buckets_) bucket.series.resize(pages + 1);
}

void Recent::record(std::size_t page, Micros now, Micros latency, bool failed) {
  ensure(page < pages_, "no such page in the last minute");
  const std::int64_t period = period_of(now);
  Bucket& bucket = buckets_[static_cast<std::size_t>(period) % kBuckets];
  if (bucket.period != period) {
    ensure(bucket.period < period, "the clock of the last minute went back");
    for (Series& series : bucket.series) {
      series.failures = 0;
      series.latencies.clear();
    }
    bucket.period = period;
  }
  for (const std::size_t which : {page, pages_}) {
    Series& series = bucket.series[which];
    series.latencies.add(latency);
    series.failures += failed ? 1 : 0;
  }
}

template <class F>
void Recent::view(std::size_t page, Micros now, F see) const {
  ensure(page <= pages_, "no such page in the last minute");
  const std::int64_t period = period_of(now);
  for (const Bucket& bucket : buckets_) {
    const bool used = bucket.period >= 0;
    const bool young = bucket.period > period - static_cast<std::int64_t>(kBuckets);
    if (used && young) see(bucket.series[page]);
  }
}

Micros Recent::percentile(std::size_t page, Micros now, std::int64_t ppm) const {
  Histogram all;
  view(page, now, [&](const Series& series) { all.merge(series.latencies); });
  return all.percentile(ppm);
}

std::int64_t Recent::replies(std::size_t page, Micros now) const {
  std::int64_t sum = 0;
  view(page, now, [&](const Series& series) { sum += series.latencies.count(); });
  return sum;
}

std::int64_t Recent::failures(std::size_t page, Micros now) const {
  std::int64_t sum = 0;
  view(page, now, [&](const Series& series) { sum += series.failures; });
  return sum;
}

std::int64_t Recent::errors_ppm(std::size_t page, Micros now) const {
  const std::int64_t all = replies(page, now);
  return all == 0 ? 0 : failures(page, now) * kWhole / all;
}

std::int64_t Recent::rate_per_second_micro(std::size_t page, Micros now) const {
  const std::int64_t first = period_of(now) - static_cast<std::int64_t>(kBuckets) + 1;
  const std::int64_t in_view_ms = (now.us - std::max<std::int64_t>(first, 0) * kPeriod) / 1'000;
  return in_view_ms == 0 ? 0 : replies(page, now) * kWhole * 1'000 / in_view_ms;
}

}  // namespace pindah
