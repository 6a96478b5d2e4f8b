#include "sqlite/database.h"

#include <catch2/catch.hpp>
#include <thread>

using namespace pindah;

namespace {

std::int64_t one(const Database& db, const std::string& sql) {
  Statement s(db, sql);
  REQUIRE(s.step());
  return s.integer(0);
}

std::string text(const Database& db, const std::string& sql) {
  Statement s(db, sql);
  REQUIRE(s.step());
  return std::string(s.text(0));
}

// What goes wrong, or "".
std::string error(Database& db, const std::string& sql) {
  try {
    db.exec(sql);
  } catch (const SqlFailure& failure) {
    return failure.what();
  }
  return {};
}

}  // namespace

TEST_CASE("SQLite's own clock is the database's, each its own") {
  Database a, b;
  a.set_clock(1'700'000'000'000'000);
  b.set_clock(1'710'000'000'000'000);
  CHECK(text(a, "SELECT datetime('now')") == "2023-11-14 22:13:20");
  CHECK(text(b, "SELECT datetime('now')") == "2024-03-09 16:00:00");
  CHECK(text(a, "SELECT CURRENT_TIMESTAMP") == "2023-11-14 22:13:20");
  const Database moved = std::move(a);
  CHECK(one(moved, "SELECT unixepoch()") == 1'700'000'000);
  CHECK(text(moved, "SELECT strftime('%f', 'now')") == "20.000");
}

TEST_CASE("A prepared statement sees the clock move between its runs") {
  Database db;
  std::int64_t now_us = 1'000'000;
  db.follow_clock(&now_us);
  Statement s(db, "SELECT unixepoch()");
  REQUIRE(s.step());
  CHECK(s.integer(0) == 1);
  s.reset();
  now_us = 7'000'000;
  REQUIRE(s.step());
  CHECK(s.integer(0) == 7);
}

TEST_CASE("The computer's time zone is out of reach") {
  Database db;
  CHECK(error(db, "SELECT datetime(0, 'unixepoch', 'localtime')") == "local time unavailable");
}

TEST_CASE("Errors say what and where, counted over all statements of a text") {
  Database db;
  const std::string sql = "CREATE TABLE t(a INTEGER);\nSELECT b FROM t;";
  try {
    db.exec(sql);
    FAIL("no error");
  } catch (const SqlFailure& failure) {
    CHECK(std::string(failure.what()) == "no such column: b");
    CHECK(failure.offset == static_cast<int>(sql.find("b FROM")));
  }
  CHECK(error(db, "SELECT \"text\"") == "no such column: text");
}

TEST_CASE("A database that is full of what the limits forbid says no") {
  Database db;
  CHECK(error(db, "ATTACH ':memory:' AS other") == "too many attached databases - max 0");
  CHECK(error(db, "VACUUM INTO '/nonexistent/x'") == "too many attached databases - max 0");
  CHECK_FALSE(error(db, "SELECT " + std::string(300, '(') + "1" + std::string(300, ')')).empty());
  CHECK(error(db, "SELECT zeroblob(100000000)") == "string or blob too big");
  CHECK(error(db, "SELECT load_extension('x')") == "not authorized");
}

TEST_CASE("Foreign keys are on and cascade") {
  Database db;
  db.exec(
      "CREATE TABLE p(id INTEGER PRIMARY KEY);"
      "CREATE TABLE c(p REFERENCES p(id) ON DELETE CASCADE);"
      "INSERT INTO p VALUES (1); INSERT INTO c VALUES (1), (1); DELETE FROM p;");
  CHECK(one(db, "SELECT count(*) FROM c") == 0);
  CHECK(error(db, "INSERT INTO c VALUES (9)") == "FOREIGN KEY constraint failed");
}

TEST_CASE("A copy and an image hold the same content and go on by themselves") {
  Database db;
  db.exec(
      "CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT);"
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
      "INSERT INTO t SELECT i, 'row ' || i FROM n;");
  Database copied, loaded;
  loaded.exec("CREATE TABLE old(x)");
  copied.copy_from(db);
  const std::string image = db.image();
  loaded.load_image(image);
  db.exec("DELETE FROM t WHERE a > 10");
  const std::string sum = "SELECT sum(a * length(b)) FROM t";
  CHECK(one(copied, sum) == one(loaded, sum));
  CHECK(one(copied, "SELECT count(*) FROM t") == 5000);
  CHECK(one(loaded, "SELECT count(*) FROM sqlite_schema") == 1);
  loaded.exec("INSERT INTO t VALUES (9999, 'more')");
  CHECK(one(copied, "SELECT count(*) FROM t") == 5000);
  CHECK(copied.image() == image);
}

TEST_CASE("An image is its pages one after the other") {
  Database db;
  const auto joined = [&] {
    std::string all;
    for (std::size_t i = 0; i < db.page_count(); ++i) all += db.page(i);
    return all;
  };
  CHECK(joined() == db.image());
  db.exec(
      "CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT); CREATE INDEX t_b ON t(b);"
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
      "INSERT INTO t SELECT i, hex(randomblob(i % 90)) FROM n;");
  CHECK(joined() == db.image());
  db.exec("DELETE FROM t WHERE a % 100 > 3 AND a < 15000; CREATE TEMP TABLE other(x)");
  CHECK(joined() == db.image());
  Database moved(std::move(db));
  db = std::move(moved);
  db.exec("DROP INDEX t_b; UPDATE t SET b = b || 'more'");
  CHECK(joined() == db.image());
  Database from;
  from.load_image(db.image());
  CHECK(from.page(1) == db.page(1));
}

TEST_CASE("An image that is no database is refused") {
  Database db;
  CHECK_THROWS_AS(db.load_image(std::string(4096, 'x')), SqlFailure);
  Database empty;
  CHECK_NOTHROW(db.load_image(empty.image()));
}

TEST_CASE("Statements of one database survive a copy into it") {
  Database from, to;
  from.exec("CREATE TABLE t(a); INSERT INTO t VALUES (1), (2)");
  to.exec("CREATE TABLE t(a)");
  Statement count(to, "SELECT count(*) FROM t");
  REQUIRE(count.step());
  count.reset();
  to.copy_from(from);
  REQUIRE(count.step());
  CHECK(count.integer(0) == 2);
}

TEST_CASE("Two databases work on two threads at once") {
  const auto work = [](std::int64_t* sum) {
    Database db;
    db.exec("CREATE TABLE t(a INTEGER PRIMARY KEY, b INTEGER); CREATE INDEX i ON t(b)");
    Statement insert(db, "INSERT INTO t(b) VALUES (?1 * 7919 % 1000)");
    for (std::int64_t i = 0; i < 3000; ++i) {
      insert.bind(1, Value{i});
      insert.step();
      insert.reset();
    }
    *sum = one(db, "SELECT sum(a * b) FROM t WHERE b BETWEEN 100 AND 900");
  };
  std::int64_t first = 0, second = -1;
  std::thread other(work, &first);
  work(&second);
  other.join();
  CHECK(first == second);
}
