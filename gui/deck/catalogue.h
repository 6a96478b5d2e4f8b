// The scenarios and run files that there are to open.
#pragma once

#include <string>
#include <vector>

namespace pindah::gui {

struct Entry {
  std::string file;
  std::string title, line;      // its title, and the first sentence of what its comment says
  std::string verdict, answer;  // of the latest run file of it; empty: none is there
};

// Scenarios below `scenarios` of the folder, and in the folder itself; then run files in either
// that no scenario names. Sorted by file. Files that cannot be read are left out.
std::vector<Entry> catalogue(const std::string& folder);

}  // namespace pindah::gui
