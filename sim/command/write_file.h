// Files that a command leaves.
#pragma once

#include <string>
#include <string_view>

namespace pindah {

// Why a file cannot be written there, as far as that can be known before; empty: it can. Leaves
// nothing behind.
std::string not_writable(const std::string& path);

// Into a new file of a name that nobody knows before, in the same folder, and from there into its
// place: whoever is killed meanwhile leaves the old file or the new one, whole, and no link that
// lies there is followed. A file that is no regular one (a pipe, a device) is written as it stands;
// a pipe that nobody reads is not waited for. Empty: it is written; else why not, and nothing of it
// is left.
std::string write_file(const std::string& path, std::string_view bytes);

}  // namespace pindah
