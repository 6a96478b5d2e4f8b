// The parts of an audit. Private to sim/audit.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "audit/book.h"
#include "audit/scratch.h"
#include "audit/stage.h"

namespace pindah::audit {

// What all parts share.
struct Bench {
  const Ground& ground;
  const PerSide<const Database*> origin;  // as populate left them
  Stage& untouched;                       // the same, on which nothing runs
  const Pools& pools;
  const People& people;
  const Writes& writes;
  Book& book;
  Report& report;
  std::vector<bool>& answered;  // by call: it has answered at least once
  const std::atomic<bool>* stop = nullptr;

  bool stopped() const { return stop != nullptr && *stop; }
  const World& world() const { return ground.world; }
};

// Writes down what the other side refuses.
Stage::Refused refusals(Bench& bench);

// Loads everything from the source, and holds `check` and `present` against it.
void load_all(Bench& bench, Stage& stage, Side from);
// What `stage` holds on a side goes to the other platform's place of origin and back.
void round_trips(Bench& bench, Stage& stage);
// Erases some roots on the target and loads them again.
void try_deletes(Bench& bench, Stage& stage, Side from);
// People go through the pages, each call on both sides, the leading one being right.
void walk(Bench& bench, Stage& stage, Side lead, int people);
// Every reading call for a sample of what there is.
void read_everywhere(Bench& bench, Stage& stage, Side lead);
void compare_truths(Bench& bench, Stage& stage);
// Changes each column of some rows, one at a time, and takes it back.
void influences(Bench& bench, Stage& stage, Side from);

// A call on both sides at once.
class Lane {
 public:
  Lane(Bench& bench, Stage& stage, Side lead);
  // Runs it on the side that leads, tries it on the other, carries over what it changed, and
  // writes down what differs. `slots` are the leading side's afterwards.
  RanEnd step(CallId call, Slots& slots);
  bool moves(ServiceId service) const { return moving_[static_cast<std::size_t>(service)]; }
  Side lead() const { return lead_; }

 private:
  struct Both {
    Ran led, followed;
    Slots ours, theirs;
  };
  RanEnd read(CallId call, Slots& slots);
  RanEnd write(CallId call, Slots& slots);
  void replay(CallId call, const Slots& before);
  Ran guarded(CallId call, Side side, const std::function<Ran()>& run);
  bool compare_ends(CallId call, const Both& both);
  void compare_answers(CallId call, const Both& both);
  void compare_changes(CallId call, const Both& both, const Net& called, const Net& moved);
  void tell(CallId call, std::size_t table, const Row& called, const Row& moved,
            const std::set<std::pair<Value, Value>>& same);
  std::vector<Place> places(CallId call) const;

  Bench& bench_;
  Stage& stage_;
  Side lead_;
  std::vector<bool> moving_;
  std::vector<std::vector<bool>> compared_;  // by call: results that are
};

}  // namespace pindah::audit
