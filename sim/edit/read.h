// Reads a scenario file strictly, with what it extends and with edits from outside: every mistake
// at once, with line, column and a suggestion.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "edit/edit.h"
#include "edit/sources.h"
#include "scenario/scenario.h"

namespace pindah {

struct Overrides {
  std::optional<std::uint64_t> seed;
  std::optional<Micros> length;  // --until: arrivals stop then, if that is sooner
  std::vector<Edit> edits;       // --set, in order
};

struct ScenarioAndWorld {
  Scenario scenario;
  World world;
  Sources sources;  // with the overrides in them
};

// Finds the world beside the scenario (`world: NAME` is ../data/NAME, data/NAME or a relative
// folder, looked for upwards from the folder of the file that names it) and loads it.
std::optional<ScenarioAndWorld> read_scenario(const std::string& file, const Overrides& overrides,
                                              Problems& problems);

// The texts of a scenario's files, without its world.
std::optional<Sources> load_sources(const std::string& file, Problems& problems);

// What the reader makes of sources whose world is loaded; its effective text is written.
std::optional<Scenario> read_sources(const Sources& sources, const World& world,
                                     Problems& problems);

// The text under which the scenario is saved as `path`: its own file's, comments and all, or, where
// that would not be found to extend what it does, the scenario in full.
std::string text_to_save(const Sources& sources, const Scenario& scenario, const std::string& path);

// `check` asks for a `name:` where steps of the plan have only numbers to tell them apart: they
// would change their names when one of them goes.
std::vector<Problem> steps_to_name(const ScenarioAndWorld& input);

}  // namespace pindah
