#include "sqlite/database.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "base/problem.h"
#include "sqlite/page_cache.h"

namespace pindah {
namespace {

// The Julian day, in milliseconds, of 1970-01-01 00:00 UTC.
constexpr std::int64_t kUnixEpochMs = 210'866'760'000'000;

constexpr std::array<std::pair<int, int>, 9> kLimits = {{
    {SQLITE_LIMIT_ATTACHED, 0},
    {SQLITE_LIMIT_LENGTH, 16 << 20},
    {SQLITE_LIMIT_SQL_LENGTH, 1 << 20},
    {SQLITE_LIMIT_EXPR_DEPTH, 200},
    {SQLITE_LIMIT_COMPOUND_SELECT, 200},
    {SQLITE_LIMIT_TRIGGER_DEPTH, 16},
    {SQLITE_LIMIT_VARIABLE_NUMBER, 1000},
    {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000},
    {SQLITE_LIMIT_WORKER_THREADS, 0},
}};

[[noreturn]] void fail(sqlite3* db, int offset) {
  sql_failed(sqlite3_extended_errcode(db), offset, sqlite3_errmsg(db));
}

// Copies the main database of one connection over another's.
void copy(sqlite3* to, sqlite3* from) {
  sqlite3_backup* backup = sqlite3_backup_init(to, "main", from, "main");
  if (backup == nullptr) fail(to, -1);
  sqlite3_backup_step(backup, -1);
  if (sqlite3_backup_finish(backup) != SQLITE_OK) fail(to, -1);
}

struct Close {
  void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
};
using Connection = std::unique_ptr<sqlite3, Close>;

Connection open(const char* vfs) {
  sqlite3* db = nullptr;
  constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  const int code = sqlite3_open_v2(":memory:", &db, flags, vfs);
  Connection connection(db);
  if (code != SQLITE_OK) sql_failed(code, -1, db ? sqlite3_errmsg(db) : "out of memory");
  return connection;
}

bool configure() {
  sqlite3_pcache_methods2 pages = dense_page_cache();
  ensure(sqlite3_config(SQLITE_CONFIG_MULTITHREAD) == SQLITE_OK, "SQLite is in use already");
  ensure(sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK, "SQLite keeps its statistics");
  sqlite3_mem_methods memory{};
  ensure(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &memory) == SQLITE_OK, "SQLite hides its memory");
  memory = database_memory::counted(memory);
  ensure(sqlite3_config(SQLITE_CONFIG_MALLOC, &memory) == SQLITE_OK, "SQLite keeps its memory");
  ensure(sqlite3_config(SQLITE_CONFIG_PCACHE2, &pages) == SQLITE_OK, "SQLite keeps its page cache");
  ensure(sqlite3_initialize() == SQLITE_OK, "SQLite does not start");
  ensure(sqlite3_test_control(SQLITE_TESTCTRL_LOCALTIME_FAULT, 1) == SQLITE_OK,
         "SQLite keeps the computer's time zone");
  return true;
}

}  // namespace

void sql_failed(int code, int offset, const std::string& message) {
  if ((code & 0xff) == SQLITE_NOMEM) throw OutOfMemory();
  throw SqlFailure(code, offset, message);
}

void configure_sqlite() { [[maybe_unused]] static const bool done = configure(); }

// SQLite hands the VFS to its methods, so it is the base of what holds the instant.
struct Database::Clock : sqlite3_vfs {
  std::string name = fmt::format("pindah clock {}", static_cast<const void*>(this));
  std::int64_t own_us = 0;
  const std::int64_t* now_us = &own_us;

  Clock() : sqlite3_vfs(*sqlite3_vfs_find(nullptr)) {
    zName = name.c_str();
    xCurrentTimeInt64 = [](sqlite3_vfs* vfs, sqlite3_int64* julian_ms) {
      *julian_ms = *static_cast<const Clock*>(vfs)->now_us / 1000 + kUnixEpochMs;
      return SQLITE_OK;
    };
  }
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
};

Database::Database() {
  configure_sqlite();
  clock_ = std::make_unique<Clock>();
  // Registered only while opening: the connection keeps the pointer, and nobody else finds it.
  ensure(sqlite3_vfs_register(clock_.get(), 0) == SQLITE_OK, "no clock for a database");
  const auto unregister = [](sqlite3_vfs* vfs) { sqlite3_vfs_unregister(vfs); };
  const std::unique_ptr<sqlite3_vfs, decltype(unregister)> registered(clock_.get(), unregister);
  Connection connection = open(clock_->name.c_str());
  db_ = connection.get();
  pages_ = MemoryPages::newest();
  for (const auto& [limit, value] : kLimits) sqlite3_limit(db_, limit, value);
  sqlite3_db_config(db_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(db_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  exec("PRAGMA secure_delete = OFF; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY");
  connection.release();
}

Database::~Database() { sqlite3_close_v2(db_); }

Database::Database(Database&& other) noexcept
    : clock_(std::move(other.clock_)),
      db_(std::exchange(other.db_, nullptr)),
      pages_(std::move(other.pages_)) {}

Database& Database::operator=(Database&& other) noexcept {
  std::swap(clock_, other.clock_);
  std::swap(db_, other.db_);
  std::swap(pages_, other.pages_);
  return *this;
}

void Database::exec(const std::string& sql) {
  std::string_view rest = sql;
  while (!rest.empty()) {
    const auto start = static_cast<int>(sql.size() - rest.size());
    try {
      Statement statement(*this, rest, &rest);
      while (statement && statement.step()) {
      }
    } catch (const SqlFailure& failure) {
      const int offset = failure.offset < 0 ? start : start + failure.offset;
      throw SqlFailure(failure.code, offset, failure.what());
    }
  }
}

void Database::copy_from(const Database& other) { copy(db_, other.db_); }

std::string Database::image() const {
  sqlite3_int64 size = 0;
  unsigned char* bytes = sqlite3_serialize(db_, "main", &size, 0);
  const std::unique_ptr<unsigned char, void (*)(void*)> owner(bytes, sqlite3_free);
  if (bytes == nullptr && size > 0) throw OutOfMemory();
  return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

std::size_t Database::page_count() const {
  Statement count(*this, "PRAGMA page_count");
  ensure(count.step(), "a database without a number of pages");
  return static_cast<std::size_t>(count.integer(0));
}

std::string_view Database::page(std::size_t number) const {
  static constexpr std::array<char, kPage> kZeros{};
  const char* content = pages_.page(static_cast<unsigned>(number) + 1);
  return {content ? content : kZeros.data(), kPage};
}

void Database::load_image(std::string_view image) {
  const Connection scratch = open(nullptr);
  // SQLite only reads the bytes: the scratch database is read-only and gone before they are.
  auto* bytes = reinterpret_cast<unsigned char*>(const_cast<char*>(image.data()));
  const auto size = static_cast<sqlite3_int64>(image.size());
  const int code =
      sqlite3_deserialize(scratch.get(), "main", bytes, size, size, SQLITE_DESERIALIZE_READONLY);
  if (code != SQLITE_OK) fail(scratch.get(), -1);
  copy(db_, scratch.get());
}

void Database::set_clock(std::int64_t epoch_us) {
  clock_->own_us = epoch_us;
  clock_->now_us = &clock_->own_us;
}

void Database::follow_clock(const std::int64_t* epoch_us) { clock_->now_us = epoch_us; }

}  // namespace pindah
