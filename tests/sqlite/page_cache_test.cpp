#include "sqlite/page_cache.h"

#include <catch2/catch.hpp>
#include <map>

#include "base/draws.h"
#include "sqlite/database.h"
#include "tests/scratch.h"

using namespace pindah;

namespace {

struct Fixture {
  sqlite3_pcache_methods2 m = dense_page_cache();
  sqlite3_pcache* cache;
  explicit Fixture(bool purgeable) : cache(m.xCreate(512, 64, purgeable)) {}
  ~Fixture() { m.xDestroy(cache); }
  sqlite3_pcache_page* fetch(unsigned key, int how = 2) { return m.xFetch(cache, key, how); }
};

}  // namespace

TEST_CASE("A page is found again by its number, with its content, until it is discarded") {
  Fixture f(false);
  CHECK(f.fetch(3, 0) == nullptr);
  sqlite3_pcache_page* page = f.fetch(3);
  REQUIRE(page != nullptr);
  CHECK(*static_cast<void**>(page->pExtra) == nullptr);
  static_cast<char*>(page->pBuf)[511] = 'x';
  f.fetch(100'000);
  CHECK(f.fetch(3, 0) == page);
  CHECK(static_cast<char*>(f.fetch(3, 0)->pBuf)[511] == 'x');
  CHECK(f.m.xPagecount(f.cache) == 2);
  f.m.xUnpin(f.cache, page, 0);
  CHECK(f.fetch(3, 0) == page);
  f.m.xUnpin(f.cache, page, 1);
  CHECK(f.fetch(3, 0) == nullptr);
  CHECK(f.m.xPagecount(f.cache) == 1);
}

TEST_CASE("A page takes another number, over the page that had it") {
  Fixture f(false);
  sqlite3_pcache_page* page = f.fetch(1);
  f.fetch(500);
  f.m.xRekey(f.cache, page, 1, 500);
  CHECK(f.fetch(500, 0) == page);
  CHECK(f.fetch(1, 0) == nullptr);
  CHECK(f.m.xPagecount(f.cache) == 1);
  f.m.xUnpin(f.cache, page, 1);
  CHECK(f.fetch(500, 0) == nullptr);
}

TEST_CASE("Truncating lets go of the pages from a number on") {
  Fixture f(false);
  for (unsigned key : {1u, 2u, 700u, 701u, 9000u}) f.fetch(key);
  f.m.xTruncate(f.cache, 701);
  CHECK(f.m.xPagecount(f.cache) == 3);
  CHECK(f.fetch(700, 0) != nullptr);
  CHECK(f.fetch(701, 0) == nullptr);
  f.fetch(800);
  f.m.xTruncate(f.cache, 2);
  CHECK(f.m.xPagecount(f.cache) == 1);
}

// SQLite moves a page to the number at 1 GiB and back whenever it reorders pages.
TEST_CASE("What came while a page was far away is let go of by a truncation all the same") {
  Fixture f(false);
  for (unsigned key : {1u, 2u, 5u}) f.fetch(key);
  sqlite3_pcache_page* page = f.fetch(5);
  f.m.xRekey(f.cache, page, 5, 262'145);
  f.fetch(7);
  f.m.xTruncate(f.cache, 300'000);
  CHECK(f.m.xPagecount(f.cache) == 4);
  f.m.xRekey(f.cache, page, 262'145, 5);
  CHECK(f.fetch(5, 0) == page);
  f.m.xTruncate(f.cache, 6);
  CHECK(f.m.xPagecount(f.cache) == 3);
  CHECK(f.fetch(7, 0) == nullptr);
  CHECK(f.fetch(5, 0) == page);
}

TEST_CASE("A file's cache is bounded, a memory database's is not") {
  for (bool purgeable : {true, false}) {
    Fixture f(purgeable);
    f.m.xCachesize(f.cache, 10);
    for (unsigned key = 1; key <= 30; ++key) f.m.xUnpin(f.cache, f.fetch(key), 0);
    CHECK(f.m.xPagecount(f.cache) == (purgeable ? 10 : 30));
    CHECK((f.fetch(31, 1) == nullptr) == purgeable);
    CHECK(f.fetch(31, 2) != nullptr);
  }
}

// Inserts, deletes, rollbacks and vacuums of a file whose cache is far too small.
TEST_CASE("SQLite keeps a file whole with this cache") {
  configure_sqlite();
  const test::ScratchFile file("page-cache.db");
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open(file.path().c_str(), &db) == SQLITE_OK);
  const auto exec = [&](const std::string& sql) {
    return sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr);
  };
  REQUIRE(exec("PRAGMA cache_size = 10; PRAGMA synchronous = OFF; PRAGMA auto_vacuum = FULL;"
               "CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT, c TEXT); CREATE INDEX i ON t(b)") ==
          SQLITE_OK);
  std::map<std::int64_t, std::int64_t> model;
  const Draws draws(6);
  for (std::uint64_t i = 0; i < 60; ++i) {
    const auto key = static_cast<std::int64_t>(draws.below(40, Domain::audit, i, 0, 1)) * 50;
    const bool keep = draws.below(3, Domain::audit, i, 1, 1) > 0;
    const std::string from = std::to_string(key), to = std::to_string(key + 49);
    const std::string sql = i % 4 == 3
                                ? "DELETE FROM t WHERE a BETWEEN " + from + " AND " + to
                                : "WITH RECURSIVE n(i) AS (SELECT " + from +
                                      " UNION ALL SELECT i + 1 FROM n WHERE i < " + to +
                                      ") INSERT OR REPLACE INTO t SELECT i, " + std::to_string(i) +
                                      " || hex(i), printf('%0300d', i) FROM n";
    REQUIRE(exec("BEGIN;" + sql + (keep ? ";COMMIT" : ";ROLLBACK")) == SQLITE_OK);
    for (std::int64_t k = key; keep && k < key + 50; ++k) {
      if (i % 4 == 3) {
        model.erase(k);
      } else {
        model[k] = static_cast<std::int64_t>(i);
      }
    }
  }
  REQUIRE(exec("VACUUM") == SQLITE_OK);
  std::string check;
  sqlite3_exec(
      db, "SELECT count(*) FROM t UNION ALL SELECT * FROM pragma_integrity_check",
      [](void* out, int, char** values, char**) {
        *static_cast<std::string*>(out) += std::string(values[0]) + " ";
        return 0;
      },
      &check, nullptr);
  CHECK(check == std::to_string(model.size()) + " ok ");
  // The stock cache gives its pages back here; this one has nothing to do with it.
  int used = 0, highest = 0;
  REQUIRE(exec("PRAGMA shrink_memory") == SQLITE_OK);
  sqlite3_db_status(db, SQLITE_DBSTATUS_CACHE_USED, &used, &highest, 0);
  CHECK(used > 4 * 4096);
  sqlite3_close(db);
}
