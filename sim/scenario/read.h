// Reads a scenario file strictly: every mistake at once, with line, column and a suggestion.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "scenario/scenario.h"

namespace pindah {

struct Overrides {
  std::optional<std::uint64_t> seed;
  std::optional<Micros> length;  // --until: arrivals stop then, if that is sooner
  std::vector<std::pair<std::string, std::string>>
      set;  // --set a.b=c; list items by number: plan.3.drain=false
};

struct ScenarioAndWorld {
  Scenario scenario;
  World world;
};

// Finds the world beside the scenario (`world: NAME` is ../data/NAME, data/NAME or a relative
// folder, looked for upwards from the scenario's own folder) and loads it.
std::optional<ScenarioAndWorld> read_scenario(const std::string& file, const Overrides& overrides,
                                              Problems& problems);

}  // namespace pindah
