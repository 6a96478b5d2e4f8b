// What the open window costs the simulation: pindah_window_bench SCENARIO [ROUNDS], on a display or
// under xvfb-run. The same rehearsal from the populated world to the verdict, in alternation: run
// as `pindah run` does it; flown with its keyframes and comparisons while nobody looks; and in an
// open window.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <thread>
#include <vector>

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
  const SharedSetup setup = prepare(input, 2);
  std::optional<Record> control;
  const auto before = Clock::now();
  (void)rehearse(input, {}, setup, control);
  return seconds_since(before);
}

// From the populated world until it is over, while `meanwhile` goes on in this thread.
double flown(const ScenarioAndWorld& input,
             const std::function<void(App&, const std::atomic<bool>&)>& meanwhile) {
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
  meanwhile(app, stop);
  watch.join();
  return took;
}

double unwatched(const ScenarioAndWorld& input) {
  return flown(input, [](App&, const std::atomic<bool>&) {});
}
double watched(const ScenarioAndWorld& input) {
  return flown(input, [](App& app, const std::atomic<bool>& stop) {
    run_on_desktop(app, "Pindah", 1280, 720, 0, stop);
  });
}

double median(std::vector<double> all) {
  std::sort(all.begin(), all.end());
  return all[all.size() / 2];
}

// In a process of its own: what one leaves of the heap is not the next one's.
double in_own_process(const std::string& self, const std::string& scenario, const char* how) {
  const std::string command = fmt::format("'{}' '{}' {}", self, scenario, how);
  FILE* pipe = popen(command.c_str(), "r");
  double took = 0;
  if (pipe == nullptr || std::fscanf(pipe, "%lf", &took) != 1 || pclose(pipe) != 0) {
    fmt::print(stderr, "{} failed\n", command);
    std::exit(1);
  }
  return took;
}

double measured(const ScenarioAndWorld& input, const std::string& how) {
  if (how == "run") return alone(input);
  return how == "flown" ? unwatched(input) : watched(input);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const std::string how = argc > 2 ? argv[2] : "5";
  if (std::atoi(how.c_str()) == 0) {
    Problems problems;
    const auto input = read_scenario(argv[1], {}, problems);
    if (!input) {
      fmt::print(stderr, "{}", problems.text());
      return 2;
    }
    fmt::print("{:.3f}\n", measured(*input, how));
    return 0;
  }
  std::vector<double> flights, windows;
  for (int i = 0; i < std::atoi(how.c_str()); ++i) {
    const double run = in_own_process(argv[0], argv[1], "run");
    const double flown = in_own_process(argv[0], argv[1], "flown");
    const double window = in_own_process(argv[0], argv[1], "window");
    flights.push_back(flown / run);
    windows.push_back(window / run);
    fmt::print("run {:.2f} s, flown with nobody looking {:.2f} s, in the window {:.2f} s\n", run,
               flown, window);
    std::fflush(stdout);
  }
  fmt::print("medians of {}: flown {:.3f}, in the window {:.3f} of a run's time\n", flights.size(),
             median(flights), median(windows));
}
