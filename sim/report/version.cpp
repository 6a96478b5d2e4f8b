#include "report/version.h"

#include <fmt/format.h>
#include <sqlite3.h>

namespace pindah {

std::string pindah_version() { return PINDAH_VERSION; }

std::string sqlite_text() {
  return fmt::format("SQLite {} {}", sqlite3_libversion(), sqlite3_sourceid());
}

}  // namespace pindah
