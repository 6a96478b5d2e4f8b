// The parts of a manual that are made from tables of the code: between two comments,
//   <!-- made: NAME (PINDAH_WRITE=1 in the tests writes it anew) -->
//   <!-- made: end -->
#pragma once

#include <string>
#include <vector>

namespace pindah::docs {

// A table of Markdown; what would end a cell is escaped.
std::string table(const std::vector<std::string>& head,
                  const std::vector<std::vector<std::string>>& rows);

// Checks (of Catch) that `text` is what docs/FILE has under this name. With PINDAH_WRITE set
// in the environment it is written there first.
void check_made(const std::string& file, const std::string& name, const std::string& text);

}  // namespace pindah::docs
