// Files that a command leaves.
#pragma once

#include <string>
#include <string_view>

namespace pindah {

// Beside the file first, then in its place: whoever is killed meanwhile leaves the old file or the
// new one, whole. A file that is no regular one (a pipe) is written as it stands. False: it could
// not be written; errno may say why.
bool write_file(const std::string& path, std::string_view bytes);

}  // namespace pindah
