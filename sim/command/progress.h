// The bar on a terminal while a rehearsal runs. The only place that looks at a wall clock: what it
// shows never comes back into a run.
#pragma once

#include <chrono>
#include <string>

#include "base/time.h"

namespace pindah {

class Progress {
 public:
  // Shows nothing unless `visible`. `label`: what is being run, safe for a terminal.
  Progress(bool visible, std::string label);
  ~Progress();  // wipes the bar
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // The virtual instant reached, and the end. Called by one thread at a time.
  void show(Micros at, Micros end);

 private:
  using Clock = std::chrono::steady_clock;
  bool visible_;
  bool drawn_ = false;
  std::string label_;
  Clock::time_point started_ = Clock::now();
  Clock::time_point last_;
};

// The line that is drawn: bar, share, virtual clock, speed, time left. `elapsed_us` is real time.
std::string progress_line(Micros at, Micros end, Micros elapsed, const std::string& label,
                          std::size_t width);

}  // namespace pindah
