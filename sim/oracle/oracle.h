// Stands outside of the pipeline: learns from what shoppers are told and what the ledgers take,
// checks with its own reads, and writes down one life. It shares no cursor, no log and no mapping
// code with the migrator. Here it hands out what it hears: pages to the PageReader, commits to the
// CommitReader; both write what they learn into the state and the PromiseBook.
#pragma once

#include "oracle/commit_reader.h"
#include "oracle/ending.h"
#include "oracle/page_reader.h"
#include "oracle/promise_book.h"
#include "oracle/state.h"

namespace pindah {

// What an oracle leaves to one that goes on from an earlier moment of the same life.
struct OraclePast {
  Record record;
  Promises promises;
};

// Used from its universe's thread only. O(1) for each outcome; JSON is parsed only where promises
// are listed.
class Oracle : public Observer {
 public:
  // `inputs` and what they refer to outlive it.
  explicit Oracle(const LifeInputs& inputs);
  ~Oracle() override;

  // Before the life begins: reads what populate promised, and keeps the databases for its reads.
  // They outlive its use. Throws WorldFault when truth SQL is at fault.
  void watch(const PerSide<Database*>& databases);
  // The same for a life that goes on from a keyframe: what is known by then is read back, not from
  // the databases; `past` is of the same life, which went further.
  void watch_again(const PerSide<Database*>& databases, OraclePast past);
  // The life ends here.
  OraclePast release() { return {std::move(state_.record), std::move(state_.promises)}; }
  void mark() { state_.promises.mark(); }  // before it is archived
  template <class A>
  void archive(A& a) {
    a(state_.promises, state_.stock, state_.captures, state_.cases, state_.shown_checks,
      state_.exposure, book_, commits_, pages_, state_.record);
  }

  // From now on the record keeps what each page showed.
  void keep_pages() { pages_.keep_pages(); }

  // What is known by now; valid until the life goes on.
  const Record& so_far() const { return state_.record; }
  // The same as a record of its own: of a life that was interrupted now.
  Record part(Micros now) const;
  // What the lives are compared by: a part without what pages showed.
  Record glance(Micros now) const;
  // Of the record that is so_far(): what went wrong, in the order in which it was found.
  const std::vector<Found>& cases() const { return state_.cases.all(); }
  // There are other people to come.
  void amended() { state_.amended(); }

  void page(const PageSeen& seen) override { pages_.read(seen); }
  void tried(const PageSeen& seen) override { pages_.tried(seen); }
  void committed(const Commit& commit) override { commits_.read(commit); }
  void ledger(const LedgerEntry& entry, Micros now) override;
  void reversal_refused(LedgerId ledger, std::int64_t witness, Micros now) override;
  void plan(const PlanEvent& event) override;
  void outage(ServiceId service, Micros from, Micros until) override;

  // Its part of what must add up, besides the universe's.
  void account(Accounts& accounts, const std::vector<ToldPromise>& told) const;
  // Throws Defect where somebody was held for longer than fences were told as closed.
  void check_outages(const std::vector<ClosedFor>& still_closed) const;

  // After the life has ended (once): settles what had to wait, recomputes what stands from the
  // databases and ledgers, and holds the two against each other. Throws Defect when they disagree.
  // An interrupted life is not recomputed.
  Record finish(const Ending& ending);

 private:
  bool knows(const ToldPromise& told) const;
  OracleState state_;
  PromiseBook book_;
  PageReader pages_;
  CommitReader commits_;
};

}  // namespace pindah
