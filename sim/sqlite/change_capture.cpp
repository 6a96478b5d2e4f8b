#include "sqlite/change_capture.h"

#include <algorithm>
#include <cstring>

namespace pindah {
namespace {

// False: a REAL or a BLOB.
bool add(Changes& to, sqlite3_value* value) {
  switch (sqlite3_value_type(value)) {
    case SQLITE_NULL:
      to.add_null();
      return true;
    case SQLITE_INTEGER:
      to.add_integer(sqlite3_value_int64(value));
      return true;
    case SQLITE_TEXT: {
      const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(value));
      to.add_text({bytes, static_cast<std::size_t>(sqlite3_value_bytes(value))});
      return true;
    }
    default:
      to.add_null();
      return false;
  }
}

using Image = int (*)(sqlite3*, int, sqlite3_value**);

bool add_row(Changes& to, sqlite3* db, int columns, Image image) {
  bool whole = true;
  for (int i = 0; i < columns; ++i) {
    sqlite3_value* value = nullptr;
    const bool there = image(db, i, &value) == SQLITE_OK && value != nullptr;
    if (there)
      whole = add(to, value) && whole;
    else
      to.add_null();
  }
  return whole;
}

}  // namespace

// What SQLite calls, from C: where there is no memory the statement is interrupted, and
// out_of_memory() says why.
struct ChangeHooks {
  // Most changes are of the same table as the one before.
  static int table(ChangeCapture& c, const char* name) {
    if (c.last_table_ >= 0 && c.tables_[static_cast<std::size_t>(c.last_table_)] == name) {
      return c.last_table_;
    }
    const auto found = std::find(c.tables_.begin(), c.tables_.end(), name);
    c.last_table_ = found == c.tables_.end() ? -1 : static_cast<int>(found - c.tables_.begin());
    return c.last_table_;
  }

  static void changed(void* self, sqlite3* db, int what, const char* schema, const char* name,
                      sqlite3_int64, sqlite3_int64) noexcept {
    auto& c = *static_cast<ChangeCapture*>(self);
    try {
      note(c, db, what, schema, name);
    } catch (const std::bad_alloc&) {
      c.out_of_memory_ = true;
      sqlite3_interrupt(db);
    }
  }

  static void note(ChangeCapture& c, sqlite3* db, int what, const char* schema, const char* name) {
    const int index = std::strcmp(schema, "main") == 0 ? table(c, name) : -1;
    if (index < 0) return;
    const ChangeKind kind = what == SQLITE_INSERT   ? ChangeKind::insert
                            : what == SQLITE_DELETE ? ChangeKind::erase
                                                    : ChangeKind::update;
    const int columns = sqlite3_preupdate_count(db);
    const int before = kind == ChangeKind::insert ? 0 : columns;
    const int after = kind == ChangeKind::erase ? 0 : columns;
    c.pending_.add(static_cast<std::uint16_t>(index), kind, static_cast<std::size_t>(before),
                   static_cast<std::size_t>(after));
    add_row(c.pending_, db, before, sqlite3_preupdate_old);
    if (!add_row(c.pending_, db, after, sqlite3_preupdate_new)) c.real_stored_ = true;
  }

  // Also called for statements that changed nothing.
  static int committed(void* self) noexcept {
    auto& c = *static_cast<ChangeCapture*>(self);
    if (c.pending_.empty()) return 0;
    std::swap(c.pending_, c.sealed_);
    c.pending_.clear();
    return 0;
  }

  static void rolled_back(void* self) noexcept { static_cast<ChangeCapture*>(self)->discard(); }
};

ChangeCapture::ChangeCapture(Database& db, std::vector<std::string> tables)
    : db_(db.handle()), tables_(std::move(tables)) {
  sqlite3_preupdate_hook(db_, ChangeHooks::changed, this);
  sqlite3_commit_hook(db_, ChangeHooks::committed, this);
  sqlite3_rollback_hook(db_, ChangeHooks::rolled_back, this);
}

ChangeCapture::~ChangeCapture() {
  sqlite3_preupdate_hook(db_, nullptr, nullptr);
  sqlite3_commit_hook(db_, nullptr, nullptr);
  sqlite3_rollback_hook(db_, nullptr, nullptr);
}

void ChangeCapture::clear() {
  sealed_.clear();
  discard();
}

void ChangeCapture::discard() {
  pending_.clear();
  real_stored_ = false;
}

}  // namespace pindah
