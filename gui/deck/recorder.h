// Turns what a flight has lived into curves, as it goes on.
#pragma once

#include <map>
#include <memory>

#include "base/histogram.h"
#include "flight/flight.h"
#include "gui/deck/tracks.h"

namespace pindah::gui {

class Recorder {
 public:
  // Both outlive it.
  Recorder(const World& world, const Flight& flight);
  // After the flight has gone on: what is new since the last time.
  void take();
  // After the flight was taken back: the curves until then go on. What they had become is the
  // branch, unless nothing has been added since the flight was taken back the last time.
  void taken_back();

  std::shared_ptr<const Tracks> tracks() const { return tracks_; }
  std::shared_ptr<const Tracks> branch() const { return branch_; }
  // Of a window, or as many as percentiles are taken over, that ends now; nothing: no page has been
  // answered in it. They are read off what was lived: going back, they are those of that instant.
  std::optional<double> p99_us(Life life) const;
  PerSide<double> pages_per_second() const;

 private:
  // What ended in a stretch of time, by its replies.
  struct Interval {
    std::int64_t number = 0;
    PerSide<std::int64_t> pages{};
    std::map<PageId, std::int64_t> failed;
  };
  // Calls `see` with the pages of shoppers that were answered after now() - by.
  template <class See>
  void of_late(Life life, Micros by, See see) const;
  void visits(Life life, Micros until);
  void close();
  void close_latency(std::int64_t at_us);
  void append(const std::string& name, std::int64_t at_us, double value);
  void dials();

  const World& world_;
  const Flight& flight_;
  Micros length_;  // of a window
  std::shared_ptr<Tracks> tracks_;
  std::shared_ptr<const Tracks> branch_;
  Interval window_;
  std::array<Histogram, 2> latency_;   // by Life; of several windows
  std::array<std::size_t, 2> read_{};  // visits of each life that are in a window
  std::map<PageId, bool> failing_;     // pages whose curve is not at zero
  Micros dials_read_;
  bool went_on_ = false;  // since the flight was taken back
};

}  // namespace pindah::gui
