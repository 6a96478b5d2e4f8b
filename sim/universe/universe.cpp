#include "universe/universe.h"

#include <algorithm>
#include <set>

#include "base/archive.h"
#include "migration/migrator.h"
#include "platform/roots.h"
#include "selfcheck/invariants.h"
#include "surprise/surprises.h"
#include "traffic/callbacks.h"
#include "traffic/jobs.h"
#include "traffic/shoppers.h"
#include "universe/run_observer.h"

namespace pindah {

namespace {

// Those who hold a promise look once more within this time, and the last replies come within the
// slack.
constexpr Micros kAudit = minutes(10);
constexpr Micros kSlack = minutes(1);
// The Event::kind with which the audit begins; Shoppers' own kinds are small.
constexpr std::uint16_t kAuditBegins = 100;

}  // namespace

struct Universe::Impl : CommitSink {
  Impl(const LifeInputs& inputs, Life life, Observer& observer)
      : world(inputs.world),
        scenario(inputs.scenario),
        draws(scenario.seed),
        watch(world, sim, observer),
        links(scenario.links, draws),
        gates(world.services.size(), watch),
        edges(scenario.edges, world.services.size(), scenario.route_refresh),
        ledgers(world, draws, watch),
        source(world, Side::source, inputs.constants, scenario.seed, scenario.starts_us, *this),
        target(world, Side::target, inputs.constants, scenario.seed, scenario.starts_us, *this),
        workers{Workers(Side::source, scenario.platforms[0]),
                Workers(Side::target, scenario.platforms[1])},
        site{world, scenario, draws, sim,    {&source, &target}, {&workers[0], &workers[1]},
             links, gates,    edges, ledgers},
        runner(site),
        shoppers(site, inputs.intents, inputs.pools, runner, watch),
        jobs(site, runner, watch, [this](Side home) { return shoppers.blank_slots(home); }),
        callbacks(site, runner, watch),
        surprises({site, runner, [this](bool dies) { surprise_migrator(dies); }}, watch,
                  life == Life::control) {
    if (life == Life::rehearsed && !scenario.plan.empty()) begin_migration();
  }

  void begin_migration() {
    roots[0].emplace(world, source);
    roots[1].emplace(world, target);
    migrator.emplace(
        MigrationSite{site, watch.recent(), custody, watch,
                      [this](const std::string& name) { shoppers.set_front(name); },
                      [this](const RunName& run, bool well) { runner.answer(run, well); },
                      [this](PageId page, bool offered) { runner.offer(page, offered); }});
    runner.set_hooks(&*migrator);
  }

  void start() {
    shoppers.start();
    jobs.start();
    surprises.start();
    if (migrator) migrator->start();
    sim.events.push(
        {scenario.length + scenario.settle, EventClass::audit, UINT32_MAX, 0, kAuditBegins, 0, 0});
  }

  void go_on(const PerSide<std::string>& images, ArchiveReader& state) {
    source.start_from_image(images[0]);
    target.start_from_image(images[1]);
    archive(state);
  }

  // Every commit of either platform comes through here, right after it.
  void committed(Commit commit) override {
    commit.owner = gates.owner(commit.service, commit.writer.home, commit.writer.buckets);
    if (commit.writer.kind == WriterKind::call) check_owner(commit);
    if (migrator) note(commit);
    watch.committed(commit);
  }

  // A write was let in by the gate of its owner, and gates are asked in one moment of an instant.
  void check_owner(const Commit& commit) const {
    const Writer& writer = commit.writer;
    const bool moves = writer.home == Side::source;
    const auto where = [&] {
      return world.services[static_cast<std::size_t>(commit.service)].name + " on " +
             world.platforms[index(commit.side)].name + ", commit " + std::to_string(commit.lsn);
    };
    const Side known =
        moves ? gates.owner_at(commit.service, sim.now, writer.buckets) : Side::target;
    must_hold(commit.owner == known, Invariant::owner_known, sim.now, where);
    const bool let_in =
        moves ? gates.owned_at(commit.service, commit.side, writer.admitted, writer.buckets)
              : commit.side == Side::target;
    must_hold(let_in, Invariant::owner_commits, sim.now, where);
  }

