#include "gui/plots/pyramid.h"

#include <algorithm>

namespace pindah::gui {

void Column::add(float low, float high) {
  least = empty ? low : std::min(least, low);
  most = empty ? high : std::max(most, high);
  empty = false;
}

struct Pyramid::Sight {
  std::int64_t from_us, until_us;
  std::int64_t short_us;  // a quarter of a column
  std::vector<Column> columns;

  // In which column an instant of the sight lies.
  std::size_t column(std::int64_t at_us) const {
    const auto count = static_cast<std::int64_t>(columns.size());
    return static_cast<std::size_t>((at_us - from_us) * count / (until_us - from_us));
  }
};

constexpr std::size_t Pyramid::samples_of(std::size_t level) {
  std::size_t samples = kSamples;
  for (std::size_t i = 0; i < level; ++i) samples *= kFan;
  return samples;
}

bool Pyramid::append(const Sample& sample) {
  const std::size_t before = samples_.size();
  ensure(before == 0 || samples_[before - 1].at_us <= sample.at_us, "a track goes back in time");
  if (!samples_.append(sample)) return false;
  for (std::size_t level = 0; level < kLevels; ++level) {
    if ((before + 1) % samples_of(level) != 0) break;
    fill(level);
  }
  return true;
}

// The next bucket of the level: what it stands for is complete.
void Pyramid::fill(std::size_t level) {
  Bucket bucket;
  if (level == 0) {
    const std::size_t end = samples_.size(), first = end - kSamples;
    bucket = {samples_[first].at_us, samples_[end - 1].at_us, samples_[first].value,
              samples_[first].value};
    for (std::size_t i = first; i < end; ++i) {
      bucket.least = std::min(bucket.least, samples_[i].value);
      bucket.most = std::max(bucket.most, samples_[i].value);
    }
  } else {
    const AppendLog<Bucket>& below = levels_[level - 1];
    const std::size_t end = below.size(), first = end - kFan;
    bucket = {below[first].first_us, below[end - 1].last_us, below[first].least, below[first].most};
    for (std::size_t i = first; i < end; ++i) {
      bucket.least = std::min(bucket.least, below[i].least);
      bucket.most = std::max(bucket.most, below[i].most);
    }
  }
  levels_[level].append(bucket);
}

void Pyramid::draw_samples(Sight& sight, std::size_t first, std::size_t end) const {
  for (std::size_t i = first; i < end; ++i) {
    const Sample& sample = samples_[i];
    if (sample.at_us < sight.from_us || sample.at_us >= sight.until_us) continue;
    sight.columns[sight.column(sample.at_us)].add(sample.value, sample.value);
  }
}

// A bucket that is short beside a column is one look; another is opened.
void Pyramid::draw(Sight& sight, std::size_t level, std::size_t number) const {
  const Bucket& bucket = levels_[level][number];
  if (bucket.last_us < sight.from_us || bucket.first_us >= sight.until_us) return;
  const bool within = bucket.first_us >= sight.from_us && bucket.last_us < sight.until_us;
  if (within && bucket.last_us - bucket.first_us <= sight.short_us)
    return sight.columns[sight.column(bucket.first_us)].add(bucket.least, bucket.most);
  if (level == 0) return draw_samples(sight, number * kSamples, (number + 1) * kSamples);
  for (std::size_t i = number * kFan; i < (number + 1) * kFan; ++i) draw(sight, level - 1, i);
}

std::vector<Column> Pyramid::columns(std::int64_t from_us, std::int64_t until_us,
                                     int columns) const {
  ensure(from_us < until_us && columns > 0, "a plot of no time");
  Sight sight{from_us, until_us, (until_us - from_us) / columns / 4,
              std::vector<Column>(static_cast<std::size_t>(columns))};
  // From the highest level down: what it holds, then what has come since.
  const std::size_t size = samples_.size();
  std::size_t done = 0;
  for (std::size_t level = kLevels; level-- > 0;) {
    const std::size_t each = samples_of(level);
    // A bucket may be published a little later than its samples, but never earlier.
    for (const std::size_t whole = levels_[level].size(); done / each < whole; done += each)
      draw(sight, level, done / each);
  }
  draw_samples(sight, done, size);
  return std::move(sight.columns);
}

std::size_t Pyramid::first_at(std::int64_t instant_us) const {
  std::size_t low = 0, high = samples_.size();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (samples_[middle].at_us < instant_us)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

const Sample* Pyramid::at(std::int64_t instant_us) const {
  const std::size_t first = first_at(instant_us);
  return first == 0 ? nullptr : &samples_[first - 1];
}

}  // namespace pindah::gui
