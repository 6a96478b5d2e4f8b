// One track of a plot: samples in order of time, and over them a pyramid of smallest and largest
// values, so that a million samples are drawn from a few hundred looks. One thread appends, another
// draws.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "gui/plots/append_log.h"

namespace pindah::gui {

struct Sample {
  std::int64_t at_us = 0;
  float value = 0;
};

// What a column of pixels shows: the range of the samples in it. Empty: there are none.
struct Column {
  float least = 0, most = 0;
  bool empty = true;
  void add(float low, float high);
};

class Pyramid {
 public:
  // Not earlier than the sample before. False: the track is full.
  bool append(const Sample& sample);
  std::size_t size() const { return samples_.size(); }
  const Sample& operator[](std::size_t number) const { return samples_[number]; }

  // The time from `from_us` until before `until_us` in `columns` equal columns. Takes a time that
  // goes with the columns, not with the samples: each sample lies in its own column, or in the one
  // before if it is in the first quarter of its own.
  std::vector<Column> columns(std::int64_t from_us, std::int64_t until_us, int columns) const;
  // The last sample before the instant, or none.
  const Sample* at(std::int64_t instant_us) const;

 private:
  static constexpr std::size_t kSamples = 16;  // in a bucket of the lowest level
  static constexpr std::size_t kFan = 4;       // buckets in one of the next level
  static constexpr std::size_t kLevels = 9;    // 16 × 4^8: a million samples in the highest
  struct Bucket {
    std::int64_t first_us = 0, last_us = 0;
    float least = 0, most = 0;
  };
  struct Sight;  // of one drawing
  static constexpr std::size_t samples_of(std::size_t level);
  void fill(std::size_t level);
  void draw(Sight& sight, std::size_t level, std::size_t bucket) const;
  void draw_samples(Sight& sight, std::size_t first, std::size_t end) const;
  std::size_t first_at(std::int64_t instant_us) const;

  AppendLog<Sample> samples_;
  std::array<AppendLog<Bucket>, kLevels> levels_;
};

}  // namespace pindah::gui
