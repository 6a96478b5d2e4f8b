#include "sqlite/authorizer.h"

#include <catch2/catch.hpp>

#include "sqlite/functions.h"

using namespace pindah;

namespace {

using Names = std::set<std::string>;

struct Guarded {
  SqlContext context{Draws(1)};
  Database db;
  std::unique_ptr<Audit> audit;
  Guarded() {
    add_functions(db, context);
    db.exec(
        "CREATE TABLE orders(id INTEGER PRIMARY KEY, total); CREATE TABLE payment(id, order_id);"
        "CREATE TABLE log(x); CREATE TABLE line(o REFERENCES orders(id) ON DELETE CASCADE);"
        "CREATE VIEW paid AS SELECT o.id FROM orders o JOIN payment p ON p.order_id = o.id;"
        "CREATE VIEW dice AS SELECT random() AS r;"
        "CREATE TRIGGER g AFTER INSERT ON payment BEGIN INSERT INTO log VALUES (new.id); END;");
    audit = std::make_unique<Audit>(db);
  }
  Audit::Report report(const std::string& sql, Names allowed = {}) {
    audit->begin(std::move(allowed));
    try {
      const Statement statement(db, sql);
      return audit->end(&statement);
    } catch (const SqlFailure&) {
      return audit->end();
    }
  }
  std::string forbidden(const std::string& sql, Names allowed = {}) {
    return report(sql, std::move(allowed)).forbidden;
  }
};

}  // namespace

TEST_CASE("An audit tells the tables that a statement reads and writes") {
  Guarded shop;
  Audit::Report r = shop.report("SELECT total FROM orders WHERE id = 1");
  CHECK(r.read == Names{"orders"});
  CHECK(r.written.empty());
  CHECK_FALSE(r.writes_itself);
  r = shop.report("INSERT INTO line SELECT id FROM orders");
  CHECK(r.read == Names{"orders"});
  CHECK(r.written == Names{"line"});
  CHECK(r.writes_itself);
  CHECK(shop.report("UPDATE orders SET total = 1").written == Names{"orders"});
  CHECK(shop.report("SELECT count(*) FROM orders").read == Names{"orders"});
}

TEST_CASE("Views, triggers and cascades are looked through") {
  Guarded shop;
  CHECK(shop.report("SELECT * FROM paid").read == Names{"orders", "payment"});
  CHECK(shop.report("SELECT count(*) FROM paid").read == Names{"orders", "payment"});
  CHECK(shop.report("INSERT INTO payment VALUES (1, 1)").written == Names{"payment", "log"});
  CHECK(shop.report("DELETE FROM orders").written == Names{"orders", "line"});
  CHECK(shop.forbidden("SELECT r FROM dice").find("`random`") == 0);
}

TEST_CASE("A row inserted into a view is its trigger's") {
  Guarded shop;
  shop.db.exec(
      "CREATE TRIGGER i INSTEAD OF INSERT ON paid BEGIN INSERT INTO log VALUES (new.id); END");
  const Audit::Report r = shop.report("INSERT INTO paid VALUES (1)", {"log", "orders", "payment"});
  CHECK(r.forbidden == "");
  CHECK(r.written == Names{"log"});
}

TEST_CASE("A foreign table is named") {
  Guarded shop;
  CHECK(shop.forbidden("SELECT 1 FROM orders", {"orders"}) == "");
  const std::string payment = "table `payment` is not one of this service";
  CHECK(shop.forbidden("SELECT order_id FROM payment", {"orders"}) == payment);
  CHECK(shop.forbidden("SELECT count(*) FROM payment", {"orders"}) == payment);
  CHECK(shop.forbidden("SELECT count(*) FROM PAYMENT", {"orders"}) == payment);
  CHECK(shop.forbidden("SELECT ORDER_ID FROM main.Payment AS p", {"orders"}) == payment);
  CHECK(shop.forbidden("SELECT * FROM paid", {"orders"}) == payment);
  CHECK(shop.forbidden("INSERT INTO payment VALUES (1, 1)", {"payment"}) ==
        "table `log` is not one of this service");
  CHECK(shop.forbidden("DELETE FROM orders", {"orders"}) ==
        "table `line` is not one of this service");
}

TEST_CASE("JSON tables, subqueries and common table expressions are free, on the first use too") {
  Guarded shop;
  for (const char* sql :
       {"SELECT value FROM json_each('[1]')", "SELECT count(*) FROM json_tree('[1]')",
        "WITH x AS (SELECT 1) SELECT count(*) FROM x", "SELECT count(*) FROM (SELECT 1)",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT i FROM "
        "n",
        "SELECT json_group_array(total) FROM (SELECT total FROM orders ORDER BY id)",
        "SELECT draw('a', 1), now(), minor('1'), new_id(1)", "VALUES (1)",
        "INSERT INTO payment VALUES (1, 2) ON CONFLICT DO NOTHING RETURNING id"}) {
    INFO(sql);
    CHECK(shop.forbidden(sql, {"orders", "payment", "log"}) == "");
  }
}

