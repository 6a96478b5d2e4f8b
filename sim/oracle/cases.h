// Collects what went wrong, under the names that the world gives to it.
#pragma once

#include <string>
#include <vector>

#include "oracle/promises.h"
#include "oracle/record.h"
#include "world/world.h"

namespace pindah {

// Which anomaly is meant: its kind and the facts that it speaks of.
struct AnomalyOf {
  AnomalyKind kind{};
  PromiseId promise = -1;
  LedgerId ledger = -1;
  bool ledger_first = false;
  bool stock = false;
};

// Index into World::anomalies, or -1: this world does not watch for it.
int find_anomaly(const World& world, const AnomalyOf& of);

// A promise's row in a database at the instant at which a page that showed it ended.
struct SeenRow {
  bool looked = false;  // it was looked for
  bool present = false;
  int rank = -1;
  std::string owner;
  std::vector<std::string> fixed;
  Value root;
  template <class A>
  void archive(A& a) {
    a(looked, present, rank, owner, fixed, root);
  }
};

// A case, and what its culprit is to be found from.
struct Found {
  AnomalyCase what;
  HeldId held = -1;
  Micros looked = kNever;  // when a page showed it; kNever: it stands at the end
  int entry = -1;          // into the ledgers' entries
  ServiceId service = -1;  // of a write by a platform that did not own it
  Side written_on{};       // likewise
  std::string item;        // of goods that do not add up
  // Of what a page showed: which call gave it, where, and what the databases held by then.
  CallId call = -1;
  std::optional<Side> side;
  bool strayed = false;  // that platform did not own it then
  Micros intended = kNever;
  PerSide<SeenRow> rows{};
  template <class A>
  void archive(A& a) {
    a(what, held, looked, entry, service, written_on, item, call, side, strayed, intended, rows);
  }
};

// What nobody in particular suffers is this intent's.
constexpr std::uint32_t kNobody = UINT32_MAX;

// Whose a witness is: the intent of a run's idem, nobody's of populate's.
std::uint32_t intent_or_nobody(std::int64_t idem);

class Cases {
 public:
  explicit Cases(const World& world) : world_(world) {}
  // Drops it when the world does not watch for it.
  void add(const AnomalyOf& of, Found found);
  std::vector<Found>& all() { return all_; }
  const std::vector<Found>& all() const { return all_; }
  template <class A>
  void archive(A& a) {
    a(all_);
  }

 private:
  const World& world_;
  std::vector<Found> all_;
};

}  // namespace pindah
