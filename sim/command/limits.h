// What a run may take of the machine: `--memory`, `--time-limit`.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "base/problem.h"

namespace pindah {

// As written on the command line; empty: not said.
struct LimitFlags {
  std::string memory, time;
};

void add_limit_flags(CLI::App& command, LimitFlags& flags);
// From now on they hold. A mistake is told with the flag as its place.
void set_limits(const LimitFlags& flags, Problems& problems);

// What a person is told, and can do, when there was no memory. `file`: the scenario; may be empty.
Problem no_memory(const std::string& file);

}  // namespace pindah
