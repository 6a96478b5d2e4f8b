// What holds in every run, whatever its world and its plan do: where it does not, Pindah itself is
// wrong. One row for each, with the sentence that is told; the rooms hold them where it happens.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/time.h"

namespace pindah {

enum class Invariant : std::uint8_t {
  runs_once,
  gate_counts,
  commits_numbered,
  owner_known,
  owner_commits,
  handed_over,
  drained,
  stop_last,
  caught_up,
  captured_logged,
  logged_taken,
  roots_add_up,
  newest_wins,
  positions,
  comparison_sees,
  nobody_forgotten,
  custody_kept,
  commits_told,
  visits_told,
  promises_known,
  audits_told,
  ledger_once,
  callbacks_heard,
  outages_told,
  derivations_agree,
  noticing_sees,
  count
};

struct InvariantRow {
  Invariant id{};
  const char* word;      // "drained"
  const char* sentence;  // what is so
};
// In the order of Invariant.
std::span<const InvariantRow> invariants();

// Throws Defect: which invariant, what it says, at which instant (kNever: the life's end or none in
// particular), and where.
[[noreturn]] void broken(Invariant which, Micros at, const std::string& where);

// Throws Defect unless `holds`; `where()` makes the text only then.
template <class Where>
inline void must_hold(bool holds, Invariant which, Micros at, Where&& where) {
  if (!holds) [[unlikely]]
    broken(which, at, where());
}

}  // namespace pindah
