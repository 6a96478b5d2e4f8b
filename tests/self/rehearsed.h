// Rehearsals for the tests of Pindah itself: a scenario of tests/scenarios with a seed and changes.
#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "rehearsal/rehearsal.h"

namespace pindah::test {

using Sets = std::vector<std::pair<std::string, std::string>>;

// A rehearsal with what it was made of.
struct Rehearsed {
  ScenarioAndWorld input;
  RehearsalResult result;
  std::string label;  // scenario and seed: for messages
};

ScenarioAndWorld read_test_scenario(const std::string& name, std::uint64_t seed, Sets sets = {});
Rehearsed rehearse_test(const std::string& name, std::uint64_t seed, Sets sets = {},
                        int threads = 2);

// Nobody noticed, nobody was harmed, nothing is anomalous in either life. Spillover is the
// caller's.
void check_nobody_noticed(const Rehearsed& run);

// How many anomalies of that name the rehearsed life had.
std::int64_t count_cases(const Rehearsed& run, const std::string& anomaly);

}  // namespace pindah::test
