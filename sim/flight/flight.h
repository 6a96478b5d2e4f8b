// A rehearsal flown by hand: both lives side by side, at one instant, stopped and gone on with at
// will, intervened in, and taken back to any moment of its past.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "flight/intervention.h"
#include "flight/running.h"
#include "rehearsal/rehearsal.h"
#include "universe/universe.h"

namespace pindah {

struct FlightOptions {
  int threads = 2;                          // 1 or 2; the result is the same
  std::int64_t keyframe_bytes = 2LL << 30;  // at most so much memory for the way back
  Micros keyframe_every = minutes(20);      // of virtual time; sooner where much happens
};

// Not thread-safe: one thread flies it (it may use a second one within a call).
class Flight {
 public:
  // Both lives at instant 0. Throws WorldFault. `input`'s scenario is copied: interventions edit
  // the copy.
  Flight(const ScenarioAndWorld& input, SharedSetup setup, const FlightOptions& options);
  ~Flight();

  Micros now() const;
  Micros end() const;
  // now() has reached end(), or a line of the budget that says `stop` has broken before it.
  bool over() const;
  // Every event of both lives up to and including `instant`; the two never stand further apart than
  // one call of this. At the end both lives are settled and result() is there.
  void run_until(Micros instant);
  // The instant of the rehearsed life's next event; end() if there is none before.
  Micros next_event() const;

  // The scenario as it now stands, with every intervention in it; its text replays to digest().
  const Scenario& scenario() const;
  std::string scenario_text() const;
  const Sources& sources() const;  // its files' texts, with every intervention, comments and all
  const std::vector<Intervention>& interventions() const;
  // Takes effect one microsecond from now(). What is wrong with it as people's words; empty: done.
  std::string intervene(Intervention intervention);

  // Both lives at `instant`, 0 to the furthest instant reached, as they were then; what came later
  // is forgotten, interventions after it as well.
  void rewind(Micros instant);
  std::vector<Micros> keyframes() const;
  std::int64_t keyframe_bytes() const;  // in use, beside what the lives write down anyway

  // For those who look; valid until the next call that is not const.
  const Universe& life(Life life) const;
  const Record& so_far(Life life) const;  // visits, shown, messages, plan, outages; at the end all
  const std::vector<Intent>& intents() const;
  // Steps of the plan and whether each may still be advanced or held.
  bool waits(StepId step) const;
  // Who has noticed, as recount() or result() found it last.
  const Running& running() const;
  // Counts who has noticed by now: a part of what result() takes.
  void recount() const;
  // What a rollback would lose by now.
  WayBack way_back() const;
  // What went wrong so far, in the order in which it was found; at the end in that of time.
  std::vector<AnomalyCase> cases_after(std::size_t first) const;
  // Another number whenever what had been lived is no longer what was lived, or others will come.
  std::uint64_t past() const;
  // Who has noticed by now and how the budget stands; at the end the whole truth.
  RehearsalResult result() const;
  std::uint64_t digest() const;  // of both lives so far

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pindah