  bool locks(const Commit& commit) override {
    if (!migrator || !migrator->locking(commit.service, commit.side)) return false;
    roots[index(commit.side)]->of(commit, touched);
    return migrator->locks(commit, touched);
  }

  // The migrator keeps the custody of its own writes itself.
  void note(Commit& commit) {
    touched.clear();
    const bool by_call = commit.writer.kind == WriterKind::call;
    if (by_call || migrator->echoes(commit.service, commit.side))
      roots[index(commit.side)]->of(commit, touched);
    commit.captured = migrator->committed(commit, touched);
    const bool logged = !commit.captured || touched.empty() || migrator->logged(commit);
    must_hold(logged, Invariant::captured_logged, sim.now, [&] {
      return world.services[static_cast<std::size_t>(commit.service)].name + ", commit " +
             std::to_string(commit.lsn);
    });
    if (!by_call) return;
    for (const RootKey& root : touched) {
      const auto& history = custody.record(
          root, {commit.side, commit.at, commit.lsn, commit.writer, commit.owner, commit.captured});
      const Handover& last = history.back();
      must_hold(last.side == commit.side && last.lsn == commit.lsn, Invariant::custody_kept,
                sim.now, [&] { return "root " + to_text(root.key); });
    }
  }

  void dispatch(const Event& event) {
    switch (event.cls) {
      case EventClass::surprise:
        for (const Work& work : surprises.handle(event)) dropped(work.then);
        return;
      case EventClass::plan:
      case EventClass::migration:
        return migrator->handle(event);
      case EventClass::platform:
        if (const auto work = workers[event.entity].finish(event, sim)) dispatch(work->then);
        return;
      case EventClass::edge:
        return runner.handle(event);
      case EventClass::ledger:
        return callbacks.handle(event, [this](Side home) { return shoppers.blank_slots(home); });
      case EventClass::job:
        return jobs.handle(event);
      case EventClass::audit:
        if (event.kind == kAuditBegins) return begin_audit();
        return shoppers.handle(event);
      case EventClass::shopper:
        return shoppers.handle(event);
      case EventClass::tick:
        return;
    }
  }

  // A surprise befalls it.
  void surprise_migrator(bool dies) {
    if (!migrator) return;
    if (dies)
      migrator->die();
    else
      migrator->resume();
  }

  void begin_audit() {
    jobs.stop();
    shoppers.begin_audit(kAudit);
  }

  void dropped(const Event& then) {
    if (then.cls == EventClass::migration) return migrator->dropped(then);
    runner.dropped(then);
  }

  // Hands every run of a page that has ended to the one who started it.
  void deliver() {
    while (runner.any_finished()) {
      for (const std::uint32_t run : runner.take_finished()) {
        switch (runner.saga(run).actor) {
          case Actor::callback:
            callbacks.finished(run);
            break;
          case Actor::job:
            jobs.finished(run);
            break;
          default:
            shoppers.finished(run);
        }
        runner.release(run);
      }
    }
  }

  // Money that is to come, or of which no platform has heard, and that nothing will happen with;
  // after its last try a ledger gives up.
  void count_forgotten_entries(const std::set<std::uint64_t>& expected, Accounts& accounts) const {
    for (std::size_t i = 0; i < ledgers.entries().size(); ++i) {
      const LedgerEntry& entry = ledgers.entries()[i];
      const auto& tries = world.ledgers[static_cast<std::size_t>(entry.ledger)].callback_retries;
      const bool untold = entry.state == LedgerState::captured && !entry.told &&
                          entry.callbacks < static_cast<int>(tries.size());
      if (entry.state != LedgerState::pending && !untold) continue;
      ++accounts.under_way;
      accounts.forgotten += expected.count(i) == 0 ? 1 : 0;
    }
  }

