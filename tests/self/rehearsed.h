// Rehearsals for the tests of Pindah itself: a scenario of tests/scenarios with a seed and changes.
#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "rehearsal/rehearsal.h"
#include "tests/edit/sets.h"

namespace pindah::test {

// A rehearsal with what it was made of.
struct Rehearsed {
  ScenarioAndWorld input;
  RehearsalResult result;
  std::string label;  // scenario and seed: for messages
};

ScenarioAndWorld read_test_scenario(const std::string& name, std::uint64_t seed, Sets sets = {});
// Tests of one process share what several plans for one night have in common: its platforms are
// populated once, and its control life is lived once.
Rehearsed rehearse_test(const std::string& name, std::uint64_t seed, Sets sets = {});
// Shares nothing: both lives are lived on one thread, or on two.
Rehearsed rehearse_alone(const std::string& name, std::uint64_t seed, Sets sets, int threads);

// How many seeds (instants, variations) a sweep tries. Of `all` those are few under the sanitizers,
// which find nothing in the seventeenth that was not in the first two; ./test tries them all in its
// optimised build (PINDAH_SWEEP=all), and `./test long` ten times as many (PINDAH_SWEEP=long).
int sweep(int few, int all);

// Nobody noticed, nobody was harmed, nothing is anomalous in either life. Spillover is the
// caller's.
void check_nobody_noticed(const Rehearsed& run);

// How many anomalies of that name the rehearsed life had.
std::int64_t count_cases(const Rehearsed& run, const std::string& anomaly);

}  // namespace pindah::test
