// Which entry of a text an edit means.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "edit/apply.h"
#include "edit/splice.h"

namespace pindah {

// How far a path leads: the entries it goes by, and how many of its last keys are not there.
struct Resolved {
  EntryPath entries;
  std::size_t absent = 0;
};

// Reports what is not there and cannot be made: a name, a number, a key of a value.
std::optional<Resolved> resolve(const Edit& edit, const EditPath& path, const Layout& root,
                                const NamesOf& names, Problems& problems);

// The byte of an edit's text where a step of its path begins.
std::size_t place_of_step(const Edit& edit, std::size_t step);

}  // namespace pindah
