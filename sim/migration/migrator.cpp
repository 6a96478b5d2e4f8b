#include "migration/migrator.h"

#include <algorithm>

#include "base/archive.h"
#include "migration/applier.h"
#include "migration/copier.h"
#include "migration/cutover.h"
#include "migration/dual_writer.h"
#include "migration/operator_view.h"
#include "migration/plan_runner.h"
#include "migration/shadow_reader.h"
#include "migration/shared.h"
#include "migration/verifier.h"
#include "selfcheck/invariants.h"

namespace pindah {

using namespace migration;

namespace migration {

// Hears what the plan does before the observers do: why a step was aborted is what unfinished()
// says of it.
class Teller : public Observer {
 public:
  explicit Teller(Observer& others) : others_(others) {}
  void plan(const PlanEvent& event) override {
    if (heard) heard(event);
    others_.plan(event);
  }
  std::function<void(const PlanEvent&)> heard;

 private:
  Observer& others_;
};

}  // namespace migration

struct Migrator::Impl {
  explicit Impl(MigrationSite site);
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void handle(const Event& event);
  void handle_migration(const Event& event);
  bool committed(const Commit& commit, const std::vector<RootKey>& roots);
  Carried carried(ServiceId service, Side origin) const;
  std::vector<LogEntry> entries_of(const Commit& commit, const Stream& stream,
                                   const std::vector<RootKey>& roots);
  bool creates(const Commit& commit, const RootKey& root) const;
  void note_uncompared(const Commit& commit, const std::vector<RootKey>& roots);
  void check_drained(const Commit& commit, const ServiceState& service) const;
  void check_logged(const Commit& commit, const Changelog& log, std::size_t roots) const;
  void die();
  void resume();

