// Who a step of a plan or a surprise is: a number that follows from its name alone. Events, run
// states and budget lines hold it in place of a position, so that a step that joins or leaves a
// plan disturbs none of the others, and a state that was put away goes on under an edited plan.
#pragma once

#include <cstdint>
#include <string_view>

namespace pindah {

// XXH3 of the name, the same on every machine and in every version: snapshots hold it. Two names of
// one plan with one id are refused by the scenario's reader.
enum class StepId : std::uint64_t { none };
enum class SurpriseId : std::uint64_t { none };
StepId step_id(std::string_view name);
SurpriseId surprise_id(std::string_view name);

}  // namespace pindah
