// How fast a life runs, and how much of that is SQLite's own work. A program, not a test:
//   pindah_bench [SCENARIO [LENGTH-IN-MINUTES]]
//
// How to read it. Seconds differ from machine to machine and from hour to hour; ratios within one
// table much less. Every line is the median of repetitions that take turns, so that what disturbs
// the machine disturbs all of them.
//   one life, nobody looks    the control universe alone: no plan, no surprises, no oracle
//   one life, with its oracle the same, watched as in a rehearsal
//   two lives, two threads    control and rehearsed, each with its oracle; pages of both, from the
//                             start to the end of the slower one (the plan's work is in it)
//   bare loop                 the statements of that one life, BEGIN and COMMIT included, with the
//                             same values on the same databases, in one plain loop
//   bare loop with capture    the same with the hook that takes changed rows down
// `of it SQLite` is bare loop / one life: the share of a life's time that no engine could save.
// With capture it is what the engine could reach without giving up that it sees every change.
// The bare loop is right only if it ends with the same database contents: the table says so.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <stdexcept>
#include <thread>

#include "base/event_queue.h"
#include "base/histogram.h"
#include "oracle/oracle.h"
#include "tests/bench/bare.h"

using namespace pindah;
using namespace pindah::test;

namespace {

constexpr int kRepetitions = 3;

struct Timed {
  double seconds = 0;
  std::int64_t pages = 0;
  std::uint64_t statements = 0;
};

double seconds_of(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

Timed median(std::vector<Timed> runs) {
  std::sort(runs.begin(), runs.end(),
            [](const Timed& a, const Timed& b) { return a.seconds < b.seconds; });
  return runs[runs.size() / 2];
}

struct Counting : Observer {
  std::int64_t pages = 0;
  void page(const PageSeen&) override { ++pages; }
};
struct CountingOracle : Oracle {
  using Oracle::Oracle;
  std::int64_t pages = 0;
  void page(const PageSeen& seen) override {
    ++pages;
    Oracle::page(seen);
  }
};

Timed unwatched(const Reading& reading) {
  Counting counting;
  Universe universe(reading.inputs(), Life::control, counting);
  Timed timed;
  timed.seconds = seconds_of([&] { universe.run_until(universe.end()); });
  timed.pages = counting.pages;
  timed.statements = universe.statements();
  return timed;
}

// A life with its oracle, ready to run.
struct Watched {
  Watched(const Reading& reading, Life life)
      : inputs(reading.inputs()), oracle(inputs), universe(inputs, life, oracle) {
    oracle.watch({&universe.database(Side::source), &universe.database(Side::target)});
  }
  void run() { universe.run_until(universe.end()); }
  LifeInputs inputs;
  CountingOracle oracle;
  Universe universe;
};

Timed watched(const Reading& reading) {
  Watched life(reading, Life::control);
  const double seconds = seconds_of([&] { life.run(); });
  return {seconds, life.oracle.pages, life.universe.statements()};
}

Timed two_threads(const Reading& reading) {
  Watched control(reading, Life::control), rehearsed(reading, Life::rehearsed);
  const double seconds = seconds_of([&] {
    std::thread other([&] { control.run(); });
    rehearsed.run();
    other.join();
  });
  return {seconds, control.oracle.pages + rehearsed.oracle.pages,
          control.universe.statements() + rehearsed.universe.statements()};
}

// What the bare loop must run and what it must leave behind.
struct Recorded {
  explicit Recorded(const Reading& reading) : log(reading) {
    Counting counting;
    Universe universe(reading.inputs(), Life::control, counting);
    universe.set_tap(&log);
    universe.run_until(universe.end());
    pages = counting.pages;
    for (const Side side : {Side::source, Side::target})
      contents[index(side)] =
          contents_of(universe.database(side), reading.world().platforms[index(side)]);
  }
  CallLog log;
  std::int64_t pages = 0;
  PerSide<std::uint64_t> contents{};
};

Timed bare(const Reading& reading, const Recorded& recorded, bool capture) {
  const Replayed replayed = replay(reading, recorded.log, capture);
  if (replayed.unlike != 0 || replayed.contents != recorded.contents)
    throw std::runtime_error("the bare loop did not do what the life did");
  return {replayed.seconds, recorded.pages, replayed.statements};
}

void line(const char* name, const Timed& timed, const Timed& bare_loop, const Timed& captured) {
  const double pages = static_cast<double>(timed.pages) / timed.seconds;
  const double statements = static_cast<double>(timed.statements) / timed.seconds;
  fmt::print("{:<27}{:>9.3f}{:>12.0f}{:>15.0f}{:>14.2f}{:>14.2f}\n", name, timed.seconds, pages,
             statements, bare_loop.seconds / timed.seconds, captured.seconds / timed.seconds);
}

void measure_lives(const Reading& reading) {
  const Recorded recorded(reading);
  std::vector<Timed> runs[5];
  for (int i = 0; i < kRepetitions; ++i) {
    runs[0].push_back(unwatched(reading));
    runs[1].push_back(bare(reading, recorded, false));
    runs[2].push_back(watched(reading));
    runs[3].push_back(bare(reading, recorded, true));
    runs[4].push_back(two_threads(reading));
  }
  const Timed loop = median(runs[1]), captured = median(runs[3]);
  fmt::print("{} calls in {} pages; the bare loop ends with equal databases\n\n",
             recorded.log.entries().size(), recorded.pages);
  fmt::print("{:<27}{:>9}{:>12}{:>15}{:>14}{:>14}\n", "", "seconds", "pages/s", "statements/s",
             "of it SQLite", "with capture");
  line("one life, nobody looks", median(runs[0]), loop, captured);
  line("one life, with its oracle", median(runs[2]), loop, captured);
  line("bare loop", loop, loop, captured);
  line("bare loop with capture", captured, loop, captured);
  const Timed two = median(runs[4]), one = median(runs[2]);
  fmt::print("{:<27}{:>9.3f}{:>12.0f}{:>15.0f}   {:.2f} times the pages of one life a second\n",
             "two lives, two threads", two.seconds, static_cast<double>(two.pages) / two.seconds,
             static_cast<double>(two.statements) / two.seconds,
             static_cast<double>(two.pages) / two.seconds /
                 (static_cast<double>(one.pages) / one.seconds));
}

void per_operation(const char* name, std::int64_t times, const std::function<void()>& work) {
  std::vector<Timed> runs;
  for (int i = 0; i < kRepetitions; ++i) runs.push_back({seconds_of(work), 0, 0});
  fmt::print("{:<27}{:>9.1f} ns\n", name, median(runs).seconds * 1e9 / static_cast<double>(times));
}

void measure_parts() {
  constexpr std::int64_t kTimes = 1'000'000;
  constexpr std::int64_t kDepth = 10'000;
  const Draws draws(1);
  std::uint64_t sink = 0;
  fmt::print("\n");
  per_operation("a keyed draw", kTimes, [&] {
    for (std::uint64_t i = 0; i < kTimes; ++i) sink ^= draws.bits(Domain::sql, i, 0, 1);
  });
  per_operation("an event in and out", kTimes, [&] {
    EventQueue queue;
    const auto later = [&](std::uint64_t i, Micros now) {
      queue.push(
          {now + Micros{static_cast<std::int64_t>(draws.below(10'000'000, Domain::sql, i, 0, 2))},
           EventClass::edge, i, 0, 0, 0, 0});
    };
    for (std::uint64_t i = 0; i < kDepth; ++i) later(i, {});
    for (std::uint64_t i = 0; i < kTimes; ++i) later(i, queue.pop().time);
  });
  Histogram histogram;
  per_operation("a sample in a histogram", kTimes, [&] {
    for (std::int64_t i = 0; i < kTimes; ++i) histogram.add({i * 7 % 5'000'000});
  });
  if (sink == 0) fmt::print("\n");  // else the draws would be left out
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const std::string file = argc > 1 ? argv[1] : "scenarios/payments-then-orders.yaml";
    Overrides overrides;
    if (argc <= 2 || std::stoi(argv[2]) > 0)
      overrides.length = minutes(argc > 2 ? std::stoi(argv[2]) : 30);
    configure_sqlite();
    const Reading reading(file, overrides);
    fmt::print("{}, {} of arrivals, {} sessions\n", file, duration_text(reading.scenario().length),
               reading.intents().size());
    measure_lives(reading);
    measure_parts();
    return 0;
  } catch (const std::exception& failure) {
    fmt::print(stderr, "{}\n", failure.what());
    return 1;
  }
}
