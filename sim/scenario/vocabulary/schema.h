// JSON Schemas (draft-07) of steps and surprises, as their rows say.
#pragma once

#include <nlohmann/json.hpp>

namespace pindah {

// Definitions `step` and `surprise`, and one of each kind: `step-copy`, `surprise-slow`. They refer
// to the definitions duration, share, rows, condition, text and names.
nlohmann::ordered_json vocabulary_schema();

}  // namespace pindah
