// SQLite's page cache, as an array by page number.
#pragma once

#include <sqlite3.h>

#include <memory>

namespace pindah {

// For SQLITE_CONFIG_PCACHE2. The stock cache finds pages by a hash table, which commits scan after
// a B-tree has been balanced: 0.7 ms a time in a database of hundreds of megabytes. Page numbers
// are dense, so an array does, and nothing is scanned. Caches of different connections share
// nothing.
sqlite3_pcache_methods2 dense_page_cache();

// The pages of an in-memory database, where its cache holds them: all of it, for there is no file.
class MemoryPages {
 public:
  // Of the in-memory database that this thread has opened last.
  static MemoryPages newest();
  // From 1. Null: the cache has none, which SQLite takes for zeros. Valid until the next change.
  const char* page(unsigned number) const;

 private:
  std::shared_ptr<void*> cache_;  // null in it: the cache is gone
};

}  // namespace pindah
