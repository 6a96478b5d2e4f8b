// Reads a world from its folder and checks all of it: YAML, schemas, every statement on its
// platform.
#pragma once

#include <optional>
#include <string>

#include "world/world.h"

namespace pindah {

// Every mistake goes into `problems`, each with its place; nothing then is returned. Files outside
// the folder are not read. Database work is done on small scratch databases.
std::optional<World> load_world(const std::string& folder, Problems& problems);

}  // namespace pindah
