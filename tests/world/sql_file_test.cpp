#include "world/sql_file.h"

#include <catch2/catch.hpp>

namespace pindah {

TEST_CASE("Semicolons in texts, comments and triggers do not end a statement") {
  const auto statements = split_statements(
      {{"a.sql", 1, 1},
       "SELECT ';' AS a; -- a;b\n/* c; */ SELECT \"x;y\" FROM [t;u];\n"
       "CREATE TRIGGER t AFTER INSERT ON u BEGIN\n  DELETE FROM u; DELETE FROM v;\nEND;\n"
       ";;\n  SELECT 1"});
  REQUIRE(statements.size() == 4);
  CHECK(statements[0].sql == "SELECT ';' AS a");
  CHECK(statements[1].sql == "SELECT \"x;y\" FROM [t;u]");
  CHECK(statements[1].place.line == 2);
  CHECK(statements[1].place.column == 10);
  CHECK(statements[2].sql.substr(statements[2].sql.size() - 3) == "END");
  CHECK(statements[3].place.line == 7);
  CHECK(statements[3].place.column == 3);
}

TEST_CASE("A file is a comment, headers and sections; what follows three spaces is a remark") {
  const SqlFile file = parse_sql_file(
      "-- Orders,\n-- and their lines.\n-- move: orders      the service\n-- note: no header\n"
      "-- extract:    on the origin\nSELECT 1;\n-- load:\nDELETE FROM a;\nDELETE FROM b;\n",
      "m.sql", {"move"}, {"extract", "load"});
  CHECK(file.summary == "Orders, and their lines.");
  REQUIRE(file.headers.size() == 1);
  CHECK(file.headers[0].value == "orders");
  CHECK(file.headers[0].place.line == 3);
  CHECK(file.headers[0].place.column == 10);
  REQUIRE(file.section("load") != nullptr);
  CHECK(file.section("load")->statements.size() == 2);
  CHECK(file.section("load")->statements[1].place.line == 9);
  CHECK(file.section("check") == nullptr);
}

TEST_CASE("A directive goes on below itself, and its words stay where they stand") {
  const SqlFile file = parse_sql_file(
      "-- Orders.\n-- via: map SELECT id\n--   FROM map   so that it fits\n--   WHERE key = :key\n"
      "-- no more of it\n--   nor this\n-- move: orders\n",
      "m.sql", {"move", "via"}, {});
  REQUIRE(file.headers.size() == 2);
  CHECK(file.headers[0].value == "map SELECT id\n     FROM map\n     WHERE key = :key");
  CHECK(file.headers[1].value == "orders");
  CHECK(file.summary == "Orders.");
}

}  // namespace pindah
