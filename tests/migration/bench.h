// Two small libraries, one migrator and nobody else: every write happens when the test says so.
#pragma once

#include <catch2/catch.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/archive.h"
#include "metrics/recent.h"
#include "migration/migrator.h"
#include "platform/roots.h"
#include "report/plan_words.h"
#include "scenario/parse.h"
#include "scenario/steps/apply.h"
#include "scenario/steps/capture.h"
#include "scenario/steps/cutover.h"
#include "scenario/steps/dual_write.h"
#include "scenario/steps/retire.h"
#include "scenario/steps/reverse.h"
#include "scenario/steps/rollback.h"
#include "scenario/steps/route.h"
#include "scenario/steps/verify.h"
#include "world/load.h"
#include "world/populate.h"

namespace pindah::test {

inline const World& library() {
  static const World world = [] {
    Problems problems;
    std::optional<World> loaded =
        load_world(std::string(PINDAH_SOURCE_DIR) + "/tests/worlds/library", problems);
    INFO(problems.text());
    REQUIRE(loaded);
    return std::move(*loaded);
  }();
  return world;
}

constexpr std::int64_t kStartUs = 1'709'269'200'000'000;  // 2024-03-01 12:00 +07:00

// Both platforms populated with 60 readers, 40 books and 120 loans.
inline const Constants& small_scale() {
  static const Constants constants =
      constants_of(library(), Constants{{"readers", 60}, {"books", 40}, {"past_loans", 120}}, {});
  return constants;
}
inline const Populated& populated() {
  static const Populated databases = populate(library(), small_scale(), 1, kStartUs, 1);
  return databases;
}

inline PlanStep step(StepKind kind, std::string name, Micros at) {
  PlanStep made = step_of(kind);
  made.name = std::move(name);
  made.services = {library().service("loans")};
  made.at = at;
  if (kind == StepKind::copy) made.options<Copy>().rows_per_second = 0;
  if (kind == StepKind::apply) made.options<Apply>().poll = millis(1);
  return made;
}

// Changes the options of a step that is of one of these kinds; leaves any other as it is.
template <class... Options>
void set(PlanStep& step, const auto& change) {
  const auto of = [&]<class One>(const One*) {
    if (step.as<One>() != nullptr) change(step.options<One>());
  };
  (of(static_cast<const Options*>(nullptr)), ...);
}

// Capture, copy and apply at once; cut over at 10 s.
inline std::vector<PlanStep> usual(const std::function<void(PlanStep&)>& change = {}) {
  std::vector<PlanStep> plan{step(StepKind::capture, "capture of loans", seconds(1)),
                             step(StepKind::copy, "copy of loans", seconds(2)),
                             step(StepKind::apply, "apply of loans", seconds(2)),
                             step(StepKind::cutover, "cutover of loans", seconds(10))};
  if (change)
    for (PlanStep& s : plan) change(s);
  return plan;
}

inline Expression condition(const std::string& text) {
  const Names names = world_names(library());
  Problems problems;
  const std::optional<Expression> parsed = parse_condition(text, {}, names, problems);
  INFO(text << ": " << problems.text());
  REQUIRE(parsed);
  return *parsed;
}

// A fingerprint of all loans of the source's people, read without the moves; equal on both sides
// when they hold the same.
inline std::string all_loans(const Database& database, Side side) {
  Statement query(
      database,
      side == Side::source
          ? "SELECT idem_key || ':' || status || ':' || minor(total) FROM loan ORDER BY idem_key"
          : "SELECT idem_key || ':' || CASE state WHEN 10 THEN 'WAITING' WHEN 20 THEN 'PAID' WHEN "
            "30 THEN 'LENT' ELSE 'CANCELLED' END || ':' || amount FROM lending WHERE home = "
            "'source' ORDER BY idem_key");
  std::string all;
  int count = 0;
  for (; query.step(); ++count) all += to_text(query.column(0)) + "\n";
  return count == 0 ? "none" : std::to_string(count) + " loans " + std::to_string(hash64(all));
}

struct PlanWatcher : Observer {
  std::vector<PlanEvent> events;
  void plan(const PlanEvent& event) override { events.push_back(event); }
};

// Every piece of work takes 5 ms and 20 µs a root; a message takes 9 ms.
class Bench : public CommitSink {
 public:
  explicit Bench(std::vector<PlanStep> plan) {
    scenario.plan = std::move(plan);
    scenario.starts_us = kStartUs;
    scenario.scale = {{"readers", 60}, {"books", 40}, {"past_loans", 120}};
    for (PlatformCapacity& capacity : scenario.platforms)
      capacity = {4, 100, {millis(5), millis(5)}};
    for (LinkSpec& link : scenario.links) link = {millis(9), 0};
    assemble();
    source->start_from(populated().databases[0]);
    target->start_from(populated().databases[1]);
    migrator->start();
  }

