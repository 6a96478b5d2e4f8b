// Committed row changes of a database, in commit order (preupdate hook, sealed by the commit hook).
#pragma once

#include <string>
#include <vector>

#include "sqlite/changes.h"
#include "sqlite/database.h"

namespace pindah {

// Watches a Database from its construction on; install it before preparing statements. Changes of a
// transaction that is rolled back vanish, and so do those of tables that are not in the list. A
// REAL or a BLOB, which no Value holds, is recorded as NULL.
class ChangeCapture {
 public:
  ChangeCapture(Database& db, std::vector<std::string> tables);
  ~ChangeCapture();
  ChangeCapture(const ChangeCapture&) = delete;
  ChangeCapture& operator=(const ChangeCapture&) = delete;

  // The changes of the transaction that has just been committed, in order; emptied by `clear`.
  const Changes& sealed() const { return sealed_; }
  // The changes of the transaction that is open, so far.
  const Changes& pending() const { return pending_; }
  // Since the last clear() or rollback a REAL or a BLOB was stored.
  bool real_stored() const { return real_stored_; }
  // A change could not be kept: what is here is not all.
  bool out_of_memory() const { return out_of_memory_; }
  void clear();    // before each transaction
  void discard();  // the changes of a transaction that is not to be; a rollback does it by itself

 private:
  friend struct ChangeHooks;
  sqlite3* db_;
  std::vector<std::string> tables_;
  Changes pending_;
  Changes sealed_;
  bool real_stored_ = false;
  bool out_of_memory_ = false;
  int last_table_ = -1;
};

}  // namespace pindah
