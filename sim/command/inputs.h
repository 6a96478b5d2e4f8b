// The flags that change what is rehearsed, shared by `run`, `check` and `explain`.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/problem.h"
#include "edit/read.h"

namespace pindah {

// As written on the command line.
struct InputFlags {
  std::vector<std::string> files;
  std::string seed, until;
  std::vector<std::string> set;
};

void add_input_flags(CLI::App& command, InputFlags& flags);

// What they mean. Mistakes are told with the flag as their place.
Overrides overrides_of(const InputFlags& flags, Problems& problems);

// An instant of virtual time: "00:41" or "00:41:12.5" (hours first), or a duration, "41m".
std::optional<Micros> instant_of(const std::string& text);

// What `--until` and `--set` said, as a part of a command: " --until 20m --set seed=3".
std::string flags_text(const InputFlags& flags);

// What is dangerous about a plan that is rehearsed all the same: a line each, "warning: …".
std::string warnings_text(const ScenarioAndWorld& input);

// "A..B" as the seeds from A to B, at most 10,000 of them; a mistake gives none.
std::vector<std::uint64_t> seeds_of(const std::string& text, Problems& problems);

}  // namespace pindah
