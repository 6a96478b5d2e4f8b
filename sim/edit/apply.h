// Edits on the text of a scenario.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/origins.h"
#include "edit/edit.h"
#include "edit/layout.h"

namespace pindah {

// A text and where its parts came from. No byte order mark.
struct SourceText {
  std::string text;
  Origins origins;
};

// What an entry of a list is called. Two that are called the same, but for a number that the
// reader gave them by their order, share their name: an edit refuses it.
struct EntryName {
  std::string name;  // empty: it has none
  bool shared = false;
};
// The names of a list of the scenario, of as many entries; empty where they have none. `key`: the
// list's own key.
using NamesOf = std::function<std::vector<EntryName>(const std::string& key, const Layout& list)>;

// Applies an edit, and gives its inverse: an edit that, applied next, gives back the same bytes.
// Nothing after a problem; the text is then as it was. What the scenario's reader will say of the
// edited text is not asked.
std::optional<Edit> apply_edit(const Edit& edit, const NamesOf& names, SourceText& source,
                               Problems& problems);

}  // namespace pindah
