// The changelog of one service on one platform: which roots changed, when, in commit order. It is
// the platform's own log, as a binlog is: it goes on while the migrator is dead.
#pragma once

#include <cstdint>
#include <deque>
#include <set>
#include <vector>

#include "migration/batch.h"
#include "platform/roots.h"

namespace pindah::migration {

// One root touched by one commit. Entries of the same commit share its LSN.
struct LogEntry {
  std::uint64_t lsn = 0;
  Micros committed_at;
  RootKey root;
  bool created = false;  // the commit made it
  bool pictured = false;
  Batch picture;  // pictured: its rows as the commit left them
  template <class A>
  void archive(A& a) {
    a(lsn, committed_at, root, created, pictured, picture);
  }
};

class Changelog {
 public:
  // From the commit after `lsn` on. What an earlier capture held is gone.
  void start(std::uint64_t lsn);
  void stop();
  bool on() const { return on_; }
  std::uint64_t started_at() const { return started_at_; }
  std::uint64_t last() const { return entries_.empty() ? started_at_ : entries_.back().lsn; }
  // The entries of one commit.
  void append(std::vector<LogEntry> entries);

  // Entries with an LSN above `position`.
  std::size_t backlog(std::uint64_t position) const;
  // Commit time of the oldest of them; kNever: none.
  Micros oldest(std::uint64_t position) const;
  // Roots of one move that changed after `position`; all of them when `move` is -1.
  std::set<RootKey> changed_after(std::uint64_t position, int move = -1) const;

  // Up to `batch` entries above `position` and not above `limit`, whole commits only. `upto` is
  // then the LSN of the last one taken.
  std::vector<const LogEntry*> entries(std::uint64_t position, std::uint64_t limit, int batch,
                                       std::uint64_t& upto) const;
  // The same as roots: each once, in order of moves and keys.
  std::vector<RootKey> take(std::uint64_t position, std::uint64_t limit, int batch,
                            std::uint64_t& upto) const;
  // What was committed before is dropped; the last LSN that is, 0: none was.
  std::uint64_t drop_before(Micros committed);
  // Entries up to this LSN are needed by nobody any more.
  void forget(std::uint64_t lsn);
  // How many entries at its end are of this commit.
  std::size_t newest(std::uint64_t lsn) const { return backlog(lsn) > 0 ? 0 : backlog(lsn - 1); }
  std::size_t kept() const { return entries_.size(); }

  template <class A>
  void archive(A& a) {
    a(on_, started_at_, entries_);
  }

 private:
  std::deque<LogEntry>::const_iterator after(std::uint64_t position) const;
  bool on_ = false;
  std::uint64_t started_at_ = 0;
  std::deque<LogEntry> entries_;
};

}  // namespace pindah::migration
