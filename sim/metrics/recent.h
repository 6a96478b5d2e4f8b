// What an operator's dashboard knows of the last minute: replies, failures and latency of each
// page, and of all pages together (`edge`).
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/histogram.h"
#include "base/time.h"

namespace pindah {

// Six buckets of ten seconds of virtual time; the youngest is still filling, so that between 50
// and 60 seconds are in view. `now` never goes back. Not thread-safe: one universe owns one.
class Recent {
 public:
  // Pages have the indexes [0, pages); `edge()` is the index beyond them.
  explicit Recent(std::size_t pages);
  std::size_t edge() const { return pages_; }

  // One reply of a page, counted for the page and for `edge`. Latency from the intended start.
  void record(std::size_t page, Micros now, Micros latency, bool failed);

  // Of a page, or of edge(). Without replies: 0. Histogram's precision: below 1 %.
  Micros p50(std::size_t page, Micros now) const { return percentile(page, now, 500'000); }
  Micros p99(std::size_t page, Micros now) const { return percentile(page, now, 990'000); }
  std::int64_t replies(std::size_t page, Micros now) const;
  std::int64_t failures(std::size_t page, Micros now) const;
  // Share of replies that failed, ppm.
  std::int64_t errors_ppm(std::size_t page, Micros now) const;
  // Replies a second of the time in view, in millionths; 0 at the very start.
  std::int64_t rate_per_second_micro(std::size_t page, Micros now) const;

  // A snapshot is read into a Recent of the same number of pages.
  template <class A>
  void archive(A& a) {
    a(pages_, buckets_);
  }

 private:
  static constexpr std::size_t kBuckets = 6;

  struct Series {
    std::int64_t failures = 0;
    Histogram latencies;
    template <class A>
    void archive(A& a) {
      a(failures, latencies);
    }
  };
  struct Bucket {
    std::int64_t period = -1;    // which ten seconds since the start; -1: never used
    std::vector<Series> series;  // by page, then edge
    template <class A>
    void archive(A& a) {
      a(period, series);
    }
  };

  Micros percentile(std::size_t page, Micros now, std::int64_t ppm) const;
  // Calls see(series) for each bucket in view at `now`.
  template <class F>
  void view(std::size_t page, Micros now, F see) const;

  std::size_t pages_;
  std::array<Bucket, kBuckets> buckets_;
};

}  // namespace pindah
