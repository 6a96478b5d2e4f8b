#include "sqlite/change_capture.h"

#include <algorithm>
#include <cstring>

namespace pindah {
namespace {

// Writes over what was there, so that a text's memory is used again. False: a REAL or a BLOB.
bool assign(Value& to, sqlite3_value* from) {
  switch (sqlite3_value_type(from)) {
    case SQLITE_NULL:
      to = std::monostate{};
      return true;
    case SQLITE_INTEGER:
      to = sqlite3_value_int64(from);
      return true;
    case SQLITE_TEXT: {
      const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(from));
      const auto size = static_cast<std::size_t>(sqlite3_value_bytes(from));
      if (auto* text = std::get_if<std::string>(&to)) {
        text->assign(bytes, size);
      } else {
        to.emplace<std::string>(bytes, size);
      }
      return true;
    }
    default:
      to = std::monostate{};
      return false;
  }
}

using Image = int (*)(sqlite3*, int, sqlite3_value**);

bool assign_row(std::vector<Value>& row, sqlite3* db, Image image) {
  const int columns = sqlite3_preupdate_count(db);
  row.resize(static_cast<std::size_t>(columns));
  bool whole = true;
  for (int i = 0; i < columns; ++i) {
    sqlite3_value* value = nullptr;
    const bool there = image(db, i, &value) == SQLITE_OK && value != nullptr;
    Value& to = row[static_cast<std::size_t>(i)];
    if (there) {
      whole = assign(to, value) && whole;
    } else {
      to = std::monostate{};
    }
  }
  return whole;
}

}  // namespace

// What SQLite calls. A failure to get memory ends the program, as everywhere in a universe.
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

  static Change& next(ChangeCapture& c) {
    if (c.spare_.empty()) return c.pending_.emplace_back();
    c.pending_.push_back(std::move(c.spare_.back()));
    c.spare_.pop_back();
    return c.pending_.back();
  }

  static void changed(void* self, sqlite3* db, int what, const char* schema, const char* name,
                      sqlite3_int64, sqlite3_int64) noexcept {
    auto& c = *static_cast<ChangeCapture*>(self);
    const int index = std::strcmp(schema, "main") == 0 ? table(c, name) : -1;
    if (index < 0) return;
    Change& change = next(c);
    change.table = static_cast<std::uint16_t>(index);
    change.kind = what == SQLITE_INSERT   ? ChangeKind::insert
                  : what == SQLITE_DELETE ? ChangeKind::erase
                                          : ChangeKind::update;
    change.before.clear();
    change.after.clear();
    if (what != SQLITE_INSERT) assign_row(change.before, db, sqlite3_preupdate_old);
    if (what == SQLITE_DELETE) return;
    if (!assign_row(change.after, db, sqlite3_preupdate_new)) c.real_stored_ = true;
  }

  // Also called for statements that changed nothing.
  static int committed(void* self) noexcept {
    auto& c = *static_cast<ChangeCapture*>(self);
    if (c.pending_.empty()) return 0;
    recycle(c, c.sealed_);
    std::swap(c.pending_, c.sealed_);
    return 0;
  }

  static void rolled_back(void* self) noexcept { static_cast<ChangeCapture*>(self)->discard(); }

  static void recycle(ChangeCapture& c, std::vector<Change>& changes) {
    constexpr std::size_t most_kept = 256;
    for (Change& change : changes) {
      if (c.spare_.size() < most_kept) c.spare_.push_back(std::move(change));
    }
    changes.clear();
  }
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
  ChangeHooks::recycle(*this, sealed_);
  discard();
}

void ChangeCapture::discard() {
  ChangeHooks::recycle(*this, pending_);
  real_stored_ = false;
}

}  // namespace pindah
