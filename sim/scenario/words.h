// The words of enums as scenarios write them.
#pragma once

#include <string>
#include <vector>

namespace pindah {

// Each in the order of its enum's values.
std::vector<std::string> link_words();  // of LinkId, without its count
std::vector<std::string> side_words();
std::vector<std::string> shape_words();

}  // namespace pindah
