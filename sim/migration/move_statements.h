// One move, prepared on both sides: finds chunks, extracts, loads, erases, checks.
// Every function runs SQL at once and may throw SqlFailure; callers are inside Backend::transact.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "migration/batch.h"
#include "platform/backend.h"
#include "scenario/steps/copy.h"
#include "world/world.h"

namespace pindah::migration {

// A range of root keys, both ends included.
struct KeyRange {
  Value from, to;
  std::int64_t roots = 0;  // keys of the root table in it
  template <class A>
  void archive(A& a) {
    a(from, to, roots);
  }
};

class MoveStatements {
 public:
  // Prepares at once; the backends have started and outlive it. Throws WorldFault.
  MoveStatements(const World& world, int move, const PerSide<Backend*>& backends,
                 const Constants& constants);

  std::size_t columns() const { return move_.columns.size(); }
  std::size_t rows(const Batch& batch) const { return batch.cells.size() / columns(); }
  Value key(const Batch& batch, std::size_t row) const { return batch.cells[row * columns()]; }

  // On the origin. All roots there are now; nothing when there are none.
  std::optional<KeyRange> survey();
  // The next `n` roots (-1: all) above `after` (no value: from the very first on) and not above
  // `end` (no value: without end). Finds the chunk's last key first, so that a root is never cut in
  // two.
  std::optional<KeyRange> next_chunk(const std::optional<Value>& after,
                                     const std::optional<Value>& end, int n);
  // Appends the rows of the range to the batch; how many.
  std::size_t extract(const Value& from, const Value& to, Batch& batch);
  // One root by its key: a row, or an entry in `gone`.
  void extract_root(const Value& key, Batch& batch);

  // On the destination. What a row that is there already means is the rule's business
  // (changelog_wins: as upsert). Throws SqlFailure where it is `fail`.
  void load(const Batch& batch, std::size_t row, CopyConflict rule = CopyConflict::upsert);
  bool holds_root(const Value& key) { return !present(key, key).empty(); }
  void erase(const Value& key);
  // What it holds for the row's root equals the row, in every column that `check` yields.
  bool holds(const Batch& batch, std::size_t row);
  // The column that `check` yields and in which a row that it holds could differ without being
  // found out; empty: there is none.
  std::string blind_to(const Batch& batch, std::size_t row);
  // Keys of the origin that it holds in the range. An end without a value is open.
  std::vector<Value> present(const std::optional<Value>& from, const std::optional<Value>& to);

 private:
  // A statement of the move and which column of the extracted row fills which parameter.
  struct Filled {
    BoundStatement bound;
    std::vector<std::pair<int, std::size_t>> fill;
  };
  Filled fill(const Database& db, const SqlText& text, const World& world,
              const Constants& constants) const;
  void run(Filled& filled, const Batch& batch, std::size_t row);
  void present_between(const Value& from, const Value& to, std::vector<Value>& keys);

  const Move& move_;
  Statement first_chunk_, next_chunk_, first_chunk_to_, next_chunk_to_;
  BoundStatement extract_, present_;
  std::vector<Filled> load_;
  std::vector<BoundStatement> erase_;
  BoundStatement check_;
  std::vector<std::size_t> checked_;  // by column of `check`: column of the extracted row
};

// The moves of a world, each prepared when it is first used, so that a restored universe prepares
// nothing that it does not need.
class MoveSet {
 public:
  MoveSet(const World& world, PerSide<Backend*> backends, Constants constants);
  MoveStatements& at(int move);
  // The moves of a service that start at a side, in their order.
  std::vector<int> of(ServiceId service, Side from) const;

 private:
  const World& world_;
  PerSide<Backend*> backends_;
  Constants constants_;
  std::vector<std::unique_ptr<MoveStatements>> moves_;
};

}  // namespace pindah::migration
