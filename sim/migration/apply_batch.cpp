#include "migration/apply_batch.h"

#include <fmt/format.h>

#include <algorithm>

namespace pindah::migration {

namespace {

class BatchApplier {
 public:
  BatchApplier(Shared& shared, const Transfer& transfer, const ApplyRules& rules,
               const std::set<RootKey>& skip)
      : shared_(shared), transfer_(transfer), rules_(rules), skip_(skip) {}

  // What is gone goes first and backwards, so that a key or a parent is free when its successor
  // comes.
  void work() {
    if (!rules_.in_order)
      for (auto batch = transfer_.batches.rbegin(); batch != transfer_.batches.rend(); ++batch)
        erase(*batch);
    for (const Batch& batch : transfer_.batches) {
      if (rules_.in_order) erase(batch);
      load(batch);
    }
  }

  RootKey at;                                     // where it stands, for the message of an error
  std::vector<std::pair<RootKey, bool>> written;  // true: it was erased

 private:
  void erase(const Batch& batch) {
    for (const Value& key : batch.gone) {
      at = {batch.move, key};
      if (skip_.count(at) != 0) continue;
      shared_.moves.at(batch.move).erase(key);
      written.emplace_back(at, true);
    }
  }

  void load(const Batch& batch) {
    MoveStatements& statements = shared_.moves.at(batch.move);
    for (std::size_t row = 0; row < statements.rows(batch); ++row) {
      at = {batch.move, statements.key(batch, row)};
      if (skip_.count(at) != 0 || missing(statements)) continue;
      statements.load(batch, row, rules_.conflict);
      written.emplace_back(at, false);
    }
  }

  bool missing(MoveStatements& statements) const {
    if (rules_.missing == MissingRow::insert) return false;
    const auto& created = transfer_.created;
    if (std::find(created.begin(), created.end(), at) != created.end()) return false;
    if (statements.holds_root(at.key)) return false;
    if (rules_.missing == MissingRow::fail)
      throw SqlFailure(SQLITE_NOTFOUND, -1, "a change of a row that is not there");
    return true;
  }

  Shared& shared_;
  const Transfer& transfer_;
  const ApplyRules& rules_;
  const std::set<RootKey>& skip_;
};

}  // namespace

std::string apply_batch(Shared& shared, const Transfer& transfer, const ApplyRules& rules,
                        const std::set<RootKey>& skip) {
  Writer writer;
  writer.kind = rules.kind;
  writer.lsn = transfer.read_lsn;
  BatchApplier applying(shared, transfer, rules, skip);
  Backend& destination = shared.backend(other(transfer.origin));
  const Ran ran = destination.transact(transfer.service, shared.now(), writer,
                                       [&applying] { applying.work(); });
  if (ran.end != RanEnd::ok)
    return fmt::format("{} (root {})", ran.reason, to_text(applying.at.key));
  for (const auto& [root, erased] : applying.written)
    shared.hand_over(transfer, root, rules.kind, erased);
  return {};
}

}  // namespace pindah::migration
