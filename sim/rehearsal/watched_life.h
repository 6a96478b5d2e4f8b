// One life from its databases to its record: a universe, the oracle that watches it, and looks at
// its dials and at the checklist on the way.
#pragma once

#include <atomic>
#include <memory>
#include <optional>

#include "oracle/oracle.h"
#include "oracle/scorecard.h"
#include "universe/universe.h"

namespace pindah {

// What a life leaves to one that goes on from an earlier moment of it.
struct LifePast {
  OraclePast oracle;
  Custody custody;
  std::vector<Gauges> gauges;
};

// Not thread-safe; two of them on two threads share nothing that changes.
class WatchedLife {
 public:
  // `last`: nobody needs the populated databases after this life, which then uses them up.
  // `keep_pages`: Record::shown and Record::gauges. LifeInputs and what they refer to outlive it.
  WatchedLife(const LifeInputs& inputs, Life life, Populated* last, bool keep_pages);
  // Goes on from a keyframe of a life with the same inputs.
  // `past`: of that life, which went on from there.
  WatchedLife(const LifeInputs& inputs, Life life, const PerSide<std::string>& images,
              std::string_view state, LifePast past);
  ~WatchedLife();

  // Every event up to and including `instant`, and the looks that are due by then, which are at the
  // same instants however one gets there. False: stopped early because `*stop` became true.
  bool run_until(Micros instant, const std::atomic<bool>* stop = nullptr);
  // After the inputs have changed from now on: takes up what is new in them.
  void amended();

  Universe& universe() { return *universe_; }
  const Universe& universe() const { return *universe_; }
  // What is known by now; valid until the life goes on. Without cases, gauges and compliance.
  const Record& so_far() const { return oracle_->so_far(); }
  const Oracle& oracle() const { return *oracle_; }
  // The same as a record of its own that says of itself that it is a part.
  Record part() const;
  // What is needed to go on from here, beside its databases and its past. Of a life that keeps
  // pages.
  std::string keyframe();
  // Ends it, also after finish(), which has taken the record away.
  LifePast release();
  // Once: the life is over, or was interrupted.
  Record finish(bool interrupted);

 private:
  PerSide<Database*> set_out();
  template <class A>
  void archive(A& a) {
    a(*oracle_, next_stride_, next_dials_, compliance_, looks_, next_look_, routing_.owners,
      routing_.front);
    Record::cut(a, gauges_);
  }
  bool live_until(Micros instant, const std::atomic<bool>* stop);
  void look(Micros now);
  void look_at_dials();
  void look_at_compliance(Micros now);
  Ending ending(bool interrupted);
  void check() const;

  const LifeInputs& inputs_;
  Life life_;
  bool keeps_pages_ = true;
  Micros look_every_, stride_;
  Micros next_stride_, next_dials_;
  std::size_t told_ = 0;  // what the plan and surprises had told when the dials were looked at
  std::unique_ptr<Oracle> oracle_;
  std::unique_ptr<Universe> universe_;  // whose observer the oracle is
  std::unique_ptr<Scorecard> scorecard_;
  std::vector<ComplianceSample> compliance_;
  std::vector<Gauges> gauges_;
  Routing routing_;  // as it was looked at last
  std::int64_t looks_ = 0;
  Micros next_look_;
};

}  // namespace pindah
