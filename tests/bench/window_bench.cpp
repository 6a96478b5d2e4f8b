// What the open window costs the simulation: pindah_window_bench SCENARIO [ROUNDS], on a display or
// under xvfb-run. The same rehearsal without and with it, in alternation, from the populated world
// to the verdict; keyframes, comparing and drawing are all in the second.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <thread>

#include "gui/host/desktop.h"
#include "gui/host/show.h"
#include "rehearsal/rehearsal.h"

using namespace pindah;
using namespace pindah::gui;

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point before) {
  return std::chrono::duration<double>(Clock::now() - before).count();
}

double alone(const ScenarioAndWorld& input) {
  Ground ground = lay_ground(input, 2);
  const auto before = Clock::now();
  (void)rehearse(input, {}, ground);
  return seconds_since(before);
}

double watched(const ScenarioAndWorld& input) {
  auto show = show_flight(input, {});
  Show& shown = *show;
  App app(std::move(show), {});
  std::atomic<bool> stop{false};
  double took = 0;
  std::thread watch([&] {
    while (shown.deck()->loading >= 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    const auto before = Clock::now();
    while (!shown.deck()->over) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    took = seconds_since(before);
    stop = true;
  });
  run_on_desktop(app, "Pindah", 1280, 720, 0, stop);
  watch.join();
  return took;
}

double median(std::vector<double> all) {
  std::sort(all.begin(), all.end());
  return all[all.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  Problems problems;
  const auto input = read_scenario(argv[1], {}, problems);
  if (!input) {
    fmt::print(stderr, "{}", problems.text());
    return 2;
  }
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
  std::vector<double> ratios;
  for (int i = 0; i < rounds; ++i) {
    const double without = alone(*input), with = watched(*input);
    ratios.push_back(with / without);
    fmt::print("without {:.2f} s, with the window {:.2f} s, ratio {:.3f}\n", without, with,
               ratios.back());
    std::fflush(stdout);
  }
  fmt::print("the open window: ratio {:.3f}, the median of {}\n", median(ratios), rounds);
}
