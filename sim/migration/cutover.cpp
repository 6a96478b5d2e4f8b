#include "migration/cutover.h"

#include <fmt/format.h>

#include <algorithm>

#include "selfcheck/invariants.h"

namespace pindah::migration {

namespace {

// How often a drain looks whether the last write has committed.
constexpr Micros kDrainPoll = millis(5);
// What has changed since it was last compared is compared before the fence closes, again and again,
// until no more than this is left for the time under the fence; at most so often, so long apart.
constexpr std::size_t kRestMost = 100;
constexpr int kRoundsMost = 20;
constexpr Micros kBetweenCompares = millis(500);

}  // namespace

Cutovers::Cutovers(Shared& shared, Applier& applier, Copier& copier, Verifier& verifier)
    : shared_(shared), applier_(applier), copier_(copier), verifier_(verifier) {
  shared.transfers.serve(TransferKind::position, *this);
}

Cutovers::SwitchPlan Cutovers::planned(StepId step) const {
  const PlanStep& plan = shared_.step(step);
  if (const Rollback* rollback = plan.as<Rollback>()) {
    SwitchPlan back{Side::target, rollback->fence};
    back.catches_up = rollback->failback;
    return back;
  }
  const Cutover& cutover = plan.options<Cutover>();
  SwitchPlan over{Side::source, cutover.fence};
  over.copies = cutover.copy == CopyWhen::under_fence;
  over.verifies = cutover.verify;
  over.streams_back = cutover.reverse;
  over.forwards_callbacks = cutover.forward_callbacks;
  over.share = {cutover.share_ppm, static_cast<std::uint8_t>(cutover.by)};
  return over;
}

bool Cutovers::busy(StepId step) const {
  return std::any_of(services(step).begin(), services(step).end(),
                     [this](ServiceId id) { return shared_.service(id).in_cutover; });
}

void Cutovers::tell_phase(StepId step, Phase phase) {
  for (ServiceId id : services(step)) shared_.tell(step, PlanEventKind::phase, id, phase);
}

// What the fence closes on, and what it has held when it opens: how hard the cutover was tried.
void Cutovers::tell_fence(StepId step, Side from, bool closes) {
  const Gates& gates = shared_.gates;
  PlanEvent event;
  event.kind = PlanEventKind::phase;
  event.step = step;
  event.phase = closes ? Phase::fence : Phase::release;
  for (ServiceId id : services(step)) {
    event.service = id;
    event.count = closes ? gates.writes_in_flight(id, from) : gates.held(id);
    shared_.tell(event);
  }
}

Phase Cutovers::first(StepId step) const {
  return planned(step).fence.position == PositionWhen::before_drain ? Phase::position
                                                                    : Phase::drain;
}

Phase Cutovers::after(StepId step, Phase phase) const {
  const bool early = first(step) == Phase::position;
  if (phase == Phase::position && early) return Phase::drain;
  if (phase == Phase::copy && early) return Phase::catch_up;
  return static_cast<Phase>(static_cast<int>(phase) + 1);  // Phase is in the order of a safe one
}

void Cutovers::enter(StepId step, CutoverJob& job, Phase phase) {
  job.phase = phase;
  job.entered = false;
  if (phase == Phase::switch_over) tell_phase(step, Phase::switch_over);
}

void Cutovers::start(StepId step) {
  CutoverJob& job = jobs_[step];
  job = {};
  job.from = planned(step).from;
  for (ServiceId id : services(step)) shared_.service(id).in_cutover = true;
  forget_shared(step, job);
  compare_before(step, job);
}

// What a share of the other side's has changed since comes back by a stream of its own: while both
// sides are written, only what is on its way at the fence can be held against the other side.
void Cutovers::forget_shared(StepId step, const CutoverJob& job) {
  for (ServiceId id : services(step)) {
    ServiceState& service = shared_.service(id);
    if (shared_.gates.shared_out(id).ppm > 0)
      service.found_equal(job.from, service.streams[index(job.from)].position);
  }
}

// Without anything that brings changes over by itself, what has changed is not there before the
// fence has closed and all has caught up.
bool Cutovers::can_compare(StepId step, const CutoverJob& job) const {
  const SwitchPlan plan = planned(step);
  return plan.verifies && plan.catches_up &&
         std::all_of(services(step).begin(), services(step).end(), [&](ServiceId id) {
           const ServiceState& service = shared_.service(id);
           return service.streams[index(job.from)].applying || service.dual.step != StepId::none;
         });
}

void Cutovers::compare_before(StepId step, CutoverJob& job) {
  std::vector<RootKey> roots = uncompared(step, job.from, UINT64_MAX);
  if (!can_compare(step, job) || roots.size() <= kRestMost || job.rounds == kRoundsMost)
    return close_fence(step, job);
  ++job.rounds;
  tell_compared(step, Phase::compare, roots);
  verifier_.start_roots(step, job.from, std::move(roots), true);
}

void Cutovers::close_fence(StepId step, CutoverJob& job) {
  const SwitchPlan plan = planned(step);
  forget_shared(step, job);
  job.fenced = true;
  job.fenced_at = shared_.now();
  shared_.on_act(step);
  tell_fence(step, job.from, true);
  for (ServiceId id : services(step)) {
    shared_.gates.fence(id, plan.fence.does, plan.fence.hold_at_most, shared_.now());
  }
  shared_.push(shared_.now() + plan.fence.freeze_at_most, freeze_limit,
               static_cast<std::uint64_t>(step), 0);
  enter(step, job, first(step));
  advance(step);
}

void Cutovers::handle(const Event& event) {
  const StepId step = StepId{event.entity};
  const auto found = jobs_.find(step);
  if (found == jobs_.end()) return;
  if (event.kind == freeze_limit) return at_limit(step, found->second);
  if (!found->second.fenced) return compare_before(step, found->second);
  advance(step);
}

// On from phase to phase, as far as nothing has to be waited for.
void Cutovers::advance(StepId step) {
  if (shared_.dead) return;
  CutoverJob& job = jobs_.at(step);
  while (job.phase != Phase::switch_over) {
    if (!passed(step, job)) return;
    enter(step, job, after(step, job.phase));
  }
  switch_over(step, job);
}

bool Cutovers::passed(StepId step, CutoverJob& job) {
  switch (job.phase) {
    case Phase::drain:
      return drained(step, job);
    case Phase::copy:
      return copied(step, job);
    case Phase::position:
      return position_read(step, job);
    case Phase::catch_up:
      return caught_up(step, job);
    case Phase::verify:
      return verified(step, job);
    default:
      break;
  }
  return true;
}

bool Cutovers::drained(StepId step, CutoverJob& job) {
  if (!planned(step).fence.drain) return true;
  if (!job.entered) tell_phase(step, job.phase);
  job.entered = true;
  const Gates& gates = shared_.gates;
  for (ServiceId id : services(step)) {
    if (gates.writes_in_flight(id, job.from) == 0) continue;
    shared_.push(shared_.now() + kDrainPoll, drain_poll, static_cast<std::uint64_t>(step), 0);
    return false;
  }
  return true;
}

bool Cutovers::copied(StepId step, CutoverJob& job) {
  if (!planned(step).copies) return true;
  if (job.entered) return false;
  job.entered = true;
  tell_phase(step, job.phase);
  copier_.start(step, services(step), true);
  return false;
}

bool Cutovers::position_read(StepId step, CutoverJob& job) {
  if (job.entered) return false;
  job.entered = true;
  tell_phase(step, job.phase);
  Transfer transfer;
  transfer.kind = TransferKind::position;
  transfer.step = step;
  transfer.service = services(step).front();
  transfer.origin = job.from;
  job.transfer = shared_.transfers.start(std::move(transfer));
  return false;
}

Next Cutovers::read(Transfer& transfer) {
  transfer.read_lsn = shared_.backend(transfer.origin).lsn();
  return Next::over;
}

void Cutovers::back(Transfer transfer) {
  CutoverJob& job = jobs_.at(transfer.step);
  job.transfer = 0;
  job.stop = transfer.read_lsn;
  for (ServiceId id : services(transfer.step)) applier_.limit(id, job.from, job.stop);
  enter(transfer.step, job, after(transfer.step, Phase::position));
  advance(transfer.step);
}

bool Cutovers::caught_up(StepId step, CutoverJob& job) {
  if (!planned(step).catches_up) return true;
  if (!job.entered) tell_phase(step, job.phase);
  bool all = true;
  for (const ServiceId id : services(step)) {
    Stream& stream = shared_.stream(id, job.from);
    if (!shared_.service(id).dual.outstanding.empty()) all = false;
    if (!stream.log.on()) continue;
    if (!job.entered && !stream.applying) start_stream(id, job.from, step);
    if (!job.entered) applier_.limit(id, job.from, job.stop);
    std::uint64_t upto = 0;
    if (stream.log.take(stream.position, job.stop, 1, upto).empty()) continue;
    if (!job.entered) applier_.hurry(id, job.from);
    all = false;
  }
  job.entered = true;
  return all;
}

// Of all its services, up to an LSN.
std::vector<RootKey> Cutovers::uncompared(StepId step, Side from, std::uint64_t upto) const {
  std::vector<RootKey> roots;
  for (const ServiceId id : services(step))
    for (const auto& [root, lsn] : shared_.service(id).uncompared[index(from)])
      if (lsn <= upto) roots.push_back(root);
  return roots;
}

void Cutovers::tell_compared(StepId step, Phase phase, const std::vector<RootKey>& roots) {
  PlanEvent event;
  event.kind = PlanEventKind::phase;
  event.step = step;
  event.phase = phase;
  for (ServiceId id : services(step)) {
    event.service = id;
    event.count = std::count_if(roots.begin(), roots.end(), [&](const RootKey& root) {
      return shared_.world.moves[static_cast<std::size_t>(root.move)].service == id;
    });
    shared_.tell(event);
  }
}

bool Cutovers::verified(StepId step, CutoverJob& job) {
  if (!planned(step).verifies) return true;
  if (job.entered) return false;
  std::vector<RootKey> roots = uncompared(step, job.from, job.stop);
  tell_compared(step, job.phase, roots);
  if (roots.empty()) return true;
  job.entered = true;
  verifier_.start_roots(step, job.from, std::move(roots), false);
  return false;
}

void Cutovers::applied(ServiceId id) {
  if (!shared_.service(id).in_cutover) return;
  for (auto& [step, job] : jobs_) {
    const std::vector<ServiceId>& mine = services(step);
    if (job.phase != Phase::catch_up || std::find(mine.begin(), mine.end(), id) == mine.end())
      continue;
    return advance(step);
  }
}

void Cutovers::part_over(StepId step, bool well) {
  CutoverJob& job = jobs_.at(step);
  if (!well) return abort(step, job.phase == Phase::copy ? Why::copy_failed : Why::differs);
  if (!job.fenced) {
    shared_.push(shared_.now() + kBetweenCompares, drain_poll, static_cast<std::uint64_t>(step), 0);
    return;
  }
  enter(step, job, after(step, job.phase));
  advance(step);
}

void Cutovers::start_stream(ServiceId id, Side origin, StepId step) {
  Stream& stream = shared_.stream(id, origin);
  if (!stream.log.on()) {
    stream.log.start(shared_.backend(origin).lsn());
    stream.position = stream.taken = stream.log.started_at();
  }
  if (stream.applying) return;
  stream.begun_by = step;
  applier_.start(id, origin, StepId::none);
}

void Cutovers::hand_service_over(StepId step, const CutoverJob& job, ServiceId id) {
  const SwitchPlan plan = planned(step);
  Gates& gates = shared_.gates;
  if (plan.forwards_callbacks) gates.forward_callbacks(id, true);
  if (plan.share.ppm < kWhole) return hand_share_over(step, job, id);
  gates.set_owner(id, other(job.from), shared_.now());
  applier_.stop(id, job.from);
  Stream& old = shared_.stream(id, job.from);
  old.log.stop();
  for (const StepId ended : {old.capture_step, old.apply_step})
    if (ended != StepId::none) shared_.tell_over(ended, id, step);
  old.capture_step = old.apply_step = StepId::none;
  Stream& back = shared_.stream(id, other(job.from));
  back.poll = old.poll;
  back.batch = old.batch;
  // What is written twice needs no stream back.
  if (plan.streams_back && shared_.service(id).dual.step == StepId::none)
    start_stream(id, other(job.from), step);
  shared_.service(id).verified = {};
  shared_.service(id).uncompared = {};
}

// The rest stays where it is, so that both sides are written from now on, and both streams run.
void Cutovers::hand_share_over(StepId step, const CutoverJob& job, ServiceId id) {
  const SwitchPlan plan = planned(step);
  shared_.gates.share_out(id, plan.share, shared_.now());
  if (shared_.stream(id, job.from).applying) applier_.go_easy(id, job.from);
  if (plan.streams_back) start_stream(id, other(job.from), step);
}

// A share is of what the source owns; a step without a fence may have made the target the owner
// meanwhile.
bool Cutovers::owner_changed(StepId step) const {
  if (planned(step).share.ppm == kWhole) return false;
  return std::any_of(services(step).begin(), services(step).end(),
                     [this](ServiceId id) { return shared_.gates.owner(id) != Side::source; });
}

// What the plan has not taken out has been done by now.
void Cutovers::check_hand_over(StepId step, const CutoverJob& job, ServiceId id) const {
  const SwitchPlan plan = planned(step);
  const ServiceState& service = shared_.service(id);
  const Stream& stream = service.streams[index(job.from)];
  const std::uint64_t written = service.last_write[index(job.from)];
  const std::uint64_t captured = service.last_captured[index(job.from)];
  const std::int64_t in_flight = shared_.gates.writes_in_flight(id, job.from);
  const auto where = [&] {
    return fmt::format("{}: {} writes in flight, last write {}, captured {}, stop {}, position {}",
                       shared_.name(id), in_flight, written, captured, job.stop, stream.position);
  };
  if (!plan.fence.drain) return;
  must_hold(in_flight == 0, Invariant::drained, shared_.now(), where);
  if (plan.fence.position == PositionWhen::before_drain) return;
  must_hold(written <= job.stop, Invariant::stop_last, shared_.now(), where);
  const bool carried = plan.catches_up && stream.applying && stream.retention == Micros{};
  const bool of_it = carried && captured > stream.log.started_at();
  must_hold(!of_it || captured <= stream.position, Invariant::caught_up, shared_.now(), where);
}

void Cutovers::switch_over(StepId step, const CutoverJob& job) {
  if (owner_changed(step)) return abort(step, Why::owner_changed);
  for (ServiceId id : services(step)) {
    check_hand_over(step, job, id);
    if (planned(step).fence.drain) shared_.service(id).drained_at[index(job.from)] = shared_.now();
  }
  for (ServiceId id : services(step)) hand_service_over(step, job, id);
  for (ServiceId id : services(step)) {
    const bool over = planned(step).share.ppm < kWhole || shared_.gates.owner(id) != job.from;
    must_hold(over, Invariant::handed_over, shared_.now(), [&] { return shared_.name(id); });
  }
  release(step, job.from);
  jobs_.erase(step);
  shared_.on_step_over(step, true);
}

void Cutovers::release(StepId step, Side from) {
  tell_fence(step, from, false);
  for (ServiceId id : services(step)) {
    shared_.service(id).in_cutover = false;
    shared_.gates.release(id, shared_.sim);
  }
}

// A fence that nobody looked after stood closed: nobody knows what happened meanwhile. Before it
// closed nothing is lost: the verifier goes on, or, between two looks, the next one comes.
void Cutovers::resume() {
  for (const PlanStep& step : shared_.scenario.plan) {
    const auto job = jobs_.find(step_id(step.name));
    if (job == jobs_.end()) continue;
    if (job->second.fenced)
      abort(job->first, Why::migrator_killed);
    else if (!verifier_.running(job->first))
      shared_.push(shared_.now(), drain_poll, static_cast<std::uint64_t>(job->first), 0);
  }
}

// The fence opens, the old owner goes on, and so does the applier; nothing has been lost.
void Cutovers::abort(StepId step, Why why) {
  const CutoverJob job = jobs_.at(step);
  jobs_.erase(step);
  shared_.transfers.cancel(job.transfer);
  copier_.cancel(step);
  verifier_.cancel(step);
  for (ServiceId id : services(step))
    if (shared_.stream(id, job.from).applying) applier_.go_easy(id, job.from);
  if (job.fenced) release(step, job.from);
  for (ServiceId id : services(step)) shared_.service(id).in_cutover = false;
  for (ServiceId id : services(step))
    shared_.tell_setback(step, PlanEventKind::aborted, {why, job.phase, id, {}, {}, {}});
  shared_.on_step_over(step, false);
}

void Cutovers::at_limit(StepId step, CutoverJob& job) {
  if (planned(step).fence.at_limit == AtLimit::abort) return abort(step, Why::freeze_limit);
  for (ServiceId id : services(step))
    shared_.tell_setback(step, PlanEventKind::waiting,
                         {Why::freeze_limit, job.phase, id, {}, {}, {}});
}

}  // namespace pindah::migration
