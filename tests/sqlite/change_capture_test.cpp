#include "sqlite/change_capture.h"

#include <catch2/catch.hpp>

#include "base/archive.h"

using namespace pindah;

namespace {

std::string row_text(const RowImage& row) {
  std::string text;
  for (std::size_t i = 0; i < row.size(); ++i) text += (i == 0 ? "" : ",") + to_text(row[i]);
  return text;
}

// "t+(1,a) u~(1,a>1,b) t-(1,a)": insert, update, delete.
struct Captured {
  Database db;
  std::vector<std::string> tables{"t", "w", "p", "c"};
  std::unique_ptr<ChangeCapture> capture;
  Captured() {
    db.exec(
        "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT UNIQUE, n INTEGER DEFAULT 0);"
        "CREATE TABLE w(a TEXT, b INTEGER, c TEXT, PRIMARY KEY (c, b)) WITHOUT ROWID;"
        "CREATE TABLE p(id INTEGER PRIMARY KEY);"
        "CREATE TABLE c(p REFERENCES p(id) ON DELETE CASCADE, x);"
        "CREATE TABLE other(x);");
    capture = std::make_unique<ChangeCapture>(db, tables);
  }
  std::string sealed() const {
    std::string text;
    for (std::size_t i = 0; i < capture->sealed().size(); ++i) {
      const Change change = capture->sealed()[i];
      text += (text.empty() ? "" : " ") + tables[change.table];
      if (change.kind == ChangeKind::insert) text += "+(" + row_text(change.after) + ")";
      if (change.kind == ChangeKind::erase) text += "-(" + row_text(change.before) + ")";
      if (change.kind != ChangeKind::update) continue;
      text += "~(" + row_text(change.before) + ">" + row_text(change.after) + ")";
    }
    return text;
  }
  std::string run(const std::string& sql) {
    capture->clear();
    db.exec(sql);
    return sealed();
  }
};

}  // namespace

TEST_CASE("Changes of a transaction are told at its commit, in order, with both images") {
  Captured shop;
  shop.capture->clear();
  shop.db.exec("BEGIN; INSERT INTO t VALUES (1, 'a', 5), (2, NULL, 6)");
  shop.db.exec("UPDATE t SET a = 'b' WHERE id = 1; DELETE FROM t WHERE id = 2");
  CHECK(shop.sealed().empty());
  shop.db.exec("COMMIT");
  CHECK(shop.sealed() == "t+(1,a,5) t+(2,NULL,6) t~(1,a,5>1,b,5) t-(2,NULL,6)");
  shop.capture->clear();
  CHECK(shop.sealed().empty());
}

TEST_CASE("What is rolled back was never there") {
  Captured shop;
  CHECK(shop.run("BEGIN; INSERT INTO t VALUES (1, 'a', 5); ROLLBACK").empty());
  CHECK(shop.run("INSERT INTO t VALUES (2, 'b', 6)") == "t+(2,b,6)");
  CHECK_THROWS(shop.run("INSERT INTO t VALUES (3, 'c', 1), (4, 'b', 1)"));
  CHECK(shop.run("INSERT INTO t VALUES (5, 'e', 7)") == "t+(5,e,7)");
}

// Why the engine rolls a call back after any error.
TEST_CASE("A failed statement in a transaction that is committed leaves phantoms") {
  Captured shop;
  shop.db.exec("INSERT INTO t VALUES (1, 'a', 0)");
  shop.capture->clear();
  shop.db.exec("BEGIN");
  CHECK_THROWS(shop.db.exec("INSERT INTO t VALUES (2, 'b', 0), (3, 'a', 0)"));
  shop.db.exec("COMMIT");
  CHECK(shop.sealed() == "t+(2,b,0)");
}

TEST_CASE("A commit that changed nothing seals nothing") {
  Captured shop;
  CHECK(shop.run("INSERT INTO t VALUES (1, 'a', 0)") == "t+(1,a,0)");
  shop.db.exec("UPDATE t SET n = 1 WHERE id = 99; BEGIN; DELETE FROM t WHERE id = 99; COMMIT");
  CHECK(shop.sealed() == "t+(1,a,0)");
  CHECK(shop.run("UPDATE t SET n = n") == "t~(1,a,0>1,a,0)");
}

TEST_CASE("An upsert is an update, and REPLACE tells the rows that it pushed out") {
  Captured shop;
  shop.db.exec("INSERT INTO t VALUES (1, 'a', 0), (2, 'b', 0)");
  CHECK(
      shop.run("INSERT INTO t VALUES (1, 'z', 9) ON CONFLICT (id) DO UPDATE SET n = excluded.n") ==
      "t~(1,a,0>1,a,9)");
  CHECK(shop.run("INSERT OR REPLACE INTO t VALUES (1, 'b', 7)") == "t-(1,a,9) t-(2,b,0) t+(1,b,7)");
  CHECK(shop.run("INSERT OR IGNORE INTO t VALUES (1, 'x', 7)").empty());
}

