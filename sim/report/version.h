// What this program is made of, as runs and reports say it.
#pragma once

#include <string>

namespace pindah {

// The version of this program.
std::string pindah_version();
// "SQLite 3.40.1 2022-12-28 14:03:47 df5c…": the library that runs, not the header.
std::string sqlite_text();

}  // namespace pindah
