// What run files of version 1 did not say of the plan, read off the scenario that they hold.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runfile/past.h"

namespace pindah {

// As scenarios write it: "cutover". Nothing: no such word.
std::optional<StepKind> step_kind_of(std::string_view word);

// `scenario`: the effective YAML, in which every step has its name. None where it cannot be read.
std::vector<PastStep> steps_of_version_1(const std::string& scenario);
// Gives each event of a step its kind, and the end of a renaming the new name.
void complete_version_1(const std::vector<PastStep>& steps, std::vector<PastEvent>& events);

}  // namespace pindah
