#include "migration/apply_batch.h"

#include <fmt/format.h>

#include <algorithm>

#include "selfcheck/invariants.h"

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
  std::size_t left_out = 0;                       // by a rule

 private:
  void erase(const Batch& batch) {
    for (const Value& key : batch.gone) {
      at = {batch.move, key};
      if (leaves_out(skip_.count(at) != 0)) continue;
      shared_.moves.at(batch.move).erase(key);
      written.emplace_back(at, true);
    }
  }

  void load(const Batch& batch) {
    MoveStatements& statements = shared_.moves.at(batch.move);
    for (std::size_t row = 0; row < statements.rows(batch); ++row) {
      at = {batch.move, statements.key(batch, row)};
      if (leaves_out(skip_.count(at) != 0 || missing(statements))) continue;
      statements.load(batch, row, rules_.conflict);
      written.emplace_back(at, false);
    }
  }

  bool leaves_out(bool yes) {
    left_out += yes ? 1 : 0;
    return yes;
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

std::size_t count_roots(Shared& shared, const Transfer& transfer) {
  std::size_t came = 0;
  for (const Batch& batch : transfer.batches)
    came += shared.moves.at(batch.move).rows(batch) + batch.gone.size();
  return came;
}

// Each root that was asked for came, and each that came was written or left out.
void check_sum(Shared& shared, const Transfer& transfer, const BatchApplier& applied) {
  const std::size_t came = count_roots(shared, transfer);
  const std::size_t done = applied.written.size() + applied.left_out;
  must_hold(
      came == done && came >= transfer.keys.size(), Invariant::roots_add_up, shared.now(), [&] {
        return fmt::format("{}: {} roots were asked for, {} came, {} were written, {} left out",
                           shared.name(transfer.service), transfer.keys.size(), came,
                           applied.written.size(), applied.left_out);
      });
}

// Everything that was captured since the chunk was read is still in a log.
bool knows_what_is_newer(const Shared& shared, const Transfer& transfer) {
  const ServiceState& service = shared.service(transfer.service);
  const Stream& stream = service.streams[index(transfer.origin)];
  const Changelog& doubles = service.dual.logs[index(transfer.origin)];
  const bool by_stream = stream.log.on() && stream.log.started_at() <= transfer.read_lsn &&
                         stream.retention == Micros{};
  const bool by_doubles = doubles.on() && doubles.started_at() <= transfer.read_lsn;
  return by_stream && (by_doubles || !doubles.on());
}

void check_newest(const Shared& shared, const Transfer& transfer, const RootKey& root,
                  const std::vector<Handover>& history) {
  const auto newest = std::find_if(history.rbegin(), history.rend(), [&](const Handover& one) {
    return one.side == transfer.origin && one.captured;
  });
  must_hold(newest == history.rend() || newest->lsn <= transfer.read_lsn, Invariant::newest_wins,
            shared.now(), [&] {
              return fmt::format("{} {}: read at {}, captured at {}", shared.name(transfer.service),
                                 to_text(root.key), transfer.read_lsn, newest->lsn);
            });
}

}  // namespace

std::string apply_batch(Shared& shared, Transfer& transfer, const ApplyRules& rules,
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
  check_sum(shared, transfer, applying);
  transfer.landed = static_cast<std::int64_t>(applying.written.size() + applying.left_out);
  const bool newest_wins = rules.kind == WriterKind::chunk &&
                           rules.conflict == CopyConflict::changelog_wins &&
                           knows_what_is_newer(shared, transfer);
  for (const auto& [root, erased] : applying.written) {
    const auto& history = shared.hand_over(transfer, root, rules.kind, erased);
    if (newest_wins) check_newest(shared, transfer, root, history);
  }
  return {};
}

void check_landed(Shared& shared, const Transfer& transfer) {
  if (!transfer.error.empty()) return;
  const std::size_t came = count_roots(shared, transfer);
  must_hold(static_cast<std::size_t>(transfer.landed) == came, Invariant::roots_add_up,
            shared.now(), [&] {
              return fmt::format("{}: {} roots set out, {} landed", shared.name(transfer.service),
                                 came, transfer.landed);
            });
}

}  // namespace pindah::migration
