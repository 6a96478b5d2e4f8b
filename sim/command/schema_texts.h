// JSON Schemas (draft-07) of the files that people write, as texts. They say what an editor can
// know without the world; `check` says the rest.
#pragma once

#include <string>
#include <string_view>

namespace pindah {

std::string scenario_schema();
// One schema for the files of a world: world.yaml, shoppers.yaml, promises.yaml, actors.yaml,
// compliance.yaml and budgets.yaml.
std::string_view world_schema();

}  // namespace pindah
