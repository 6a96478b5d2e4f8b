// Where a scenario's world is, and the scenario that it extends.
#pragma once

#include <optional>
#include <string>

#include "base/problem.h"

namespace pindah {

// `name` is a folder with a world.yaml, below the scenario's own folder or one above it (at most
// eight up), or below a folder `data` there. Absolute paths, `..` and links that lead elsewhere are
// mistakes: a scenario may come from a stranger. The result is absolute.
std::optional<std::string> find_world(const std::string& name, const Place& place,
                                      const std::string& scenario_file, Problems& problems);

// `name` is a file below the scenario's own folder or one above it, found in the same way (not in
// folders `data`). A scenario does not extend itself.
std::optional<std::string> find_extended(const std::string& name, const Place& place,
                                         const std::string& scenario_file, Problems& problems);

}  // namespace pindah