TEST_CASE("Whatever reaches beyond the tables of a call is forbidden") {
  Guarded shop;
  for (const char* sql : {"ATTACH 'x' AS y",
                          "DETACH main",
                          "PRAGMA page_count",
                          "BEGIN",
                          "COMMIT",
                          "ROLLBACK",
                          "SAVEPOINT s",
                          "RELEASE s",
                          "CREATE TABLE x(a)",
                          "CREATE TEMP TABLE x(a)",
                          "CREATE TEMP TABLE x AS SELECT 1",
                          "CREATE VIEW x AS SELECT 1",
                          "CREATE INDEX x ON orders(id)",
                          "DROP TABLE orders",
                          "ALTER TABLE orders ADD COLUMN z",
                          "ANALYZE",
                          "REINDEX",
                          "VACUUM",
                          "VACUUM INTO 'x'",
                          "EXPLAIN SELECT 1",
                          "EXPLAIN QUERY PLAN SELECT 1",
                          "CREATE VIRTUAL TABLE v USING fts5(a)",
                          "CREATE TRIGGER x AFTER INSERT ON log BEGIN SELECT 1; END",
                          "SELECT * FROM sqlite_master",
                          "SELECT count(*) FROM sqlite_schema",
                          "SELECT * FROM sqlite_temp_master",
                          "SELECT * FROM pragma_table_info('orders')",
                          "SELECT count(*) FROM pragma_page_count",
                          "SELECT * FROM dbstat",
                          "SELECT random()",
                          "SELECT RANDOM()",
                          "SELECT randomblob(3)",
                          "SELECT CURRENT_TIMESTAMP",
                          "SELECT CURRENT_DATE",
                          "SELECT load_extension('x')",
                          "SELECT total_changes()",
                          "SELECT sqlite_version()",
                          "SELECT sqlite_source_id()",
                          "INSERT INTO log SELECT name FROM sqlite_master"}) {
    INFO(sql);
    CHECK(shop.forbidden(sql) != "");
  }
}

// Used before, they no longer read sqlite_master, which alone would give them away.
TEST_CASE("Virtual tables that need no CREATE are forbidden on a later use too") {
  Guarded shop;
  shop.db.exec("SELECT 1 FROM dbstat, pragma_page_count, pragma_table_info('orders') LIMIT 1");
  CHECK(shop.forbidden("SELECT name FROM dbstat") == "no table `dbstat`");
  CHECK(shop.forbidden("SELECT count(*) FROM DbStat") == "no table `DbStat`");
  CHECK(shop.forbidden("SELECT count(*) FROM pragma_page_count") == "no table `pragma_page_count`");
  CHECK(shop.forbidden("SELECT name FROM pragma_table_info('orders')") ==
        "no table `pragma_table_info`");
}

TEST_CASE("The first thing forbidden is told in words") {
  Guarded shop;
  CHECK(shop.forbidden("BEGIN") == "BEGIN, COMMIT or ROLLBACK is not allowed");
  CHECK(shop.forbidden("PRAGMA page_count") == "PRAGMA is not allowed");
  CHECK(shop.forbidden("SELECT 1 FROM sqlite_master") ==
        "the schema is for schema.sql alone: no CREATE, DROP or ALTER here");
  CHECK(shop.forbidden("SELECT CURRENT_TIMESTAMP") ==
        "`current_timestamp` is not available: use now() or draw()");
  CHECK(shop.forbidden("EXPLAIN SELECT 1") == "only SELECT, INSERT, UPDATE and DELETE are allowed");
}

TEST_CASE("What survives into the next call is told") {
  Guarded shop;
  CHECK(shop.report("SELECT changes()").uses_changes);
  CHECK(shop.report("SELECT Last_Insert_Rowid()").uses_changes);
  CHECK_FALSE(shop.report("SELECT 1").uses_changes);
}

TEST_CASE("Outside of an audit everything goes") {
  Guarded shop;
  CHECK(shop.forbidden("BEGIN") != "");
  CHECK_NOTHROW(shop.db.exec("BEGIN; CREATE TABLE late(a); COMMIT"));
  CHECK(shop.forbidden("SELECT a FROM late") == "");
  shop.audit.reset();
  CHECK_NOTHROW(shop.db.exec("PRAGMA page_count"));
}
