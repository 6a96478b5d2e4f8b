// Where the lines of a grid stand, and what is written at them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace pindah::gui {

// What a plot's numbers are.
enum class Quantity : std::uint8_t { per_second, micros, count };

// Round numbers (1, 2 or 5 times a power of ten) from 0 to at least `most`, at most `count` of
// them besides 0. `most` is above 0.
std::vector<double> round_ticks(double most, int count);
// Round instants (of clock and calendar) from `from_us` to `until_us`, at most `count`.
std::vector<std::int64_t> time_ticks(std::int64_t from_us, std::int64_t until_us, int count);
// "1.2s", "350", "12/s": short, for an axis or a line's end.
std::string quantity_text(Quantity quantity, double value);
// An instant at an axis whose ticks are so far apart: "00:41", "00:41:12", "d 28".
std::string tick_text(std::int64_t at_us, std::int64_t apart_us);

// The timeline's scale: time until `knee_us` takes most of the width, the rest (the settling, when
// nobody arrives any more) what is left.
class Scale {
 public:
  Scale(std::int64_t knee_us, std::int64_t end_us) : knee_us_(knee_us), end_us_(end_us) {}
  double at(std::int64_t instant_us) const;  // 0 to 1
  std::int64_t instant(double share) const;  // of what is clicked
  static constexpr double kBeforeKnee = 0.9;

 private:
  std::int64_t knee_us_, end_us_;
};

}  // namespace pindah::gui
