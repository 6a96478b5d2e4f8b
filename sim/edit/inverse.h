// Edits that may undo another one, the most readable first.
#pragma once

#include <string>
#include <vector>

#include "edit/apply.h"

namespace pindah {

// `before`: the text, with its layout, that `edit` was applied to. The last of them sets all of the
// text, and so undoes anything.
std::vector<Edit> possible_inverses(const Edit& edit, const NamesOf& names,
                                    const std::string& before, const Layout& root);

}  // namespace pindah