  // Does it at that instant, before the events of that instant.
  void at(Micros instant, std::function<void()> action) {
    script_.emplace(instant.us, std::move(action));
  }

  void run_until(Micros instant) {
    for (;;) {
      const std::int64_t scripted = script_.empty() ? INT64_MAX : script_.begin()->first;
      const Micros next = sim.events.next_time();
      if (std::min(scripted, next.us) > instant.us) break;
      if (scripted <= next.us) {
        sim.now = {scripted};
        const std::function<void()> action = std::move(script_.begin()->second);
        script_.erase(script_.begin());
        action();
        continue;
      }
      dispatch(sim.events.pop());
    }
    sim.now = instant;
  }

  // A call of somebody of the source, committed now on a side.
  Ran call(Side side, const std::string& name, const std::map<std::string, Value>& values) {
    const World& world = library();
    Slots slots(world.slots.size());
    slots[static_cast<std::size_t>(world.slot_home)] = "source";
    for (const auto& [slot, value] : values) {
      REQUIRE(world.slot(slot) >= 0);
      slots[static_cast<std::size_t>(world.slot(slot))] = value;
    }
    const CallId id = world.call(name);
    REQUIRE(id >= 0);
    Writer writer;
    writer.call = id;
    writer.admitted = sim.now;
    const Ran ran = backend(side).run(id, slots, sim.now, writer);
    if (ran.end == RanEnd::ok) waits = migrator->wrote({++runs_, 0});
    return ran;
  }
  // Makes one more loan for somebody, of the first two books.
  void lend(Side side, std::int64_t idem) {
    const Value reader = text(Side::source, "SELECT min(id) FROM reader");
    const std::string book = to_text(text(Side::source, "SELECT min(id) FROM book"));
    const Ran ran = call(side, "loans.place",
                         {{"idem", idem},
                          {"buyer", reader},
                          {"priced", "[{\"item\":\"" + book + "\",\"qty\":2,\"fee\":500}]"}});
    INFO(ran.reason);
    REQUIRE(ran.end == RanEnd::ok);
  }
  void pay(Side side, std::int64_t idem) {
    const Ran ran = call(side, "loans.paid", {{"idem", idem}});
    INFO(ran.reason);
    REQUIRE(ran.end == RanEnd::ok);
  }

  // One value of a database; NULL when there is no row.
  Value text(Side side, const std::string& sql) {
    Statement query(backend(side).database(), sql);
    const Value value = query.step() ? query.column(0) : Value{};
    query.reset();
    return value;
  }
  std::int64_t number(Side side, const std::string& sql) { return integer_or(text(side, sql), -1); }
  // Status of a loan as the target has it: 10 waiting, 20 paid; -1: no such loan.
  std::int64_t on_target(std::int64_t idem) {
    return number(Side::target,
                  "SELECT state FROM lending WHERE idem_key = " + std::to_string(idem));
  }
  std::string on_source(std::int64_t idem) {
    return to_text(
        text(Side::source, "SELECT status FROM loan WHERE idem_key = " + std::to_string(idem)));
  }
  std::string loans(Side side) { return all_loans(backend(side).database(), side); }
  std::int64_t any_loan() {
    return number(Side::source, "SELECT max(idem_key) FROM loan WHERE status = 'WAITING'");
  }

  Backend& backend(Side side) { return side == Side::source ? *source : *target; }
  ServiceId loans_service() const { return library().service("loans"); }
  Knock writing(Side side) const {
    return {side, Side::source, loans_service(), true, false, kNoBuckets};
  }
  bool told(PlanEventKind kind, std::optional<Phase> phase = {}) const {
    for (const PlanEvent& event : events)
      if (event.kind == kind && (!phase || event.phase == *phase)) return true;
    return false;
  }
  // What the first verify found; nothing: none was over.
  std::optional<Findings> found() const {
    for (const PlanEvent& event : events)
      if (event.phase == Phase::verified) return event.compared;
    return {};
  }
  // The migrator's unfinished steps, as people are told of them.
  std::vector<std::string> unfinished() const {
    std::vector<std::string> sentences;
    for (const Unfinished& one : migrator->unfinished())
      sentences.push_back(PlanWords(library(), scenario).sentence(one));
    return sentences;
  }
  Micros when(Phase phase) const {
    for (const PlanEvent& event : events)
      if (event.kind == PlanEventKind::phase && event.phase == phase) return event.at;
    return kNever;
  }

