// Copies the rows of a service to the target in chunks by root.
#pragma once

#include "scenario/vocabulary/steps.h"

namespace pindah {

// What a copied row does to one that is there already. changelog_wins: it leaves alone what the
// changelog (or a dual write) touched since the chunk was read; otherwise upsert.
enum class CopyConflict : std::uint8_t { changelog_wins, upsert, replace, ignore, fail };
enum class CopyOrder : std::uint8_t { parents_first, parents_last };
// Where the migrator keeps how far it is: committed together with the rows, or on its own before.
enum class Checkpoint : std::uint8_t { with_data, apart };

struct Copy {
  static constexpr StepKind kKind = StepKind::copy;
  std::int64_t rows_per_second = 2000;  // roots a second; 0: no limit
  int chunk = 500;                      // roots
  CopyOrder order = CopyOrder::parents_first;
  bool locking = false;   // writes of the chunk's roots wait from its read until it is loaded
  Conditions pause_when;  // all of them
  CopyConflict conflict = CopyConflict::changelog_wins;
  Checkpoint checkpoint = Checkpoint::with_data;
};
StepSpec copy_spec();

}  // namespace pindah
