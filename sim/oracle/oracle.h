// Stands outside of the pipeline: learns from what shoppers are told and what the ledgers take,
// checks with its own reads, and writes down one life. It shares no cursor, no log and no mapping
// code with the migrator.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <vector>

#include "oracle/captures.h"
#include "oracle/cases.h"
#include "oracle/ending.h"
#include "oracle/exposure.h"
#include "oracle/facts.h"
#include "oracle/goods.h"
#include "oracle/record.h"
#include "oracle/roles.h"
#include "oracle/sightings.h"
#include "oracle/tally.h"
#include "universe/universe.h"

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
  // `premises` and what they refer to outlive it.
  explicit Oracle(const Premises& premises);
  ~Oracle() override;

  // Before the life begins: reads what populate promised, and keeps the databases for its reads.
  // They outlive its use. Throws WorldFault when truth SQL is at fault.
  void watch(const PerSide<Database*>& databases);
  // The same for a life that goes on from a keyframe: what is known by then is read back, not from
  // the databases; `past` is of the same life, which went further.
  void watch_again(const PerSide<Database*>& databases, OraclePast past);
  OraclePast release() { return {std::move(record_), std::move(promises_)}; }  // the life ends here
  void mark() { promises_.mark(); }  // before it is archived
  template <class A>
  void archive(A& a) {
    a(promises_, goods_, captures_, cases_, sightings_, tally_, pending_ends_, all_ended_, made_at_,
      copied_at_, returned_, record_);
  }

  // From now on the record keeps what each page showed.
  void keep_pages() { keeps_pages_ = true; }

  // What is known by now; valid until the life goes on.
  const Record& so_far() const { return record_; }
  // The same as a record of its own: of a life that was interrupted now.
  Record part(Micros now) const;
  // There are other people to come.
  void amended();

  void page(const PageSeen& seen) override;
  void committed(const Commit& commit) override;
  void ledger(const LedgerEntry& entry, Micros now) override;
  void reversal_refused(LedgerId ledger, std::int64_t witness, Micros now) override;
  void plan(const PlanEvent& event) override;
  void outage(ServiceId service, Micros from, Micros until) override;

  // After the life has ended (once): settles what had to wait, recomputes what stands from the
  // databases and ledgers, and holds the two against each other. Throws Defect when they disagree.
  // An interrupted life is not recomputed.
  Record finish(const Ending& ending);

 private:
  // A call that ends some promises has committed; which ones, its page's reply will tell.
  struct PendingEnd {
    PromiseId promise = -1;
    CallId call = -1;
    Side home{};
    std::string owner;
    Micros at;
    template <class A>
    void archive(A& a) {
      a(promise, call, home, owner, at);
    }
  };
  void keep_shown(const PageSeen& seen);
  void visit(const PageSeen& seen);
  void message(const PageSeen& seen);
  void answered(const PageSeen& seen, const Glance& glance, std::size_t number);
  void refused(const PageSeen& seen, std::size_t number);
  void column(const Role& role, const PageSeen& seen, const Glance& glance, std::size_t number);
  void list(const Role& role, const PageSeen& seen, const Glance& glance, Visit& visit);
  void open(const PromiseStep& opens, const PageSeen& seen, const Glance& glance, Visit& visit);
  void tell(const PromiseStep& makes, const PageSeen& seen, const Glance& glance, Visit& visit);
  void reopen(HeldId id);
  void end(const PageSeen& seen);
  void end_some(const PendingEnd& pending, const PageSeen& seen);
  void end_unknown();
  int refusing_step(const PageSeen& seen) const;
  void note_goods(const PageSeen& seen);
  void remember_choices(const PageSeen& seen);
  void own_write(const Commit& commit);
  void note_taken(const Commit& commit);
  void note_idem(const Commit& commit, PromiseId promise);
  void note_keyed(const Commit& commit, PromiseId promise);
  void unowned(const Commit& commit);
  void note_return(const Commit& commit);
  ShownPromise shown_on(const Promise& promise, const PageSeen& seen) const;
  std::string owner_of(PromiseId promise, std::uint32_t intent) const;
  const Value& slot(const PageSeen& seen, SlotId slot) const;
  void recompute(const Ending& ending);
  void take_cases();

  const Premises& premises_;
  const World& world_;
  std::vector<PageRoles> pages_;
  std::vector<CallRole> calls_;
  bool keeps_pages_ = false;
  std::string packed_;     // of one page; kept for its room
  SlotId item_slot_ = -1;  // of the stock
  Promises promises_;
  Goods goods_;
  Captures captures_;
  Cases cases_;
  Sightings sightings_;
  Tally tally_;
  std::unique_ptr<Facts> facts_;
  std::map<std::int64_t, std::vector<PendingEnd>> pending_ends_;
  std::map<std::tuple<PromiseId, Side, std::string>, Micros> all_ended_;
  std::map<std::int64_t, Micros> made_at_;  // commits of keyed promises whose page has not replied
  std::vector<PerSide<Micros>> copied_at_;  // by service: last write that was no call's
  std::vector<bool> promising_;             // by service: promises, charges or goods are kept there
  std::set<std::tuple<ServiceId, std::int64_t, bool>> returned_;  // those in promise_writes
  Record record_;
};

}  // namespace pindah
