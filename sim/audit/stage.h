// Two scratch platforms on which moves and calls are tried, and nobody there but the audit.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <vector>

#include "audit/rows.h"
#include "migration/move_statements.h"
#include "platform/backend.h"
#include "platform/roots.h"
#include "world/world.h"

namespace pindah::audit {

// What a stage is made of; outlives it.
struct Ground {
  const World& world;
  const Constants& constants;
  std::uint64_t seed = 1;
  std::int64_t start_us = 0;
};

inline Writer writer_of(WriterKind kind, CallId call = -1) {
  Writer writer;
  writer.kind = kind;
  writer.call = call;
  return writer;
}

class Stage {
 public:
  // Takes copies of both contents.
  Stage(const Ground& ground, const Database& source, const Database& target);
  ~Stage();
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  const World& world() const { return ground_.world; }
  Backend& at(Side side) { return *backends_[index(side)]; }
  migration::MoveStatements& move(int number) { return moves_->at(number); }

  // Virtual time, which calls and moves see; it only goes on.
  Micros now;

  // What calls changed on a side since it was last asked: the roots of the moves from there.
  std::vector<RootKey> take_touched(Side side);

  // Told of a root that the other side does not take, and in which words.
  using Refused = std::function<void(const RootKey&, const std::string&)>;
  // Extracts these roots and loads or erases them on the other side. What changed there.
  Net carry(const std::vector<RootKey>& roots, const Refused& refused);
  using Loaded = std::function<void(int move, const migration::Batch&)>;
  // Every root of every move from a side, in the moves' order; `loaded` is told of each batch.
  void carry_all(Side from, const Refused& refused, const Loaded& loaded);
  // Erases a root on the other side. What changed there.
  Net erase(const RootKey& root, const Refused& refused);

 private:
  struct Ear;
  void carry_move(int move, const Refused& refused, const Loaded& loaded);
  void load(int move, const migration::Batch& batch, const Refused& refused);
  bool in_savepoint(Database& db, const RootKey& root, const Refused& refused,
                    const std::function<void()>& work);
  Net changes_at(Side side, const std::function<void()>& work);

  const Ground& ground_;
  PerSide<std::unique_ptr<Ear>> ears_;
  PerSide<std::unique_ptr<Backend>> backends_;
  std::unique_ptr<migration::MoveSet> moves_;
};

}  // namespace pindah::audit
