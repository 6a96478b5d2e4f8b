// What a world's statement reads, writes and may not do, seen while it is prepared.
#pragma once

#include <set>
#include <string>

#include "sqlite/database.h"

namespace pindah {

// Watches the statements that are prepared between begin() and end(). Built after the schema; the
// Database outlives it and does not move meanwhile. Setting an authorizer makes SQLite prepare
// every earlier statement again, so it belongs on scratch databases.
class Audit {
 public:
  struct Report {
    std::set<std::string> read;     // tables of the schema, through views and triggers too
    std::set<std::string> views;    // of the schema, in lower case
    std::set<std::string> written;  // inserted into, updated or deleted from (cascades included)
    bool writes_itself = false;     // an INSERT, UPDATE or DELETE, not only a SELECT
    bool uses_changes = false;  // changes() or last_insert_rowid(): it survives into the next call
    std::string forbidden;      // the first thing that is not allowed, as a sentence; or empty
  };

  explicit Audit(Database& db);
  ~Audit();
  Audit(const Audit&) = delete;
  Audit& operator=(const Audit&) = delete;

  // From here on. `allowed_tables`: what may be read or written; empty: every table of the schema.
  // json_each and json_tree are always allowed. Forbidden: another table, sqlite_master, pragma_*
  // and other virtual tables, temp tables, ATTACH, PRAGMA, BEGIN, SAVEPOINT, DDL, ANALYZE,
  // random(), CURRENT_TIMESTAMP, load_extension(), sqlite_*(), total_changes().
  void begin(std::set<std::string> allowed_tables = {});
  // Until here. Where something is forbidden, preparing has thrown ("not authorized"): tell
  // `forbidden` instead. Given the prepared statement, it also forbids EXPLAIN, VACUUM and whatever
  // else is neither SELECT, INSERT, UPDATE nor DELETE.
  Report end(const Statement* prepared = nullptr);

 private:
  struct Watch;
  std::unique_ptr<Watch> watch_;
};

}  // namespace pindah
