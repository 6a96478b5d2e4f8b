#include "migration/verifier.h"

#include <algorithm>

#include "base/digest.h"
#include "selfcheck/invariants.h"

namespace pindah::migration {

namespace {

// Looks at a root of which changes are always on their way, before it counts as differing: a
// verifier that cannot settle a root must not say that it is equal.
constexpr int kWaitsMax = 60;
constexpr Micros kBetweenRounds = seconds(1);
constexpr std::size_t kRootsPerTrip = 200;
// A database that refuses to be read this often in a row: the verify is given up.

bool is_last(const Transfer& transfer) {
  return !transfer.range || transfer.range->roots < transfer.chunk ||
         transfer.range->to == transfer.end;
}

bool among(const std::vector<Value>& sorted, const Value& key) {
  return std::binary_search(sorted.begin(), sorted.end(), key);
}

}  // namespace

Verifier::Verifier(Shared& shared) : shared_(shared) {
  shared.transfers.serve(TransferKind::verify, *this);
}

void Verifier::start(StepId step, std::vector<ServiceId> services) {
  VerifyJob& job = jobs_[step];
  job = {};
  job.services = std::move(services);
  begin_service(job);
  next(step, job);
}

void Verifier::start_roots(StepId step, Side origin, std::vector<RootKey> roots,
                           bool before_fence) {
  VerifyJob& job = jobs_[step];
  job = {};
  job.at_cutover = job.ranges_done = true;
  job.before_fence = before_fence;
  job.origin = origin;
  const int rechecks = shared_.options<Verify>(step).rechecks;
  for (RootKey& root : roots)
    job.doubts.push_back({std::move(root), before_fence ? 0 : rechecks, kWaitsMax});
  next(step, job);
}

// Neither a sample, nor only as far as the copy is.
bool Verifier::looks_at_all(StepId step) const {
  const Verify& verify = shared_.options<Verify>(step);
  return verify.sample_ppm == kWhole && verify.cursor != VerifyCursor::copy;
}

void Verifier::begin_service(VerifyJob& job) {
  job.at_move = 0;
  job.ranges_done = false;
  job.after.reset();
  job.doubts.clear();
  job.again.clear();
  job.at_doubt = 0;
  job.compared = 0;
  job.found = {};
  job.from = shared_.backend(job.origin).lsn();
}

void Verifier::cancel(StepId step) {
  const auto found = jobs_.find(step);
  if (found == jobs_.end()) return;
  shared_.transfers.cancel(found->second.transfer);
  jobs_.erase(found);
}

void Verifier::handle(const Event& event) {
  const auto found = jobs_.find(StepId{event.entity});
  if (found == jobs_.end() || found->second.turn != event.b) return;
  next(found->first, found->second);
}

void Verifier::die() {
  for (auto& [step, job] : jobs_) {
    shared_.transfers.cancel(job.transfer);
    job.transfer = 0;
    ++job.turn;
  }
}

void Verifier::resume() {
  for (auto& [step, job] : jobs_) wait(step, job, shared_.now());
}

void Verifier::wait(StepId step, VerifyJob& job, Micros until) {
  shared_.push(until, verify_next, static_cast<std::uint64_t>(step), ++job.turn);
}

void Verifier::over(StepId step, bool well) {
  jobs_.erase(step);
  shared_.on_step_over(step, well);
}

void Verifier::next(StepId step, VerifyJob& job) {
  if (!job.at_cutover && shared_.gates.owner(job.services[job.at_service]) != job.origin) {
    shared_.tell_setback(
        step, PlanEventKind::aborted,
        {Why::owner_changed, Phase::verify, job.services[job.at_service], {}, {}, {}});
    return over(step, false);
  }
  job.read_started = shared_.now();
  if (!job.ranges_done) return next_range(step, job);
  if (job.at_doubt < job.doubts.size()) return next_doubts(step, job);
  round_over(step, job);
}

void Verifier::next_range(StepId step, VerifyJob& job) {
  const ServiceId service = job.services[job.at_service];
  const std::vector<int> moves = shared_.moves.of(service, job.origin);
  if (job.at_move >= moves.size()) {
    job.ranges_done = true;
    return round_over(step, job);
  }
  Transfer transfer;
  transfer.kind = TransferKind::verify;
  transfer.step = step;
  transfer.service = service;
  transfer.origin = job.origin;
  transfer.move = moves[job.at_move];
  transfer.after = job.after;
  if (shared_.options<Verify>(step).cursor == VerifyCursor::copy) {
    const auto& reached = shared_.service(service).copy.reached;
    const auto end = reached.find(transfer.move);
    if (end == reached.end()) return ++job.at_move, next(step, job);
    transfer.end = end->second;
  }
  transfer.chunk = std::max(1, shared_.options<Verify>(step).chunk);
  transfer.roots = transfer.chunk;
  job.transfer = shared_.transfers.start(std::move(transfer));
}

void Verifier::next_doubts(StepId step, VerifyJob& job) {
  Transfer transfer;
  transfer.kind = TransferKind::verify;
  transfer.step = step;
  transfer.origin = job.origin;
  const auto service_of_doubt = [&](std::size_t i) {
    return shared_.world.moves[static_cast<std::size_t>(job.doubts[i].root.move)].service;
  };
  transfer.service = service_of_doubt(job.at_doubt);
  const std::size_t end = std::min(job.doubts.size(), job.at_doubt + kRootsPerTrip);
  for (std::size_t i = job.at_doubt; i < end && service_of_doubt(i) == transfer.service; ++i)
    transfer.keys.push_back(job.doubts[i].root);
  transfer.roots = static_cast<std::int64_t>(transfer.keys.size());
  job.transfer = shared_.transfers.start(std::move(transfer));
}

Next Verifier::read(Transfer& transfer) {
  transfer.error = transfer.keys.empty() ? shared_.reading(transfer.origin, transfer.service,
                                                           [&] { read_range(transfer); })
                                         : shared_.extract_roots(transfer);
  transfer.read_lsn = shared_.backend(transfer.origin).lsn();
  transfer.was_read = true;
  return transfer.error.empty() ? Next::on : Next::over;
}

void Verifier::read_range(Transfer& transfer) {
  MoveStatements& statements = shared_.moves.at(transfer.move);
  Batch& batch = transfer.batches.emplace_back();
  batch.move = transfer.move;
  transfer.range = statements.next_chunk(transfer.after, transfer.end, transfer.chunk);
  if (transfer.range)
    transfer.roots = static_cast<std::int64_t>(
        statements.extract(transfer.range->from, transfer.range->to, batch));
}

Next Verifier::write(Transfer& transfer) {
  transfer.error =
      shared_.reading(other(transfer.origin), transfer.service, [&] { compare(transfer); });
  return transfer.error.empty() ? Next::on : Next::over;
}

void Verifier::compare(Transfer& transfer) {
  const Stream& stream = shared_.stream(transfer.service, transfer.origin);
  const std::uint64_t settled = std::min(transfer.read_lsn, stream.position);
  const Verify& verify = shared_.options<Verify>(transfer.step);
  std::set<RootKey> moving;
  // Without an applier nothing is on its way: what has changed differs.
  if (stream.applying) moving = stream.log.changed_after(settled, transfer.move);
  moving.merge(shared_.service(transfer.service).dual.moving(transfer.origin, transfer.read_lsn));
  if (verify.rechecks == 0) moving.clear();
  for (const Batch& batch : transfer.batches) compare_rows(transfer, batch, moving);
  if (transfer.keys.empty()) compare_absent(transfer, moving);
}

// A sample goes by the root, so that a second look sees the same.
bool Verifier::sampled(Transfer& transfer, const RootKey& root) const {
  const Verify& verify = shared_.options<Verify>(transfer.step);
  const bool all = verify.sample_ppm == kWhole || !transfer.keys.empty();
  const bool taken =
      all || shared_.draws.below(kWhole, Domain::migration, hash64(to_text(root.key)),
                                 static_cast<std::uint64_t>(root.move),
                                 purpose("sample")) < static_cast<std::uint64_t>(verify.sample_ppm);
  if (taken) ++transfer.compared;
  return taken;
}

// Of the first row of a move that is found equal.
void Verifier::try_comparison(const Batch& batch, std::size_t row) {
  const std::string column = shared_.moves.at(batch.move).blind_to(batch, row);
  must_hold(column.empty(), Invariant::comparison_sees, shared_.now(), [&] {
    const Move& move = shared_.world.moves[static_cast<std::size_t>(batch.move)];
    return "column " + column + " of move " + move.name;
  });
}

void Verifier::compare_rows(Transfer& transfer, const Batch& batch,
                            const std::set<RootKey>& moving) {
  MoveStatements& statements = shared_.moves.at(batch.move);
  RootKey root{batch.move, {}};
  for (std::size_t row = 0; row < statements.rows(batch); ++row) {
    root.key = statements.key(batch, row);
    if (!sampled(transfer, root)) continue;
    if (moving.count(root) != 0)
      transfer.unsettled.push_back(root);
    else if (!statements.holds(batch, row))
      transfer.differ.push_back(root);
    else if (tried_.insert(batch.move).second)
      try_comparison(batch, row);
  }
  for (const Value& key : batch.gone) {
    root.key = key;
    if (moving.count(root) != 0)
      transfer.unsettled.push_back(root);
    else if (!statements.present(key, key).empty())
      transfer.differ.push_back(root);
  }
}

// Roots that the destination holds between the last chunk and this one's end, and the origin does
// not. The last chunk of a move reaches to the end of all keys.
void Verifier::compare_absent(Transfer& transfer, const std::set<RootKey>& moving) {
  MoveStatements& statements = shared_.moves.at(transfer.move);
  const Batch& batch = transfer.batches.front();
  std::vector<Value> known;
  for (std::size_t row = 0; row < statements.rows(batch); ++row)
    known.push_back(statements.key(batch, row));
  if (transfer.after) known.push_back(*transfer.after);
  if (!std::is_sorted(known.begin(), known.end())) std::sort(known.begin(), known.end());
  const std::optional<Value> until =
      is_last(transfer) ? transfer.end : std::optional(transfer.range->to);
  for (const Value& key : statements.present(transfer.after, until)) {
    const RootKey root{transfer.move, key};
    if (among(known, key) || !sampled(transfer, root)) continue;
    (moving.count(root) != 0 ? transfer.unsettled : transfer.differ).push_back(root);
  }
}

void Verifier::back(Transfer transfer) {
  const auto found = jobs_.find(transfer.step);
  ensure(found != jobs_.end(), "a comparison comes back to a verify that is over");
  VerifyJob& job = found->second;
  job.transfer = 0;
  if (!transfer.error.empty()) {
    if (++job.failures < kFailuresMax) return wait(transfer.step, job, shared_.now() + kRetry);
    shared_.tell_setback(transfer.step, PlanEventKind::aborted,
                         {Why::refused, Phase::verify, transfer.service, {}, {}, transfer.error});
    return over(transfer.step, false);
  }
  job.failures = 0;
  if (transfer.keys.empty())
    take_range(job, transfer);
  else
    take_doubts(job, transfer);
  const std::int64_t speed = shared_.options<Verify>(transfer.step).compared_per_second;
  const std::int64_t roots =
      transfer.range ? transfer.range->roots : static_cast<std::int64_t>(transfer.keys.size());
  const Micros due = job.read_started + Micros{speed > 0 ? roots * 1'000'000 / speed : 0};
  if (due > shared_.now() && !job.at_cutover) return wait(transfer.step, job, due);
  next(transfer.step, job);
}

void Verifier::take_range(VerifyJob& job, const Transfer& transfer) {
  std::size_t rows = 0;
  for (const Batch& batch : transfer.batches) rows += shared_.moves.at(batch.move).rows(batch);
  must_hold(shared_.options<Verify>(transfer.step).sample_ppm != kWhole ||
                transfer.compared >= static_cast<std::int64_t>(rows),
            Invariant::comparison_sees, shared_.now(),
            [&] { return "of " + std::to_string(rows) + " rows not all were compared"; });
  job.compared += transfer.compared;
  for (const RootKey& root : transfer.differ) {
    if (shared_.options<Verify>(transfer.step).rechecks == 0)
      mismatch(job, root, true);
    else
      job.again.push_back({root, 0, 0});
  }
  for (const RootKey& root : transfer.unsettled) job.again.push_back({root, 0, 0});
  if (is_last(transfer)) {
    ++job.at_move;
    job.after.reset();
  } else {
    job.after = transfer.range->to;
  }
}

void Verifier::take_doubts(VerifyJob& job, const Transfer& transfer) {
  for (std::size_t i = 0; i < transfer.keys.size(); ++i) {
    Doubt doubt = job.doubts[job.at_doubt + i];
    const auto in = [&doubt](const std::vector<RootKey>& roots) {
      return std::find(roots.begin(), roots.end(), doubt.root) != roots.end();
    };
    if (in(transfer.differ)) {
      if (++doubt.differed > shared_.options<Verify>(transfer.step).rechecks)
        mismatch(job, doubt.root, true);
      else
        job.again.push_back(std::move(doubt));
    } else if (job.before_fence) {
      if (!in(transfer.unsettled)) settle(transfer, doubt.root);
    } else if (in(transfer.unsettled)) {
      if (++doubt.waited <= kWaitsMax)
        job.again.push_back(std::move(doubt));
      else if (!job.at_cutover)  // there it changed after the stop position: not the cutover's
        mismatch(job, doubt.root, false);
    }
  }
  const bool differs =
      std::any_of(transfer.keys.begin(), transfer.keys.end(), [&](const RootKey& key) {
        return std::find(transfer.differ.begin(), transfer.differ.end(), key) !=
               transfer.differ.end();
      });
  const bool missed = differs && job.at_cutover && !job.before_fence && job.found.mismatches == 0;
  must_hold(!missed, Invariant::comparison_sees, shared_.now(),
            [] { return std::string("a row that differs under the fence does not count"); });
  job.compared += job.at_cutover ? static_cast<std::int64_t>(transfer.keys.size()) : 0;
  job.at_doubt += transfer.keys.size();
}

// Unless it has changed again since.
void Verifier::settle(const Transfer& transfer, const RootKey& root) {
  auto& uncompared = shared_.service(transfer.service).uncompared[index(transfer.origin)];
  const auto found = uncompared.find(root);
  if (found != uncompared.end() && found->second <= transfer.read_lsn) uncompared.erase(found);
}

void Verifier::mismatch(VerifyJob& job, const RootKey& root, bool at_rest) {
  if (job.found.mismatches++ == 0) job.found.first = Mismatch{root.move, root.key, at_rest};
}

// Everything has been looked at once more; what is still in doubt waits for the next round.
void Verifier::round_over(StepId step, VerifyJob& job) {
  job.doubts = std::exchange(job.again, {});
  std::stable_sort(job.doubts.begin(), job.doubts.end(),
                   [](const Doubt& a, const Doubt& b) { return a.root < b.root; });
  job.at_doubt = 0;
  if (job.doubts.empty()) return service_done(step, job);
  wait(step, job, shared_.now() + kBetweenRounds);
}

void Verifier::service_done(StepId step, VerifyJob& job) {
  const bool equal = job.found.mismatches == 0;
  if (job.at_cutover) return over(step, equal);
  job.found.finished = true;
  const ServiceId service = job.services[job.at_service];
  shared_.service(service).verified = job.found;
  if (equal && looks_at_all(step)) shared_.service(service).found_equal(job.origin, job.from);
  PlanEvent event;
  event.kind = PlanEventKind::phase;
  event.step = step;
  event.service = service;
  event.phase = Phase::verified;
  event.compared = Findings{job.compared, job.found.mismatches, job.found.first, {}};
  shared_.tell(std::move(event));
  if (++job.at_service >= job.services.size()) return over(step, true);
  begin_service(job);
  wait(step, job, shared_.now());
}

}  // namespace pindah::migration
