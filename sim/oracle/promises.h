// What people were promised, by its witness and by whom it belongs to.
#pragma once

#include <deque>
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
  template <class A>
  void archive(A& a) {
    a(at, rank);
  }
};

// The last sight of a promise on a page that should have shown it.
struct Look {
  Micros at = kNever;  // intended start; kNever: nobody looked
  bool present = false;
  int rank = -1;             // as shown; -1: none
  std::optional<Side> side;  // the only platform that answered
  template <class A>
  void archive(A& a) {
    a(at, present, rank, side);
  }
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

  bool told() const { return told_at != kNever; }
  bool populated() const { return told_at.us < 0; }
  // The highest rank committed by an instant; -1: none.
  int rank_at(Micros instant) const;
  // All but its texts, which Promises keeps.
  template <class A>
  void archive(A& a) {
    a(promise, home, idem, told_at, rank_populated, rank_shown, reached, rank_shown_at, ended_at,
      ending_from, indeterminate, touched_at, made_on, made_at, look);
  }
};

// The instant at which populate's promises were told: before the run.
constexpr Micros kBeforeTheRun{-1};

class Promises {
 public:
  explicit Promises(std::size_t kinds) : by_witness_(kinds), by_owner_(kinds) {}
  Promises(const Promises&) = delete;  // its maps and promises view into what it holds
  Promises& operator=(const Promises&) = delete;

  HeldId find(PromiseId promise, Side home, std::string_view witness) const;
  // Finds it or begins it.
  HeldId get(PromiseId promise, Side home, std::string_view witness, std::string_view owner);
  // Copies that live as long as this.
  std::string_view keep(std::string_view text) { return texts_.keep(text); }
  FixedTexts keep(const std::vector<std::optional<std::string>>& fixed);
  Held& operator[](HeldId id) { return held_[static_cast<std::size_t>(id)]; }
  const Held& operator[](HeldId id) const { return held_[static_cast<std::size_t>(id)]; }
  // In the order in which they were begun.
  const std::vector<HeldId>& of(PromiseId promise, Side home, std::string_view owner) const;
  const std::deque<Held>& all() const { return held_; }
  template <class A>
  void archive(A& a) {
    std::uint64_t count = held_.size();
    a(count);
    for (std::uint64_t i = 0; i < count; ++i) {
      if constexpr (A::reading) {
        Held held;
        std::string witness, owner, token;
        std::vector<std::optional<std::string>> fixed;
        a(held, witness, owner, token, fixed);
        put_back(held, witness, owner, token, fixed);
      } else {
        const Held& held = held_[i];
        a(held, held.witness, held.owner, held.token, held.fixed);
      }
    }
  }

 private:
  void put_back(const Held& held, std::string_view witness, std::string_view owner,
                std::string_view token, const std::vector<std::optional<std::string>>& fixed);
  using ByWitness = std::unordered_map<std::string_view, HeldId>;
  using ByOwner = std::unordered_map<std::string_view, std::vector<HeldId>>;
  Texts texts_;
  std::deque<Held> held_;  // never copied as it grows: there is one for each of populate's orders
  std::vector<PerSide<ByWitness>> by_witness_;  // by promise and home
  std::vector<PerSide<ByOwner>> by_owner_;
  std::vector<HeldId> none_;
};

}  // namespace pindah
