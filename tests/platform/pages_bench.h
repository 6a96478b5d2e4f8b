// A bench of the room that runs pages: a test starts runs of them and says what happens meanwhile.
#pragma once

#include "tests/platform/site_bench.h"

namespace pindah::bench {

// A run that has ended.
struct Ended {
  std::uint32_t run = 0;
  std::int64_t idem = 0;
  PageEnd end{};
  std::string reason;
  Micros at;
  Obstacle obstacle{};
  Micros hindered;
  std::uint64_t ran = 0;
  PerSide<bool> asked{};
  Slots slots;
};

// What is not said of a run: a shopper of the source's at the first edge, her first try.
struct Who {
  Side home = Side::source;
  int edge = 0;
  std::uint8_t attempt = 0;
  bool inside = false;  // a callback's or a job's run, which begins at a platform
  Side at = Side::source;
  bool pinned = false;
  std::int64_t amount = 100;
  std::string method = "coin";
};

class PagesBench : public SiteBench {
 public:
  using SiteBench::SiteBench;

  PageRun run_of(const std::string& name, std::int64_t idem, const Who& who = {}) const {
    PageRun made;
    made.actor = who.inside ? Actor::job : Actor::shopper;
    made.key = saga_key(made.actor, static_cast<std::uint64_t>(idem), who.attempt);
    made.who = intent_of(idem);
    made.attempt = who.attempt;
    made.home = who.home;
    made.edge = who.edge;
    made.inside = who.inside;
    made.at = who.at;
    made.pinned = who.pinned;
    made.page = page(name);
    made.intended = sim.now;
    made.slots.resize(counters().slots.size());
    const auto set = [&](SlotId id, Value value) {
      made.slots[static_cast<std::size_t>(id)] = std::move(value);
    };
    set(counters().slot_idem, idem);
    set(counters().slot_buyer, "b1");
    set(counters().slot_home, who.home == Side::source ? "source" : "target");
    set(slot("amount"), who.amount);
    set(slot("method"), who.method);
    return made;
  }
  // Starts it now.
  std::uint32_t start(const std::string& name, std::int64_t idem, const Who& who = {}) {
    return pages->start(run_of(name, idem, who));
  }
  // Starts it then.
  void start_at(Micros instant, const std::string& name, std::int64_t idem, const Who& who = {}) {
    at(instant, [=, this] { start(name, idem, who); });
  }
  const Ended& only() const {
    REQUIRE(ended.size() == 1);
    return ended[0];
  }

  std::vector<Ended> ended;  // in order; undo runs end by themselves
  // Rows that somebody holds: a commit of a call is rolled back while it is so.
  bool locked = false;

 protected:
  void finished(std::uint32_t run) override {
    const Saga& saga = pages->saga(run);
    ended.push_back({run, integer_or(saga.slots[static_cast<std::size_t>(counters().slot_idem)], 0),
                     saga.end, saga.reason, sim.now, saga.obstacle, saga.hindered, saga.ran,
                     saga.asked, saga.slots});
  }
  void other(const Event& event) override {
    if (event.cls == EventClass::ledger && event.kind == Ledgers::capture)
      ledgers->handle_capture(event, sim);
  }
  bool locks(const Commit&) override { return locked; }
};

}  // namespace pindah::bench
