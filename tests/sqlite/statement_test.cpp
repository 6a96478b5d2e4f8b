#include <catch2/catch.hpp>

#include "sqlite/database.h"

using namespace pindah;

TEST_CASE("Values go in and come out as they were") {
  Database db;
  Statement s(db, "SELECT ?1");
  const std::vector<Value> values = {
      Value{},       std::int64_t{INT64_MIN}, std::int64_t{INT64_MAX},
      std::string(), std::string("a\0b", 3),  std::string("✓")};
  for (const Value& value : values) {
    s.bind(1, value);
    REQUIRE(s.step());
    CHECK(s.column(0) == value);
    CHECK_FALSE(s.step());
    s.reset();
  }
  CHECK_THROWS_AS(s.bind(2, Value{}), SqlFailure);
}

TEST_CASE("A REAL or a BLOB in a result is an error that names its column") {
  Database db;
  Statement s(db, "SELECT 1.5 AS price, x'00' AS picture");
  REQUIRE(s.step());
  CHECK_THROWS_WITH(s.column(0), "column `price` is a REAL: values are integers and texts");
  CHECK_THROWS_WITH(s.column(1), "column `picture` is a BLOB: values are integers and texts");
}

// Silent in SQL, so the functions of a world do it exactly instead.
TEST_CASE("SQLite's own arithmetic on money goes wrong silently") {
  Database db;
  Statement s(db,
              "SELECT CAST('99999999999999999999' AS INTEGER), CAST('1150.10' * 100 AS INTEGER)");
  REQUIRE(s.step());
  CHECK(s.integer(0) == INT64_MAX);
  CHECK(s.integer(1) == 115009);
}

TEST_CASE("After an error a statement can run again") {
  Database db;
  db.exec("CREATE TABLE t(a INTEGER PRIMARY KEY)");
  Statement s(db, "INSERT INTO t VALUES (?1)");
  s.bind(1, Value{std::int64_t{1}});
  CHECK_FALSE(s.step());
  s.reset();
  CHECK_THROWS_WITH(s.step(), "UNIQUE constraint failed: t.a");
  s.bind(1, Value{std::int64_t{2}});
  CHECK_FALSE(s.step());
}

TEST_CASE("Statements are prepared one by one, and a comment is none") {
  Database db;
  std::string_view rest = "SELECT 1; -- more\n SELECT 2";
  Statement first(db, rest, &rest);
  CHECK(rest == " -- more\n SELECT 2");
  Statement second(db, rest, &rest);
  CHECK(rest.empty());
  REQUIRE(second.step());
  CHECK(second.integer(0) == 2);
  CHECK_FALSE(Statement(db, " -- nothing"));
  CHECK(first.columns() == 1);
  first = std::move(second);
  CHECK(first);
}
