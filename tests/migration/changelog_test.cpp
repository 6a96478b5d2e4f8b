#include "migration/changelog.h"

#include <catch2/catch.hpp>

#include "base/archive.h"

using namespace pindah;
using namespace pindah::migration;

namespace {

RootKey root(int move, std::int64_t key) { return {move, Value{key}}; }

LogEntry entry(std::uint64_t lsn, Micros at, RootKey changed) {
  LogEntry made;
  made.lsn = lsn;
  made.committed_at = at;
  made.root = std::move(changed);
  return made;
}

Changelog three_commits() {
  Changelog log;
  log.start(10);
  log.append({entry(11, seconds(1), root(0, 5)), entry(11, seconds(1), root(1, 7))});
  log.append({entry(12, seconds(2), root(0, 5))});
  log.append({entry(15, seconds(3), root(0, 4))});
  return log;
}

}  // namespace

TEST_CASE("a batch of the changelog never ends inside a commit") {
  std::uint64_t upto = 10;
  const auto roots = three_commits().take(10, UINT64_MAX, 1, upto);
  CHECK(roots == std::vector<RootKey>{root(0, 5), root(1, 7)});
  CHECK(upto == 11);
}

TEST_CASE("what is older than it is kept is dropped, and it is known up to where") {
  Changelog log = three_commits();
  CHECK(log.drop_before(seconds(1)) == 0);
  CHECK(log.drop_before(seconds(2)) == 11);
  CHECK(log.kept() == 2);
  CHECK(log.drop_before(seconds(9)) == 15);
}

TEST_CASE("a root that changed twice is taken once, and moves come in their order") {
  std::uint64_t upto = 10;
  const auto roots = three_commits().take(10, UINT64_MAX, 100, upto);
  CHECK(roots == std::vector<RootKey>{root(0, 4), root(0, 5), root(1, 7)});
  CHECK(upto == 15);
}

TEST_CASE("nothing beyond the stop position is taken, and nothing up to the position again") {
  std::uint64_t upto = 0;
  CHECK(three_commits().take(11, 14, 100, upto) == std::vector<RootKey>{root(0, 5)});
  CHECK(upto == 12);
  CHECK(three_commits().take(12, 14, 100, upto).empty());
  CHECK(upto == 12);
}

TEST_CASE("backlog and the oldest change are counted from the position") {
  const Changelog log = three_commits();
  CHECK(log.backlog(10) == 4);
  CHECK(log.backlog(11) == 2);
  CHECK(log.oldest(11) == seconds(2));
  CHECK(log.oldest(15) == kNever);
}

TEST_CASE("roots that changed after a read are found, of one move or of all") {
  const Changelog log = three_commits();
  CHECK(log.changed_after(10, 1) == std::set<RootKey>{root(1, 7)});
  CHECK(log.changed_after(12) == std::set<RootKey>{root(0, 4)});
  CHECK(log.changed_after(15).empty());
}

TEST_CASE("what is forgotten is gone, and the rest stays") {
  Changelog log = three_commits();
  log.forget(12);
  CHECK(log.kept() == 1);
  CHECK(log.oldest(0) == seconds(3));
}

TEST_CASE("a changelog goes through a snapshot unchanged") {
  Changelog log = three_commits();
  ArchiveWriter writer;
  writer(log);
  const std::string bytes = writer.take();
  Changelog again;
  ArchiveReader reader(bytes);
  reader(again);
  CHECK(reader.done());
  CHECK(again.on());
  CHECK(again.started_at() == 10);
  std::uint64_t upto = 0;
  CHECK(again.take(10, UINT64_MAX, 100, upto).size() == 3);
}
