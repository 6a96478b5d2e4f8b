// One life: two platforms, the people, and (in the rehearsed one) the plan and the surprises, run
// in virtual time.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "platform/backend.h"
#include "platform/buckets.h"
#include "platform/custody.h"
#include "platform/gauges.h"
#include "platform/observer.h"
#include "selfcheck/accounts.h"
#include "traffic/intents.h"
#include "world/populate.h"

namespace pindah {

// What both universes read and neither changes.
struct LifeInputs {
  const World& world;
  const Scenario& scenario;
  Constants constants;  // settings and scale as SQL sees them
  const Populated& populated;
  const Pools& pools;
  const std::vector<Intent>& intents;
};

enum class Life : std::uint8_t { control, rehearsed };

// Not thread-safe; two of them on two threads share nothing that changes.
class Universe {
 public:
  Universe(const LifeInputs& inputs, Life life, Observer& observer);
  // Uses `content`, which equals the inputs' populated databases, up instead of copying those.
  Universe(const LifeInputs& inputs, Life life, Observer& observer, Populated&& content);
  // Goes on from a snapshot of a universe with the same inputs and life.
  Universe(const LifeInputs& inputs, Life life, Observer& observer, std::string_view snapshot);
  // Goes on from a keyframe of it, whose custody had got to `past` since.
  Universe(const LifeInputs& inputs, Life life, Observer& observer,
           const PerSide<std::string>& images, std::string_view state, Custody past);
  ~Universe();

  Micros now() const;
  Micros end() const;  // length + settling + the audit and its last replies
  // Runs every event up to and including `instant`. False: stopped early because `*stop` became
  // true.
  bool run_until(Micros instant, const std::atomic<bool>* stop = nullptr);
  std::string snapshot() const;
  // A keyframe, beside the databases: everything but custody, which grows and is only counted.
  std::string state() const;
  Custody release_custody();  // the life ends here
  // The scenario and the intents of its inputs have changed: nothing about the past, and more
  // from the next microsecond on. Takes up what is new.
  void amended();
  Micros next_event() const;  // kNever: there is none
  std::uint64_t digest() const;

  // For observers and the end: read only.
  Database& database(Side side);
  const Database& database(Side side) const;
  const std::vector<LedgerEntry>& ledger_entries() const;
  const Custody& custody() const;
  Side owner(ServiceId service) const;
  Share shared_out(ServiceId service) const;  // of the source's, which the target owns
  Gauges gauges() const;
  const std::string& front() const;  // what the shop is called to the shoppers who move
  std::vector<Unfinished> unfinished_steps() const;
  std::vector<StepMet> met_steps() const;  // those that have acted
  bool waits(StepId step) const;  // it has not begun, and nothing has decided that it never will
  // Ledger entries without a final answer and entries of job lists not worked off.
  std::int64_t open_work() const;
  // Its part of what must add up, the promises that shoppers were told, and the fences that stand
  // closed and have met somebody.
  Accounts accounts() const;
  std::vector<ToldPromise> told() const;
  std::vector<ClosedFor> still_closed() const;
  std::uint64_t statements() const;  // SQL statements executed so far by calls
  void set_tap(CallTap* tap);        // for measurements; outlives its use

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pindah
