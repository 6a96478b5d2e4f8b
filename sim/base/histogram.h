// Latency counts in log-linear buckets (128 a power of two: below 1 % error), merged and
// subtracted.
#pragma once

#include <cstdint>
#include <vector>

#include "base/time.h"

namespace pindah {

class Histogram {
 public:
  void add(Micros sample, std::int64_t times = 1);
  void merge(const Histogram& other);
  std::int64_t count() const { return count_; }
  // The upper edge of the bucket that holds the given share (ppm) of samples, nearest rank; 0 if
  // empty.
  Micros percentile(std::int64_t ppm) const;
  void clear();
  template <class A>
  void archive(A& a) {
    a(count_, buckets_);
  }

 private:
  std::int64_t count_ = 0;
  std::vector<std::int64_t> buckets_;  // grows to the largest bucket used
};

}  // namespace pindah
