// The life of a promise: a call that makes it commits, a page tells it, a call ends it, a page says
// what was ended; perhaps it is made anew.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "oracle/roles.h"
#include "oracle/state.h"

namespace pindah {

class PromiseBook {
 public:
  explicit PromiseBook(OracleState& state) : state_(state), world_(state.world) {}

  // The call that makes a keyed promise of this owner has committed. Its page will tell which.
  void made(PromiseId promise, Side home, const std::string& owner, std::int64_t idem, Micros at);
  // A call has committed that ends keyed promises of this owner: all of hers at once, or those that
  // its page's reply will name.
  void ended(PromiseId promise, const std::string& owner, const Commit& commit);
  // A page that makes a promise was answered. False: the status that it showed is not true.
  bool tell(const PromiseStep& makes, const PageSeen& seen, const Glance& glance);
  // A visit is over: what its calls ended is known now.
  void end(const PageSeen& seen);
  // The life is over. Calls whose page never said what they ended: nobody knows what.
  void end_unknown();

  template <class A>
  void archive(A& a) {
    a(pending_ends_, all_ended_, ended_, made_at_);
  }

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
  struct Ended {
    Micros at = kNever;
    Micros from = kNever;  // when the page that ended it was asked for
    template <class A>
    void archive(A& a) {
      a(at, from);
    }
  };
  Ended last_ended(const Held& held) const;
  void reopen(HeldId id);
  void end_some(const PendingEnd& pending, const PageSeen& seen);

  OracleState& state_;
  const World& world_;
  std::map<std::int64_t, std::vector<PendingEnd>> pending_ends_;          // by idem
  std::map<std::tuple<PromiseId, Side, std::string>, Micros> all_ended_;  // by owner: last time
  std::map<std::tuple<PromiseId, Side, std::string>, Ended> ended_;       // by witness: last time
  std::map<std::int64_t, Micros> made_at_;  // commits of keyed promises whose page has not replied
};

// The promise as the page that makes or opens it shows it.
ShownPromise shown_on(const World& world, const Promise& promise, const PageSeen& seen);

}  // namespace pindah