TEST_CASE("A changed rowid is one update, and DELETE without a WHERE tells every row") {
  Captured shop;
  shop.db.exec("INSERT INTO t VALUES (1, 'a', 0), (2, 'b', 0)");
  CHECK(shop.run("UPDATE t SET id = 10 WHERE id = 1") == "t~(1,a,0>10,a,0)");
  CHECK(shop.run("DELETE FROM t") == "t-(2,b,0) t-(10,a,0)");
}

TEST_CASE("A table WITHOUT ROWID is told with its columns in the table's order") {
  Captured shop;
  CHECK(shop.run("INSERT INTO w VALUES ('x', 1, 'k')") == "w+(x,1,k)");
  CHECK(shop.run("UPDATE w SET a = 'y' WHERE c = 'k'") == "w~(x,1,k>y,1,k)");
  CHECK(shop.run("REPLACE INTO w VALUES ('z', 1, 'k')") == "w-(y,1,k) w+(z,1,k)");
  CHECK(shop.run("DELETE FROM w") == "w-(z,1,k)");
}

TEST_CASE("A changed key of a table WITHOUT ROWID is the old row's end and the new one's start") {
  Captured shop;
  shop.db.exec("INSERT INTO w VALUES ('x', 1, 'k')");
  CHECK(shop.run("UPDATE w SET b = 2") == "w~(x,1,k>x,2,k)");
}

TEST_CASE("Cascades and triggers are told") {
  Captured shop;
  shop.db.exec("CREATE TRIGGER g AFTER INSERT ON p BEGIN INSERT INTO c VALUES (new.id, 'g'); END");
  CHECK(shop.run("INSERT INTO p VALUES (1)") == "p+(1) c+(1,g)");
  CHECK(shop.run("DELETE FROM p") == "p-(1) c-(1,g)");
}

TEST_CASE("A statement prepared after the capture tells its rows at each run") {
  Captured shop;
  Statement erase(shop.db, "DELETE FROM t");
  for (int i = 0; i < 2; ++i) {
    shop.db.exec("INSERT INTO t VALUES (1, 'a', 0)");
    shop.capture->clear();
    erase.step();
    erase.reset();
    CHECK(shop.sealed() == "t-(1,a,0)");
  }
}

TEST_CASE("Tables that are not in the list are left out") {
  Captured shop;
  CHECK(shop.run("INSERT INTO other VALUES (1)").empty());
  CHECK(shop.run("BEGIN; INSERT INTO t VALUES (1, 'a', 0); INSERT INTO other VALUES (1);"
                 "INSERT INTO p VALUES (3); COMMIT") == "t+(1,a,0) p+(3)");
}

TEST_CASE("A stored REAL or BLOB is noticed before the commit") {
  Captured shop;
  const auto stored = [&](const std::string& sql) {
    shop.capture->clear();
    shop.db.exec("BEGIN; " + sql);
    const bool real = shop.capture->real_stored();
    shop.db.exec("COMMIT");
    return real;
  };
  CHECK_FALSE(stored("INSERT INTO t VALUES (1, 'a', 1)"));
  CHECK(stored("UPDATE t SET n = 0.5"));
  CHECK_FALSE(stored("UPDATE t SET n = 2"));
  CHECK_FALSE(stored("UPDATE t SET n = 3.0"));  // INTEGER affinity makes it 3
  CHECK(stored("INSERT INTO p VALUES (1); INSERT INTO c VALUES (1, 2.0)"));
  CHECK(stored("INSERT INTO c VALUES (1, x'01')"));
  CHECK_FALSE(stored("DELETE FROM c"));
  shop.db.exec("BEGIN; INSERT INTO c VALUES (1, 0.5); ROLLBACK");
  CHECK_FALSE(shop.capture->real_stored());
}

TEST_CASE("Memory used again carries nothing of an earlier change") {
  Captured shop;
  CHECK(shop.run("INSERT INTO t VALUES (1, 'a long text that is on the heap', 5)") ==
        "t+(1,a long text that is on the heap,5)");
  CHECK(shop.run("INSERT INTO p VALUES (7)") == "p+(7)");
  CHECK(shop.run("UPDATE t SET a = NULL") == "t~(1,a long text that is on the heap,5>1,NULL,5)");
  CHECK(shop.run("DELETE FROM t") == "t-(1,NULL,5)");
  CHECK(shop.capture->sealed()[0].after.empty());
}

TEST_CASE("After the capture is gone nothing is watched") {
  Captured shop;
  shop.capture.reset();
  CHECK_NOTHROW(shop.db.exec("INSERT INTO t VALUES (1, 'a', 0)"));
}
