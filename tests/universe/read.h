// A scenario of tests/scenarios, or any other, with all that its universes read.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "edit/read.h"
#include "universe/universe.h"

namespace pindah::test {

// Does not move: inputs() refers into it.
class Reading {
 public:
  // Throws std::runtime_error with every mistake of the scenario.
  Reading(const std::string& file, const Overrides& overrides)
      : input_(read(file, overrides)),
        constants_(constants_of(world(), scenario().scale, scenario().settings)),
        populated_(populate(world(), constants_, scenario().seed, scenario().starts_us, 1)),
        pools_(read_pools(world(), populated_)),
        intents_(draw_intents(world(), scenario(), pools_)) {}
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

  const World& world() const { return input_.world; }
  const Scenario& scenario() const { return input_.scenario; }
  const Constants& constants() const { return constants_; }
  const Populated& populated() const { return populated_; }
  const std::vector<Intent>& intents() const { return intents_; }
  LifeInputs inputs() const {
    return {world(), scenario(), constants_, populated_, pools_, intents_};
  }

 private:
  static ScenarioAndWorld read(const std::string& file, const Overrides& overrides) {
    Problems problems;
    auto input = read_scenario(file, overrides, problems);
    if (!input) throw std::runtime_error(problems.text());
    return std::move(*input);
  }
  ScenarioAndWorld input_;
  Constants constants_;
  Populated populated_;
  Pools pools_;
  std::vector<Intent> intents_;
};

}  // namespace pindah::test
