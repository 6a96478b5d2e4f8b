// Whom to blame for what went wrong by absolute criteria: which rows stood behind what she saw, on
// which side, as of that instant; the first broken link of committed, captured, extracted, copied
// or applied, loaded, survived; or whoever wrote them last; or, where they were right, the call
// that answered. Read off custody, the plan's events and truth, never off the plan's options.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "oracle/cases.h"
#include "oracle/end_state.h"
#include "oracle/ending.h"
#include "oracle/promises.h"
#include "oracle/stock_oracle.h"
#include "oracle/story.h"
#include "scenario/scenario.h"

namespace pindah {

// Of a fact's row, whoever read it.
struct RowContent {
  bool present = false;
  int rank = -1;
  std::vector<std::string> fixed;
  Value root;
};

struct Blame {
  Culprit culprit;
  Circumstances how;
};

class Culprits {
 public:
  // Everything outlives it.
  Culprits(const World& world, const Scenario& scenario, const Ending& ending,
           const EndState& end_state, const std::vector<PlanEvent>& events);

  // Of a promise that is missing, changed or behind; `found`: where it was looked at, or that it
  // stands so at the end.
  Blame of_promise(const Held& held, const Found& found) const;
  // Of an entry of a ledger that is not booked, booked otherwise, or not coupled.
  Blame of_entry(const LedgerEntry& entry, const Found& found) const;
  // Of a write on `side` that the other platform owned by then.
  Blame of_unowned(ServiceId service, Side side, Micros at) const;
  // Of goods that do not add up: what sets those items apart from the others. Nothing in particular
  // may do.
  Blame of_goods(const StockOracle& goods, const std::vector<Found>& cases) const;

 private:
  // What is asked of a fact: who answered for it, until when, and what the databases had of it.
  struct Question {
    ServiceId service = -1;
    Side side{};  // which answered, or ought to have it
    Micros until = kNever;
    PerSide<bool> present{};
    std::string column, told, is;  // where the content differs
    bool told_elsewhere = false;   // the other side has it as it was told
  };
  std::vector<RootKey> roots_of(const Held& held, ServiceId service,
                                const PerSide<Value>& keys) const;
  std::vector<RootKey> written_by(std::int64_t idem, ServiceId service) const;
  void add_roots(std::vector<RootKey>& roots, ServiceId service, Side from, const Value& key) const;
  bool holds(const RootKey& root) const;
  Wrong wrong_of(const Found& found) const;
  void note_fixed(Question& asked, const Held& held, std::size_t fixed, const RowContent& here,
                  const RowContent& there) const;
  void compare_shown(Question& asked, const Held& held, const Found& found, const RowContent& here,
                     const RowContent& there) const;
  void compare_standing(Question& asked, const Held& held, const Found& found, const FinalRow& row,
                        const RowContent& there) const;
  bool compare_booked(Question& asked, const LedgerEntry& entry, const FinalMoney* mine) const;
  Blame called_back(const LedgerEntry& entry, ServiceId service, Side owner) const;
  Blame sighting(const Held& held, const Found& found) const;
  Blame standing(const Held& held, const Found& found) const;
  Blame elsewhere(ServiceId service, const Found& found) const;
  Blame answered(ServiceId service, const Found& found) const;
  Blame gone(const Story& story, const std::vector<RootKey>& roots, const Question& asked) const;
  Blame never_came(const Story& story, const std::vector<RootKey>& roots,
                   const Question& asked) const;
  Blame changed(const Story& story, const Question& asked) const;
  Blame overwritten(const Story& story, const Deed& last, const Deed& write,
                    const Question& asked) const;
  std::optional<Blame> misled_by(const Story& story, const Deed& write,
                                 const Question& asked) const;
  Blame not_carried(const Deed& write, const Question& asked) const;
  Blame moved(const Story& story, const Deed& last, const Question& asked) const;
  Blame by_call(BrokenLink link, const Deed& deed, const Question& asked) const;
  // A chunk of the move went past the key after the instant, or a whole copy of its service did.
  bool copied_past(const RootKey& root, Micros after) const;
  bool names(const PlanEvent& event, ServiceId service) const;
  // The last such phase of a step that names the service, up to the instant.
  std::optional<Micros> phase_before(ServiceId service, Phase phase, Micros instant) const;
  bool wrote_twice(ServiceId service, Micros at) const;
  // The step that last decided who answers for the service.
  StepId led_by(ServiceId service, Micros instant) const;
  Side owner_at_end(ServiceId service, const Held& held) const;

  const World& world_;
  const Scenario& scenario_;
  StepPlaces places_;
  const Ending& ending_;
  const EndState& end_state_;
  const std::vector<PlanEvent>& events_;
  std::map<std::int64_t, std::vector<RootKey>> by_idem_;  // roots that calls of a page wrote
};

// Gives every case that can have one its culprit.
void name_culprits(const Culprits& culprits, const StockOracle& goods, const World& world,
                   const Ending& ending, const std::deque<Held>& promised,
                   std::vector<Found>& cases);

}  // namespace pindah
