// Committed row changes of a database, in commit order (preupdate hook, sealed by the commit hook).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/value.h"
#include "sqlite/database.h"

namespace pindah {

enum class ChangeKind : std::uint8_t { insert, update, erase };

// One row change. `before` is empty for an insert, `after` for a delete; columns in table order.
struct Change {
  std::uint16_t table = 0;  // index in the list given to the constructor
  ChangeKind kind = ChangeKind::insert;
  std::vector<Value> before;
  std::vector<Value> after;
  template <class A>
  void archive(A& a) {
    a(table, kind, before, after);
  }
};

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
  const std::vector<Change>& sealed() const { return sealed_; }
  // Since the last clear() or rollback a REAL or a BLOB was stored.
  bool real_stored() const { return real_stored_; }
  void clear();    // before each transaction
  void discard();  // the changes of a transaction that is not to be; a rollback does it by itself

 private:
  friend struct ChangeHooks;
  sqlite3* db_;
  std::vector<std::string> tables_;
  std::vector<Change> pending_;
  std::vector<Change> sealed_;
  std::vector<Change> spare_;  // changes told and done with: their memory is used again
  bool real_stored_ = false;
  int last_table_ = -1;
};

}  // namespace pindah
