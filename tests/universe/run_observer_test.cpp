// The fingerprint of a run: whatever differs in one cell of one commit makes it another.
#include "universe/run_observer.h"

#include <catch2/catch.hpp>
#include <set>

#include "base/problem.h"
#include "platform/sim_state.h"

using namespace pindah;

namespace {

// The digest after one commit that did this to a table of two rows.
std::uint64_t digest_after(const std::string& sql, std::uint64_t lsn = 1, Micros at = seconds(1)) {
  Database db;
  db.exec(
      "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, n INTEGER);"
      "INSERT INTO t VALUES (1, 'one', 10), (2, 'two', 20)");
  ChangeCapture capture(db, {"t"});
  db.exec("BEGIN;" + sql + ";COMMIT");
  const World world;
  SimState sim;
  Observer nobody;
  RunObserver observer(world, sim, nobody);
  Commit commit;
  for (commit.lsn = 1; commit.lsn < lsn; ++commit.lsn) {
    const Changes none;
    commit.changes = &none;
    observer.committed(commit);
  }
  commit.at = at;
  commit.changes = &capture.sealed();
  observer.committed(commit);
  return sim.digest.value();
}

}  // namespace

TEST_CASE("Two runs that differ in one cell have two digests") {
  std::set<std::uint64_t> digests;
  const std::vector<std::string> commits{"INSERT INTO t VALUES (3, 'three', 30)",
                                         "INSERT INTO t VALUES (4, 'three', 30)",
                                         "INSERT INTO t VALUES (3, 'threE', 30)",
                                         "INSERT INTO t VALUES (3, 'three', 31)",
                                         "INSERT INTO t VALUES (3, NULL, 30)",
                                         "INSERT INTO t VALUES (3, 'three', NULL)",
                                         "UPDATE t SET n = 11 WHERE id = 1",
                                         "UPDATE t SET n = 3000000011 WHERE id = 1",
                                         "UPDATE t SET n = 11 WHERE id = 2",
                                         "UPDATE t SET a = 'eno' WHERE id = 1",
                                         "DELETE FROM t WHERE id = 1",
                                         "DELETE FROM t WHERE id = 2",
                                         "DELETE FROM t"};
  for (const std::string& sql : commits) {
    INFO(sql);
    CHECK(digests.insert(digest_after(sql)).second);
    CHECK(digest_after(sql) == digest_after(sql));
  }
  CHECK(digests.insert(digest_after(commits[0], 2)).second);
  CHECK(digests.insert(digest_after(commits[0], 1, seconds(2))).second);
}

TEST_CASE("A platform's commits come one after the other, or Pindah is at fault") {
  const World world;
  SimState sim;
  Observer nobody;
  RunObserver observer(world, sim, nobody);
  const Changes none;
  Commit commit;
  commit.changes = &none;
  commit.lsn = 1;
  observer.committed(commit);
  commit.side = Side::target;
  observer.committed(commit);
  CHECK_THROWS_AS(observer.committed(commit), Defect);
  commit.side = Side::source;
  commit.lsn = 3;
  CHECK_THROWS_AS(observer.committed(commit), Defect);
}