  // What the migrator works on.
  MigrationSite migration_site() {
    const Site site{library(),
                    scenario,
                    Draws(scenario.seed),
                    sim,
                    {source.get(), target.get()},
                    {&workers[0], &workers[1]},
                    *links,
                    *gates,
                    *edges,
                    *ledgers};
    return {site,
            *recent,
            custody,
            watcher,
            [this](const std::string& name) { front = name; },
            [this](const RunName&, bool well) { answers.emplace_back(sim.now, well); },
            [](PageId, bool) {}};
  }

  Scenario scenario;
  SimState sim;
  std::unique_ptr<Backend> source, target;
  std::unique_ptr<Links> links;
  std::unique_ptr<Gates> gates;
  std::unique_ptr<Edges> edges;
  std::unique_ptr<Ledgers> ledgers;
  std::vector<Workers> workers;
  std::unique_ptr<Recent> recent;
  Custody custody;
  std::unique_ptr<Migrator> migrator;
  PlanWatcher watcher;
  const std::vector<PlanEvent>& events = watcher.events;
  std::string front;
  std::int64_t rows_written = 0;  // by the migrator
  bool waits = false;             // the last call's answer waits for its second write
  std::vector<std::pair<Micros, bool>> answers;  // of calls that waited: when, and whether well

 private:
  void assemble() {
    const World& world = library();
    const Draws draws(scenario.seed);
    source = std::make_unique<Backend>(world, Side::source, small_scale(), 1, kStartUs, *this);
    target = std::make_unique<Backend>(world, Side::target, small_scale(), 1, kStartUs, *this);
    links = std::make_unique<Links>(scenario.links, draws);
    gates = std::make_unique<Gates>(world.services.size(), watcher);
    edges = std::make_unique<Edges>(1, world.services.size(), seconds(1));
    ledgers = std::make_unique<Ledgers>(world, draws, watcher);
    workers.emplace_back(Side::source, scenario.platforms[0]);
    workers.emplace_back(Side::target, scenario.platforms[1]);
    recent = std::make_unique<Recent>(world.pages.size());
    roots_[0] = std::make_unique<Roots>(world, *source);
    roots_[1] = std::make_unique<Roots>(world, *target);
    migrator = std::make_unique<Migrator>(migration_site());
  }

  void dispatch(const Event& event) {
    sim.now = event.time;
    if (event.cls != EventClass::platform) return migrator->handle(event);
    if (const auto work = workers[event.entity].finish(event, sim)) migrator->handle(work->then);
  }

  bool locks(const Commit& commit) override {
    if (!migrator->locking(commit.service, commit.side)) return false;
    std::vector<RootKey> touched;
    roots_[index(commit.side)]->of(commit, touched);
    return migrator->locks(commit, touched);
  }

  void committed(Commit commit) override {
    commit.owner = gates->owner(commit.service, commit.writer.home);
    std::vector<RootKey> touched;
    roots_[index(commit.side)]->of(commit, touched);
    const bool captured = migrator->committed(commit, touched);
    if (commit.writer.kind != WriterKind::call) {
      rows_written += static_cast<std::int64_t>(commit.changes->size());
      return;
    }
    for (const RootKey& root : touched)
      custody.record(root,
                     {commit.side, commit.at, commit.lsn, commit.writer, commit.owner, captured});
  }

  std::uint32_t runs_ = 0;
  PerSide<std::unique_ptr<Roots>> roots_;
  std::multimap<std::int64_t, std::function<void()>> script_;
};

// A loan that the platforms begin without, and what the target says of one.
constexpr std::int64_t kNew = 100'000;
constexpr std::int64_t kWaiting = 10, kPaid = 20, kAbsent = -1;

// Messages from the source to the target are lost between the two instants.
inline void cut(Bench& bench, Micros from, Micros until) {
  bench.at(from, [&] { bench.links->cut(LinkId::source_target, Direction::there, true); });
  bench.at(until, [&] { bench.links->cut(LinkId::source_target, Direction::there, false); });
}

}  // namespace pindah::test
