// Two empty platforms of the world of three counters, with links, gates, queues and a bank, and
// nobody there: what the benches of single rooms stand on. Every piece of work takes 5 ms, every
// message 10 ms, so that instants can be said.
#pragma once

#include <catch2/catch.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "platform/backend.h"
#include "platform/edges.h"
#include "platform/gates.h"
#include "platform/ledgers.h"
#include "platform/links.h"
#include "platform/saga_runner.h"
#include "platform/workers.h"
#include "world/load.h"
#include "world/populate.h"

namespace pindah::bench {

inline const World& counters() {
  static const World world = [] {
    Problems problems;
    auto loaded = load_world(PINDAH_SOURCE_DIR "/tests/worlds/counters", problems);
    INFO(problems.text());
    REQUIRE(loaded);
    return std::move(*loaded);
  }();
  return world;
}

constexpr std::int64_t kStartUs = 1'709'269'200'000'000;  // 2024-03-01 12:00 +07:00

inline const Constants& constants() {
  static const Constants all = constants_of(counters());
  return all;
}
inline const Populated& populated() {
  static const Populated databases = populate(counters(), constants(), 1, kStartUs, 1);
  return databases;
}

// A key of a run, where one is as good as another.
constexpr std::int64_t kIdem = 700;

constexpr Micros kWork = millis(5), kWay = millis(10);
constexpr Micros kCall = kWay + kWork + kWay;  // of one who comes from an edge

inline ServiceId service(const std::string& name) { return counters().service(name); }
inline PageId page(const std::string& name) { return counters().page(name); }
inline SlotId slot(const std::string& name) { return counters().slot(name); }

// What observers are told, in order.
struct Notes : Observer {
  struct PageTold {
    Actor actor{};
    std::uint32_t intent = 0, visit = 0;
    std::string page;
    PageEnd end{};
    std::string reason;
    int tries = 0;
    Obstacle obstacle{};
    Micros at, hindered;
    Slots slots;
  };
  std::vector<PageTold> pages;
  std::vector<std::pair<Micros, LedgerState>> ledger_states;
  std::vector<std::string> surprises;  // "on", "off"
  std::vector<std::pair<Micros, Micros>> outages;
  int refused_reversals = 0;

  void page(const PageSeen& seen) override {
    pages.push_back({seen.actor, seen.intent, seen.visit,
                     counters().pages[static_cast<std::size_t>(seen.page)].name, seen.end,
                     std::string(seen.reason), seen.tries, seen.obstacle, seen.replied,
                     seen.hindered, *seen.slots});
  }
  void ledger(const LedgerEntry& entry, Micros now) override {
    ledger_states.emplace_back(now, entry.state);
  }
  void reversal_refused(LedgerId, std::int64_t, Micros) override { ++refused_reversals; }
  void outage(ServiceId, Micros from, Micros until) override { outages.emplace_back(from, until); }
  void plan(const PlanEvent& event) override;
};

// A call that committed, by whom it was logged: "source take 7".
class SiteBench : public CommitSink {
 public:
  // `change` may still alter the scenario before anything is made of it.
  explicit SiteBench(const std::function<void(Scenario&)>& change = {}) {
    scenario.starts_us = kStartUs;
    scenario.edges = 2;
    scenario.route_refresh = hours(1);  // an edge learns only what it is told
    for (PlatformCapacity& capacity : scenario.platforms) capacity = {4, 100, {kWork, kWork}};
    for (LinkSpec& link : scenario.links) link = {kWay, 0};
    if (change) change(scenario);
    const Draws draws(scenario.seed);
    const std::size_t services = counters().services.size();
    links = std::make_unique<Links>(scenario.links, draws);
    gates = std::make_unique<Gates>(services, notes);
    edges = std::make_unique<Edges>(scenario.edges, services, scenario.route_refresh);
    ledgers = std::make_unique<Ledgers>(counters(), draws, notes);
    for (const Side side : {Side::source, Side::target}) {
      workers.emplace_back(side, scenario.platforms[index(side)]);
      backends[index(side)] =
          std::make_unique<Backend>(counters(), side, constants(), 1, kStartUs, *this);
      backends[index(side)]->start_from(populated().databases[index(side)]);
    }
    pages = std::make_unique<SagaRunner>(site());
  }

  Site site() {
    return {counters(),
            scenario,
            Draws(scenario.seed),
            sim,
            {backends[0].get(), backends[1].get()},
            {&workers[0], &workers[1]},
            *links,
            *gates,
            *edges,
            *ledgers};
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
      } else {
        const Event event = sim.events.pop();
        sim.now = event.time;
        dispatch(event);
      }
      while (pages->any_finished())
        for (const std::uint32_t run : pages->take_finished()) {
          finished(run);
          pages->release(run);
        }
    }
    sim.now = instant;
  }

  // All rows of the logs in the order in which they were written, of one key or (0) of all:
  // "take place start", those of the target in brackets: "take [place]".
  std::string written(std::int64_t idem = 0) const {
    std::string all;
    for (const auto& [side, what, key] : log_) {
      if (idem != 0 && key != idem) continue;
      if (!all.empty()) all += ' ';
      all += side == Side::source ? what : "[" + what + "]";
    }
    return all;
  }
  std::int64_t rows(Side side, const std::string& of) {
    Statement query(backends[index(side)]->database(), "SELECT count(*) FROM " + of);
    query.step();
    return query.integer(0);
  }

  // A platform dies, and whoever had something there learns of it.
  void kill(Side side) {
    for (const Work& work : workers[index(side)].kill()) pages->dropped(work.then);
  }

  Scenario scenario;
  SimState sim;
  Notes notes;
  std::unique_ptr<Links> links;
  std::unique_ptr<Gates> gates;
  std::unique_ptr<Edges> edges;
  std::unique_ptr<Ledgers> ledgers;
  std::vector<Workers> workers;
  PerSide<std::unique_ptr<Backend>> backends;
  std::unique_ptr<SagaRunner> pages;

 protected:
  // Events of the rooms that a bench adds.
  virtual void other(const Event&) {}
  // A run of a page has ended; it is released afterwards.
  virtual void finished(std::uint32_t /*run*/) {}

 private:
  void dispatch(const Event& event) {
    if (event.cls == EventClass::edge) return pages->handle(event);
    if (event.cls != EventClass::platform) return other(event);
    if (const auto work = workers[event.entity].finish(event, sim)) dispatch(work->then);
  }

  void committed(Commit commit) override {
    for (std::size_t i = 0; i < commit.changes->size(); ++i) {
      const Change change = (*commit.changes)[i];
      if (change.kind != ChangeKind::insert) continue;
      log_.push_back({commit.side, to_text(change.after[1]), integer_or(change.after[2], 0)});
    }
  }

  struct Logged {
    Side side{};
    std::string what;
    std::int64_t idem = 0;
  };
  std::vector<Logged> log_;
  std::multimap<std::int64_t, std::function<void()>> script_;
};

inline void Notes::plan(const PlanEvent& event) { surprises.emplace_back(word_of(event.phase)); }

}  // namespace pindah::bench
