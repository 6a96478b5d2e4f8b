#include "base/histogram.h"

#include <bit>

#include "base/problem.h"

namespace pindah {
namespace {

constexpr int kBits = 7;  // 128 buckets a power of two
constexpr std::uint64_t kPerOctave = 1u << kBits;

// Below 256 each value has its own bucket; above, the eight leading bits choose it.
std::size_t bucket_of(std::uint64_t value) {
  if (value < kPerOctave) return value;
  const int shift = static_cast<int>(std::bit_width(value)) - 1 - kBits;
  return static_cast<std::uint64_t>(shift) * kPerOctave + (value >> shift);
}

std::int64_t upper_edge(std::size_t bucket) {
  if (bucket < 2 * kPerOctave) return static_cast<std::int64_t>(bucket);
  const std::uint64_t shift = bucket / kPerOctave - 1;
  const std::uint64_t leading = bucket % kPerOctave + kPerOctave;
  return static_cast<std::int64_t>(((leading + 1) << shift) - 1);
}

}  // namespace

void Histogram::add(Micros sample, std::int64_t times) {
  ensure(sample.us >= 0, "a negative sample in a histogram");
  const std::size_t bucket = bucket_of(static_cast<std::uint64_t>(sample.us));
  if (bucket >= buckets_.size()) buckets_.resize(bucket + 1);
  buckets_[bucket] += times;
  count_ += times;
  ensure(buckets_[bucket] >= 0, "more samples taken out of a histogram than put in");
}

void Histogram::merge(const Histogram& other) {
  if (other.buckets_.size() > buckets_.size()) buckets_.resize(other.buckets_.size());
  for (std::size_t i = 0; i < other.buckets_.size(); ++i) buckets_[i] += other.buckets_[i];
  count_ += other.count_;
}

Micros Histogram::percentile(std::int64_t ppm) const {
  if (count_ == 0) return {};
  std::int64_t left = (ppm * count_ + 999'999) / 1'000'000;
  if (left < 1) left = 1;
  for (std::size_t i = 0; i < buckets_.size(); ++i) {
    left -= buckets_[i];
    if (left <= 0) return {upper_edge(i)};
  }
  throw Defect("a histogram's count is not the sum of its buckets");
}

void Histogram::clear() {
  buckets_.clear();
  count_ = 0;
}

}  // namespace pindah
