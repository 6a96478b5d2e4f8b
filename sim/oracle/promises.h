// What people were promised, by its witness and by whom it belongs to.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/texts.h"
#include "platform/observer.h"

namespace pindah {

using HeldId = int;  // -1: none

// A status that a call committed on the platform which owned it then.
struct Reached {
  Micros at;
  int rank = -1;
};

// The last sight of a promise on a page that should have shown it.
struct Look {
  Micros at = kNever;  // intended start; kNever: nobody looked
  bool present = false;
  int rank = -1;             // as shown; -1: none
  std::optional<Side> side;  // the only platform that answered
  std::uint32_t intent = 0;  // who looked
  PageId page = -1;          // on which page
  Micros replied;
};

// What was told in a promise's fixed columns; nothing: told, but not this.
using FixedTexts = std::span<const std::optional<std::string_view>>;

// One promise. Those that populate made are told from the start. Promises keeps its texts.
struct Held {
  PromiseId promise = -1;
  Side home{};
  std::string_view witness;  // the idem as text, or "buyer/item"
  std::string_view owner;    // whom it belongs to; empty: unknown
  std::int64_t idem = 0;     // of the page that made it; negative: populate did; 0: keyed, populate
  Micros told_at = kNever;
  std::string_view token;
  FixedTexts fixed;
  int rank_populated = -1;       // the rank that populate gave it
  int rank_shown = -1;           // the highest told or shown
  std::vector<Reached> reached;  // in the run, in order of time, rising
  Micros rank_shown_at = kNever;
  Micros ended_at = kNever;
  Micros ending_from = kNever;  // when the page that ended it was asked for
  bool indeterminate = false;   // an ending of unknown fate
  Micros touched_at{-1};        // last commit by a call that carried its key
  std::optional<Side> made_on;
  Micros made_at = kNever;
  Look look;
  std::int64_t units = -1;  // as last shown, where its row says how many; -1: it does not
  int age = 0;              // in which it was begun or changed, as Promises counts them

  bool told() const { return told_at != kNever; }
  bool populated() const { return told_at.us < 0; }
  // The highest rank committed by an instant; -1: none.
  int rank_at(Micros instant) const;
};

// The instant at which populate's promises were told: before the run.
constexpr Micros kBeforeTheRun{-1};

class Promises {
 public:
  explicit Promises(std::size_t kinds) : by_witness_(kinds), by_owner_(kinds) {}
  Promises(Promises&&) = default;  // not copied: its maps and promises view into what it holds
  Promises& operator=(Promises&&) = default;

  HeldId find(PromiseId promise, Side home, std::string_view witness) const;
  // Finds it or begins it.
  HeldId get(PromiseId promise, Side home, std::string_view witness, std::string_view owner);
  // Copies that live as long as this.
  std::string_view keep(std::string_view text) { return texts_->keep(text); }
  FixedTexts keep(const std::vector<std::optional<std::string>>& fixed);
  // For changing it, until the next mark.
  Held& operator[](HeldId id) {
    Held& held = held_[static_cast<std::size_t>(id)];
    if (held.age < age_) remember(id);
    return held;
  }
  const Held& operator[](HeldId id) const { return held_[static_cast<std::size_t>(id)]; }
  // In the order in which they were begun.
  const std::vector<HeldId>& of(PromiseId promise, Side home, std::string_view owner) const;
  const std::deque<Held>& all() const { return held_; }

  // Begins an age to whose start these can be taken back.
  void mark() { ++age_; }
  // Where they stand, right after a mark; read: takes them back there from any later moment.
  template <class A>
  void archive(A& a) {
    std::uint64_t count = held_.size(), changes = changes_.size();
    a(count, changes, age_);
    if constexpr (A::reading) back_to(count, changes);
  }

 private:
  // What a promise was before the first time it was changed in an age.
  struct Change {
    HeldId id = -1;
    Held before;
  };
  void remember(HeldId id);
  void back_to(std::size_t count, std::size_t changes);
  using ByWitness = std::unordered_map<std::string_view, HeldId>;
  using ByOwner = std::unordered_map<std::string_view, std::vector<HeldId>>;
  std::unique_ptr<Texts> texts_ = std::make_unique<Texts>();
  std::deque<Held> held_;  // never copied as it grows: there is one for each of populate's orders
  std::vector<PerSide<ByWitness>> by_witness_;  // by promise and home
  std::vector<PerSide<ByOwner>> by_owner_;
  std::vector<HeldId> none_;
  int age_ = 0;                  // how many marks there are
  std::vector<Change> changes_;  // in order
};

}  // namespace pindah
