// The rows of steps and surprises as text: for the manual, for `explain` and for editors.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenario/vocabulary/field.h"

namespace pindah {

// "roots read at once; 1 to 100000, by default 500": of a field as these options have it.
std::string described(const Field& field, const void* usual);

// A step or a surprise by its word, in Markdown of at most 100 columns: what it does, what it needs
// before, and each of its options. Nothing: there is no such word.
std::optional<std::string> reference_of(const std::string& word);
// Every word that has a reference, steps first.
std::vector<std::string> reference_words();

// The part of docs/scenario.md that is made from the rows: all steps; all surprises.
std::string step_reference();
std::string surprise_reference();

}  // namespace pindah
