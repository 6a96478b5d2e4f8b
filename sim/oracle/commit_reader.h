// Reads the commits of both platforms: which promises and goods a call touched, who wrote where it
// was not the owner, and what could not be taken back by a rollback.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "oracle/promise_book.h"
#include "oracle/roles.h"
#include "oracle/state.h"

namespace pindah {

// By service and side: when somebody else than a call wrote there last; before the run: never.
using CopiedAt = std::vector<PerSide<Micros>>;

class CommitReader {
 public:
  CommitReader(OracleState& state, PromiseBook& book);
  void read(const Commit& commit);
  std::int64_t heard() const { return heard_; }
  const CopiedAt& copied_at() const { return copied_at_; }

  template <class A>
  void archive(A& a) {
    a(copied_at_, returned_, heard_);
  }

 private:
  void name_others();
  void own_write(const Commit& commit);
  void note_write(const Commit& commit);
  void unowned(const Commit& commit);
  void note_return(const Commit& commit);
  void note_taken(const Commit& commit);
  void note_idem(const Commit& commit, PromiseId number);
  void note_keyed(const Commit& commit, PromiseId number);

  OracleState& state_;
  PromiseBook& book_;
  const World& world_;
  std::vector<CallRole> calls_;
  CopiedAt copied_at_;
  std::int64_t heard_ = 0;       // commits
  std::vector<bool> promising_;  // by service: promises, charges or goods are kept there
  std::vector<bool> keeps_;      // by service: promises or charges are
  using Others = std::unordered_map<std::string, std::pair<std::int16_t, std::uint32_t>>;
  PerSide<Others> others_;  // by home, by id: pool and place in it
  std::set<std::tuple<ServiceId, std::int64_t, bool>> returned_;  // those in promise_writes
};

}  // namespace pindah