  Teller teller;
  Shared shared;
  CommitRate commits;
  OperatorView view;
  Applier applier;
  Copier copier;
  Verifier verifier;
  DualWriter dual_writer;
  ShadowReader shadow_reader;
  Cutovers cutovers;
  PlanRunner plan;
};

Migrator::Impl::Impl(MigrationSite site)
    : teller(site.observer),
      shared(site, teller),
      view(shared, commits),
      applier(shared),
      copier(shared),
      verifier(shared),
      dual_writer(shared),
      shadow_reader(shared),
      cutovers(shared, applier, copier, verifier),
      plan(shared, view, {applier, copier, verifier, dual_writer, shadow_reader, cutovers}) {
  copier.holds = [this](const Expression& e) { return view.holds(e); };
  shared.on_applied = [this](ServiceId id, Side) { cutovers.applied(id); };
  shared.on_step_over = [this](StepId step, bool well) {
    if (cutovers.running(step))
      cutovers.part_over(step, well);
    else
      plan.step_over(step, well);
  };
  shared.on_act = [this](StepId step) { plan.acts(step); };
  teller.heard = [this](const PlanEvent& event) {
    if (event.kind == PlanEventKind::aborted) plan.note(event.step, *event.setback);
  };
}

// The dead do nothing; what a request waits for, and a platform that turns itself off, are no work
// of the migrator's.
void Migrator::Impl::handle(const Event& event) {
  const bool on_its_way = event.cls == EventClass::migration &&
                          (event.kind <= answered || event.kind == platform_goes_on);
  if (shared.dead && !on_its_way) return;
  if (event.cls == EventClass::plan) return plan.handle(event);
  handle_migration(event);
}

void Migrator::Impl::handle_migration(const Event& event) {
  switch (static_cast<migration::Kind>(event.kind)) {
    case apply_poll:
      return applier.handle(event);
    case copy_next:
      return copier.handle(event);
    case verify_next:
      return verifier.handle(event);
    case drain_poll:
    case freeze_limit:
      return cutovers.handle(event);
    case step_goes_on:
    case platform_goes_on:
      return plan.go_on(event);
    default:
      return shared.transfers.handle(event);
  }
}

// The entries of a commit for its stream's changelog.
std::vector<LogEntry> Migrator::Impl::entries_of(const Commit& commit, const Stream& stream,
                                                 const std::vector<RootKey>& roots) {
  std::vector<LogEntry> entries;
  for (const RootKey& root : roots) {
    LogEntry& entry = entries.emplace_back();
    entry.lsn = commit.lsn;
    entry.committed_at = commit.at;
    entry.root = root;
    if (stream.missing != MissingRow::insert) entry.created = creates(commit, root);
    entry.pictured = stream.carries == Carries::images;
    if (!entry.pictured) continue;
    Transfer transfer;
    transfer.keys = {root};
    shared.picture(transfer);
    entry.pictured =
        transfer.error.empty();  // otherwise the applier reads it, and says what is wrong
    if (entry.pictured) entry.picture = std::move(transfer.batches.front());
  }
  return entries;
}

bool Migrator::Impl::creates(const Commit& commit, const RootKey& root) const {
  const World& world = shared.world;
  const Move& move = world.moves[static_cast<std::size_t>(root.move)];
  const TableId table = world.table(move.from, move.root_table);
  const auto& columns = world.platforms[index(move.from)].tables[static_cast<std::size_t>(table)];
  for (std::size_t i = 0; i < commit.changes->size(); ++i) {
    const Change change = (*commit.changes)[i];
    if (change.table != table || change.kind != ChangeKind::insert) continue;
    const auto column = std::find(columns.columns.begin(), columns.columns.end(), move.root_column);
    const auto at = static_cast<std::size_t>(column - columns.columns.begin());
    if (column != columns.columns.end() && change.after[at] == root.key) return true;
  }
  return false;
}

// Whoever takes a change down, or to the other side, has to look whether it has come there.
void Migrator::Impl::note_uncompared(const Commit& commit, const std::vector<RootKey>& roots) {
  ServiceState& service = shared.service(commit.service);
  if (!service.streams[index(commit.side)].log.on() && service.dual.step == StepId::none) return;
  for (const RootKey& root : roots) service.uncompared[index(commit.side)][root] = commit.lsn;
}

bool Migrator::Impl::committed(const Commit& commit, const std::vector<RootKey>& roots) {
  commits.count(commit.side, commit.at);
  Stream& stream = shared.stream(commit.service, commit.side);
  const bool by_call = commit.writer.kind == WriterKind::call;
  const bool twice = by_call && dual_writer.committed(commit, roots);
  if (by_call) note_uncompared(commit, roots);
  ServiceState& service = shared.service(commit.service);
  const bool of_movers = by_call && commit.writer.home == Side::source;
  if (of_movers) check_drained(commit, service);
  if (of_movers) service.last_write[index(commit.side)] = commit.lsn;
  // The migrator's own writes bear its mark, so that no stream sends back what the other brought.
  if (!stream.log.on() || (!by_call && stream.origin_tag)) return twice;
  if (stream.retention.us > 0)
    stream.dropped = std::max(stream.dropped, stream.log.drop_before(commit.at - stream.retention));
  stream.log.append(entries_of(commit, stream, roots));
  check_logged(commit, stream.log, roots.size());
  if (of_movers && !roots.empty()) service.last_captured[index(commit.side)] = commit.lsn;
  applier.captured(commit.service, commit.side);
  return true;
}

void Migrator::Impl::check_drained(const Commit& commit, const ServiceState& service) const {
  const Micros drained = service.drained_at[index(commit.side)];
  must_hold(commit.writer.admitted >= drained, Invariant::drained, commit.at, [&] {
    return shared.name(commit.service) + " on " + shared.world.platforms[index(commit.side)].name +
           ", commit " + std::to_string(commit.lsn) + ", admitted at " +
           clock_text(commit.writer.admitted, true);
  });
}

void Migrator::Impl::check_logged(const Commit& commit, const Changelog& log,
                                  std::size_t roots) const {
  must_hold(log.newest(commit.lsn) == roots, Invariant::captured_logged, commit.at, [&] {
    return shared.name(commit.service) + " on " + shared.world.platforms[index(commit.side)].name +
           ", commit " + std::to_string(commit.lsn);
  });
}

void Migrator::Impl::die() {
  shared.dead = true;
  applier.die();
  copier.die();
  verifier.die();
}

void Migrator::Impl::resume() {
  shared.dead = false;
  cutovers.resume();
  applier.resume();
  copier.resume();
  verifier.resume();
  plan.resume();
}

Migrator::Migrator(MigrationSite site) : impl_(std::make_unique<Impl>(std::move(site))) {}
Migrator::~Migrator() = default;

void Migrator::start() {
  if (!impl_->shared.scenario.plan.empty()) impl_->plan.start();
}
void Migrator::handle(const Event& event) { impl_->handle(event); }
void Migrator::dropped(const Event& event) { impl_->shared.transfers.dropped(event); }
bool Migrator::committed(const Commit& commit, const std::vector<RootKey>& roots) {
  return impl_->committed(commit, roots);
}
bool Migrator::logged(const Commit& commit) const {
  const ServiceState& service = impl_->shared.service(commit.service);
  const auto has = [&](const Changelog& log) { return log.on() && log.newest(commit.lsn) > 0; };
  return has(service.streams[index(commit.side)].log) || has(service.dual.logs[index(commit.side)]);
}
bool Migrator::locking(ServiceId service, Side side) const {
  return side == Side::source && impl_->shared.service(service).lock.has_value();
}
bool Migrator::locks(const Commit& commit, const std::vector<RootKey>& roots) const {
  const auto& lock = impl_->shared.service(commit.service).lock;
  return lock && std::any_of(roots.begin(), roots.end(),
                             [&](const RootKey& root) { return lock->holds(root); });
}
bool Migrator::echoes(ServiceId service, Side side) const {
  const Stream& stream = impl_->shared.service(service).streams[index(side)];
  return stream.log.on() && !stream.origin_tag;
}
Carried Migrator::Impl::carried(ServiceId service, Side origin) const {
  const ServiceState& state = shared.service(service);
  const Stream& stream = state.streams[index(origin)];
  if (stream.log.on() && stream.applying)
    return stream.stuck || shared.dead ? Carried::stuck : Carried::yes;
  const bool writes_there =
      shared.gates.owner(service) == origin || shared.gates.shared_out(service).ppm > 0;
  return state.dual.step != StepId::none && writes_there ? Carried::yes : Carried::no;
}

void Migrator::read(ServiceId service, ServiceGauges& gauges) const {
  gauges.lag = {impl_->view.lag(service)};
  gauges.backlog = impl_->view.backlog(service);
  gauges.copied_ppm = impl_->view.copied({service});
  gauges.differing = impl_->shared.service(service).verified.mismatches;
  for (const Side origin : {Side::source, Side::target})
    gauges.carried[index(origin)] = impl_->carried(service, origin);
}
void Migrator::amended() { impl_->plan.amended(); }
bool Migrator::waits(StepId step) const { return impl_->plan.waits(step); }
void Migrator::die() { impl_->die(); }
void Migrator::resume() { impl_->resume(); }
bool Migrator::wrote(const RunName& run) { return impl_->dual_writer.wrote(run); }
bool Migrator::compares(ServiceId service, Side home, const Buckets& buckets) {
  return impl_->shadow_reader.compares(service, home, buckets);
}
void Migrator::was_read(const ReadSeen& seen) { impl_->shadow_reader.was_read(seen); }
std::vector<Unfinished> Migrator::unfinished() const { return impl_->plan.unfinished(); }
std::vector<StepMet> Migrator::met() const { return impl_->plan.met(); }
void Migrator::under_way(std::vector<RunName>& answers_waited_for,
                         std::vector<std::uint64_t>& transfers) const {
  impl_->shared.transfers.each([&](const Transfer& transfer) {
    transfers.push_back(transfer.serial);
    if (transfer.waits) answers_waited_for.push_back(*transfer.waits);
  });
}

template <class A>
void Migrator::archive(A& a) {
  Impl& i = *impl_;
  a(i.shared.services, i.shared.transfers, i.commits, i.copier, i.verifier, i.dual_writer,
    i.shadow_reader, i.cutovers, i.plan, i.shared.dead);
}
template void Migrator::archive(ArchiveWriter&);
template void Migrator::archive(ArchiveReader&);

}  // namespace pindah
