// SQLite's page cache, as an array by page number.
#pragma once

#include <sqlite3.h>

namespace pindah {

// For SQLITE_CONFIG_PCACHE2. The stock cache finds pages by a hash table, which commits scan after
// a B-tree has been balanced: 0.7 ms a time in a database of hundreds of megabytes. Page numbers
// are dense, so an array does, and nothing is scanned. Caches of different connections share
// nothing.
sqlite3_pcache_methods2 dense_page_cache();

}  // namespace pindah
