// How much the way back costs, and how long it takes: pindah_flight_bench SCENARIO.
#include <fmt/format.h>

#include <chrono>

#include "flight/flight.h"

using namespace pindah;

namespace {

double seconds_of(const std::function<void()>& work) {
  const auto before = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count();
}

double fly(const ScenarioAndWorld& input, Micros keyframe_every, Micros until,
           std::unique_ptr<Flight>& flight) {
  flight = std::make_unique<Flight>(input, prepare(input, 2),
                                    FlightOptions{2, 2LL << 30, keyframe_every});
  return seconds_of([&] {
    while (flight->now() < std::min(until, flight->end()))
      flight->run_until(flight->now() + seconds(5));
  });
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  Problems problems;
  const auto input = read_scenario(argv[1], {}, problems);
  if (!input) {
    fmt::print(stderr, "{}", problems.text());
    return 2;
  }
  const Micros until = input->scenario.length + minutes(70);
  std::unique_ptr<Flight> flight;
  const double without = fly(*input, hours(1000), until, flight);
  fmt::print("without keyframes  {:.2f} s\n", without);
  const double with = fly(*input, FlightOptions{}.keyframe_every, until, flight);
  fmt::print("with keyframes     {:.2f} s, ratio {:.3f}, {} of them, {:.0f} MiB\n", with,
             with / without, flight->keyframes().size(),
             static_cast<double>(flight->keyframe_bytes()) / (1 << 20));
  fmt::print("comparing so far   {:.3f} s\n", seconds_of([&] { (void)flight->result(); }));
  for (const Micros at : {until - hours(1), minutes(37), minutes(36), minutes(20)}) {
    fmt::print("back to {}   {:.2f} s\n", clock_text(at), seconds_of([&] { flight->rewind(at); }));
    flight->run_until(at + minutes(8));
  }
}
