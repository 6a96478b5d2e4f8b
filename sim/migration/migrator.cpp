#include "migration/migrator.h"

#include "base/archive.h"
#include "migration/applier.h"
#include "migration/copier.h"
#include "migration/cutover.h"
#include "migration/operator_view.h"
#include "migration/plan_runner.h"
#include "migration/streams.h"
#include "migration/verifier.h"

namespace pindah {

using namespace migration;

namespace {

// Hears what the plan does before the observers do: the sentence of an abort is what unfinished()
// says of the step.
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

}  // namespace

struct Migrator::Impl {
  explicit Impl(MigrationSite site);
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void handle(const Event& event);
  void handle_migration(const Event& event);
  bool committed(const Commit& commit, const std::vector<RootKey>& roots);

  Teller teller;
  Shared shared;
  CommitRate commits;
  OperatorView view;
  Applier applier;
  Copier copier;
  Verifier verifier;
  Cutovers cutovers;
  PlanRunner plan;
};

Migrator::Impl::Impl(MigrationSite site)
    : teller(site.observer),
      shared({site.site, site.recent, site.custody, teller, site.rename}),
      view(shared, commits),
      applier(shared),
      copier(shared),
      verifier(shared),
      cutovers(shared, applier, copier, verifier),
      plan(shared, view, applier, copier, verifier, cutovers) {
  copier.holds = [this](const Expression& e) { return view.holds(e); };
  shared.on_applied = [this](ServiceId id, Side) { cutovers.applied(id); };
  shared.on_step_over = [this](int step, bool well) {
    if (cutovers.running(step))
      cutovers.part_over(step, well);
    else
      plan.step_over(step, well);
  };
  teller.heard = [this](const PlanEvent& event) {
    if (event.kind == PlanEventKind::aborted) plan.note(event.step, event.text);
  };
}

void Migrator::Impl::handle(const Event& event) {
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
    case route_ramp:
      return plan.ramp(event);
    default:
      return shared.trips.handle(event);
  }
}

bool Migrator::Impl::committed(const Commit& commit, const std::vector<RootKey>& roots) {
  commits.count(commit.side, commit.at);
  Stream& stream = shared.stream(commit.service, commit.side);
  // The migrator's own writes bear its mark, so that no stream sends back what the other brought.
  if (!stream.log.on() || commit.writer.kind != WriterKind::call) return false;
  stream.log.append(commit.lsn, commit.at, roots);
  applier.captured(commit.service, commit.side);
  return true;
}

Migrator::Migrator(MigrationSite site) : impl_(std::make_unique<Impl>(std::move(site))) {}
Migrator::~Migrator() = default;

void Migrator::start() {
  if (!impl_->shared.site.site.scenario.plan.empty()) impl_->plan.start();
}
void Migrator::handle(const Event& event) { impl_->handle(event); }
void Migrator::dropped(const Event& event) { impl_->shared.trips.dropped(event); }
bool Migrator::committed(const Commit& commit, const std::vector<RootKey>& roots) {
  return impl_->committed(commit, roots);
}
std::vector<std::string> Migrator::unfinished() const { return impl_->plan.unfinished(); }

template <class A>
void Migrator::archive(A& a) {
  Impl& i = *impl_;
  a(i.shared.services, i.shared.trips, i.commits, i.copier, i.verifier, i.cutovers, i.plan);
}
template void Migrator::archive(ArchiveWriter&);
template void Migrator::archive(ArchiveReader&);

}  // namespace pindah