  // Runs and transfers for which no event, no worker, no open fence and no answer is left.
  void count_forgotten(Accounts& accounts) const {
    std::set<std::pair<std::uint64_t, std::uint64_t>> runs;  // place, generation
    std::set<std::uint64_t> serials;
    std::set<std::uint64_t> entries;
    const auto note = [&](const Event& event) {
      if (event.cls == EventClass::ledger) entries.insert(event.a);
      if (event.cls == EventClass::edge) runs.emplace(event.a, event.b);
      if (event.cls == EventClass::migration) serials.insert(event.b);
    };
    sim.events.each(note);
    for (const Workers& platform : workers) platform.each(note);
    gates.each_held(note);
    std::vector<RunName> answers;
    std::vector<std::uint64_t> transfers;
    if (migrator) migrator->under_way(answers, transfers);
    for (const RunName& run : answers) runs.emplace(run.run, run.generation);
    runner.each([&](std::uint32_t place, const Saga& saga) {
      ++accounts.under_way;
      accounts.forgotten += runs.count({place, saga.generation}) == 0 ? 1 : 0;
      if (saga.actor == Actor::callback) entries.insert(saga.who);
    });
    count_forgotten_entries(entries, accounts);
    for (const std::uint64_t serial : transfers) {
      ++accounts.under_way;
      accounts.forgotten += serials.count(serial) == 0 ? 1 : 0;
    }
  }

  template <class A>
  void archive(A& a) {
    a(sim, watch, links, gates, edges, ledgers, source, target, workers, runner, shoppers, jobs,
      surprises);
    if (migrator) migrator->archive(a);
  }

