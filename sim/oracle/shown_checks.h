// Judges what pages showed of promises: is everything there that was told, and is it true?
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "oracle/captures.h"
#include "oracle/cases.h"
#include "oracle/promises.h"
#include "world/world.h"

namespace pindah {

// A page that somebody looked at.
struct Glance {
  std::uint32_t intent = 0;
  Side home{};
  PageId page = -1;
  Micros intended, replied;
  std::optional<Side> side;  // the only platform that answered
};

// One promise as a page showed it.
struct ShownPromise {
  std::string witness;
  Value status;
  std::vector<std::optional<std::string>> fixed;  // nothing: not shown
  std::string rest;                               // the other columns of a list's row
  std::int64_t units = -1;                        // its `qty`, likewise; -1: it has none
};

// Reads a list's JSON: rows with the promise's key, status and fixed columns; `rest` without
// tokens. Nothing: it is no JSON array of objects.
std::optional<std::vector<ShownPromise>> read_list(const World& world, PromiseId promise,
                                                   const std::string& owner, const Value& json);

class ShownChecks {
 public:
  ShownChecks(const World& world, Promises& promises, const Captures& captures, Cases& cases)
      : world_(world), promises_(promises), captures_(captures), cases_(cases) {}

  // Each gives whether what was shown is true by the facts between request and reply.
  bool list(PromiseId promise, const std::string& owner, const std::vector<ShownPromise>& rows,
            const Glance& glance);
  // A page opened one promise by its token; no witness: it found nothing.
  bool opened(PromiseId promise, const std::string& owner, const std::string& token,
              const std::optional<ShownPromise>& shown, const Glance& glance);
  // A page that made the promise showed its status.
  bool made(HeldId id, const ShownPromise& shown, const Glance& glance);

  // Why the last of these was not true, as a sentence; empty: it was. Forgets it.
  std::string take_why_untrue() { return std::exchange(why_untrue_, {}); }

  // A call that ends one promise of this owner is under way or its fate is unknown: nothing of hers
  // is missed meanwhile.
  void ending(PromiseId promise, Side home, const std::string& owner, std::int64_t idem, bool on);
  // A call that makes a promise of this owner has committed.
  void making(PromiseId promise, Side home, const std::string& owner, Micros at);
  template <class A>
  void archive(A& a) {
    a(ending_, last_made_);
  }

 private:
  bool is_ending(PromiseId promise, Side home, const std::string& owner) const;
  bool row(PromiseId promise, const std::string& owner, const ShownPromise& row,
           const Glance& glance);
  bool shown(HeldId id, const ShownPromise& shown, const Glance& glance);
  bool status_true(Held& held, int rank, const Glance& glance);
  bool paid_and_shown_unpaid(const Held& held, int rank, const Glance& glance) const;
  bool units_true(HeldId id, const ShownPromise& shown, const Glance& glance);
  bool fixed_true(HeldId id, const ShownPromise& shown, const Glance& glance);
  bool came_back(const Held& held, const Glance& glance) const;
  void missing(HeldId id, const Glance& glance);
  std::string name_of(HeldId id) const;
  bool untrue(std::string why);  // false
  void add(AnomalyKind kind, HeldId id, const Glance& glance, std::string detail);

  const World& world_;
  const Promises& known() const { return promises_; }  // to read: a look is no change

  Promises& promises_;
  const Captures& captures_;
  Cases& cases_;
  using Person = std::tuple<PromiseId, Side, std::string>;
  std::map<Person, std::set<std::int64_t>> ending_;
  std::map<Person, Micros> last_made_;
  std::string why_untrue_;
};

}  // namespace pindah
