// What must add up when a life has ended or was cut short: one room says what it did, another what
// it saw of it.
#pragma once

#include <cstdint>
#include <vector>

#include "base/time.h"

namespace pindah {

struct Accounts {
  // Shoppers' visits and audits: begun, not over yet, and written down by the oracle.
  std::int64_t visits_begun = 0, visits_open = 0, visits_told = 0;
  std::int64_t audits_begun = 0, audits_open = 0, audits_told = 0;
  std::int64_t audits_due = 0;  // begun or still to begin; 0 before the audit
  // Promises that shoppers hold and that can be looked at again, and, of all, those that the oracle
  // does not know of.
  std::int64_t promises_open_again = 0, promises_unknown = 0;
  bool audit_began = false;
  // Entries of all ledgers and their references; entries that a callback has told, and callbacks
  // that were answered.
  std::int64_t entries = 0, references = 0;
  std::int64_t entries_told = 0, callbacks_answered = 0;
  // Commits of both platforms, and those that the oracle heard of.
  std::int64_t commits = 0, commits_heard = 0;
  // Runs of pages, transfers of the migrator and entries of ledgers: under way, and of those the
  // ones for which nothing is going to happen.
  std::int64_t under_way = 0, forgotten = 0;
};

// Throws Defect (invariants.h) where they do not add up.
void settle(const Accounts& accounts, Micros now);

// A promise that a shopper was told on a visit of hers.
struct ToldPromise {
  std::uint32_t intent = 0;
  std::uint32_t visit = 0;
  int promise = -1;
};

// A fence from the first request that it held or turned away on, until it opened.
struct ClosedFor {
  int service = -1;
  Micros from, until;
};
// A visit that a fence held, or (refused_by ≥ 0) turned away.
struct Hindered {
  Micros from, until;  // of the visit
  Micros held;
  int refused_by = -1;
};
// Throws Defect where somebody waited longer than fences were told as closed.
void compare_outages(const std::vector<ClosedFor>& told, const std::vector<Hindered>& hindered);

}  // namespace pindah