  const World& world;
  const Scenario& scenario;
  Draws draws;
  SimState sim;
  RunObserver watch;
  Links links;
  Gates gates;
  Edges edges;
  Ledgers ledgers;
  Backend source, target;
  PerSide<Workers> workers;
  Site site;
  SagaRunner runner;
  Shoppers shoppers;
  Jobs jobs;
  Callbacks callbacks;
  Surprises surprises;
  Custody custody;
  PerSide<std::optional<Roots>> roots;
  std::optional<Migrator> migrator;
  std::vector<RootKey> touched;  // by the commit being told
};

Universe::Universe(const LifeInputs& inputs, Life life, Observer& observer)
    : impl_(std::make_unique<Impl>(inputs, life, observer)) {
  impl_->source.start_from(inputs.populated.databases[0]);
  impl_->target.start_from(inputs.populated.databases[1]);
  impl_->start();
}

Universe::Universe(const LifeInputs& inputs, Life life, Observer& observer, Populated&& content)
    : impl_(std::make_unique<Impl>(inputs, life, observer)) {
  impl_->source.start_from(std::move(content.databases[0]));
  impl_->target.start_from(std::move(content.databases[1]));
  impl_->start();
}

Universe::Universe(const LifeInputs& inputs, Life life, Observer& observer,
                   const PerSide<std::string>& images, std::string_view state, Custody past)
    : impl_(std::make_unique<Impl>(inputs, life, observer)) {
  ArchiveReader reader(state);
  impl_->go_on(images, reader);
  std::uint64_t handovers = 0;
  reader(handovers);
  ensure(reader.done(), "a keyframe goes on after its end");
  impl_->custody = std::move(past);
  impl_->custody.resize(handovers);
}

Universe::Universe(const LifeInputs& inputs, Life life, Observer& observer,
                   std::string_view snapshot)
    : impl_(std::make_unique<Impl>(inputs, life, observer)) {
  ArchiveReader reader(snapshot);
  PerSide<std::string> images;
  reader(images[0], images[1]);
  impl_->go_on(images, reader);
  reader(impl_->custody);
  ensure(reader.done(), "a snapshot goes on after its end");
}

Universe::~Universe() = default;

std::string Universe::state() const {
  ArchiveWriter writer;
  impl_->archive(writer);
  writer(std::uint64_t{impl_->custody.size()});
  return writer.take();
}

Custody Universe::release_custody() { return std::move(impl_->custody); }

std::string Universe::snapshot() const {
  ArchiveWriter writer;
  writer(impl_->source.database().image(), impl_->target.database().image());
  impl_->archive(writer);
  writer(impl_->custody);
  return writer.take();
}

void Universe::amended() {
  Impl& u = *impl_;
  u.surprises.start();
  u.shoppers.amended();
  if (u.migrator) u.migrator->amended();
}

Micros Universe::next_event() const { return impl_->sim.events.next_time(); }

bool Universe::waits(StepId step) const { return impl_->migrator && impl_->migrator->waits(step); }

Micros Universe::now() const { return impl_->sim.now; }

Micros Universe::end() const {
  return impl_->scenario.length + impl_->scenario.settle + kAudit + kSlack;
}

bool Universe::run_until(Micros instant, const std::atomic<bool>* stop) {
  Impl& u = *impl_;
  while (u.sim.events.next_time() <= instant) {
    const Event event = u.sim.events.pop();
    ensure(event.time >= u.sim.now, "time runs backwards");
    u.sim.now = event.time;
    u.dispatch(event);
    u.deliver();
    if (stop != nullptr && stop->load(std::memory_order_relaxed)) return false;
  }
  u.sim.now = std::max(u.sim.now, instant);
  return true;
}

const std::string& Universe::front() const { return impl_->shoppers.front(); }
std::uint64_t Universe::digest() const { return impl_->sim.digest.value(); }

Database& Universe::database(Side side) {
  return side == Side::source ? impl_->source.database() : impl_->target.database();
}
const Database& Universe::database(Side side) const {
  return side == Side::source ? impl_->source.database() : impl_->target.database();
}

const std::vector<LedgerEntry>& Universe::ledger_entries() const {
  return impl_->ledgers.entries();
}

const Custody& Universe::custody() const { return impl_->custody; }

Side Universe::owner(ServiceId service) const { return impl_->gates.owner(service); }

Share Universe::shared_out(ServiceId service) const { return impl_->gates.shared_out(service); }

Gauges Universe::gauges() const {
  const Impl& u = *impl_;
  Gauges gauges;
  gauges.at = u.sim.now;
  gauges.links = u.links.states();
  for (const Side side : {Side::source, Side::target}) {
    const auto which = index(side);
    gauges.queue[which] = u.workers[which].waiting();
    gauges.down[which] = u.workers[which].down();
    gauges.commits[which] = static_cast<std::int64_t>(u.site.backends[which]->lsn());
  }
  for (ServiceId id = 0; id < static_cast<ServiceId>(u.world.services.size()); ++id) {
    ServiceGauges& service = gauges.services.emplace_back();
    service.fenced = u.gates.fenced_since(id).has_value();
    service.held = u.gates.held(id);
    service.refused = u.gates.refused(id);
    service.on_target_ppm = u.gates.owner(id) == Side::target ? kWhole : u.gates.shared_out(id).ppm;
    if (u.migrator) u.migrator->read(id, service);
  }
  return gauges;
}

std::vector<Unfinished> Universe::unfinished_steps() const {
  return impl_->migrator ? impl_->migrator->unfinished() : std::vector<Unfinished>{};
}

std::vector<StepMet> Universe::met_steps() const {
  return impl_->migrator ? impl_->migrator->met() : std::vector<StepMet>{};
}

std::int64_t Universe::open_work() const {
  std::int64_t open = impl_->jobs.open();
  for (std::size_t s = 0; s < impl_->world.services.size(); ++s)
    for (const Side side : {Side::source, Side::target})
      open += impl_->ledgers.outstanding(static_cast<ServiceId>(s), side);
  return open;
}

Accounts Universe::accounts() const {
  Accounts accounts;
  impl_->shoppers.account(accounts);
  impl_->count_forgotten(accounts);
  accounts.entries = static_cast<std::int64_t>(impl_->ledgers.entries().size());
  accounts.references = static_cast<std::int64_t>(impl_->ledgers.references());
  accounts.entries_told = impl_->ledgers.told_by_callback();
  accounts.commits = static_cast<std::int64_t>(impl_->source.lsn() + impl_->target.lsn());
  return accounts;
}

std::vector<ToldPromise> Universe::told() const { return impl_->shoppers.told(); }

std::vector<ClosedFor> Universe::still_closed() const {
  std::vector<ClosedFor> closed;
  for (ServiceId id = 0; id < static_cast<ServiceId>(impl_->world.services.size()); ++id)
    if (const auto since = impl_->gates.hinders_since(id)) closed.push_back({id, *since, now()});
  return closed;
}

std::uint64_t Universe::statements() const {
  return impl_->source.statements() + impl_->target.statements();
}

void Universe::set_tap(CallTap* tap) {
  impl_->source.set_tap(tap);
  impl_->target.set_tap(tap);
}

}  // namespace pindah
