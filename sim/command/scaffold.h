// What `new` writes: files that pass `check` and run, to be changed into one's own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "world/world.h"

namespace pindah {

struct ScaffoldFile {
  std::string_view path;  // below the world's folder
  std::string_view text;
};

// A world of two small shops with people, goods and orders; the orders can move.
std::vector<ScaffoldFile> scaffold_world();

// A scenario that copies, checks and cuts over each service that has moves in both directions, and
// has a limit for each anomaly of the world.
std::string scaffold_scenario(const std::string& title, const std::string& world_name,
                              const World& world);

}  // namespace pindah
