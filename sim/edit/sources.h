// The texts that a scenario is made of: its own file's, and that of the file it extends.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "edit/apply.h"
#include "edit/edit.h"
#include "world/world.h"

namespace pindah {

struct Sources {
  std::string file;  // of the scenario; mistakes name it
  SourceText own;
  std::string base_file;  // what it extends; empty: nothing
  std::string base;       // the text of that

  bool extends() const { return !base_file.empty(); }
};

// Where the scenario's own file says what makes a line of the budget hold that stands elsewhere:
// its `extends:`, or an item of `use:`; by the line's name.
using SaidAt = std::map<std::string, Place>;

// One text for the scenario's reader: what is extended, with `edits:` applied, then what the file
// itself says (maps merge, lists and values replace), with the lines of `use:` in the budget. A
// file that has none of this is its own text. Nothing after a problem.
std::optional<SourceText> compose(const Sources& sources, const World& world, SaidAt& said,
                                  Problems& problems);

// Applies an edit to the scenario's own file, and gives its inverse. What the file does not say
// itself is said there: as a key where maps lead to it, otherwise as one of its `edits:`. Nothing
// after a problem.
std::optional<Edit> apply_edit(const Edit& edit, const World& world, Sources& sources,
                               Problems& problems);

}  // namespace pindah
