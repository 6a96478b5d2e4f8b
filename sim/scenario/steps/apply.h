// Brings captured changes of a service over.
#pragma once

#include "scenario/steps/copy.h"

namespace pindah {

// What applying a change does where the destination does not hold the root yet.
enum class MissingRow : std::uint8_t { insert, ignore, fail };
// What it does where the destination holds the root.
enum class PresentRow : std::uint8_t { upsert, replace, ignore, fail };
// What an apply brings: the root as it is when the migrator reads it, or as the change left it.
enum class Carries : std::uint8_t { state, images };

struct Apply {
  static constexpr StepKind kKind = StepKind::apply;
  Micros poll = millis(50);
  int batch = 200;  // changes
  int at_once = 1;  // batches on their way; more than one: in no order
  MissingRow missing = MissingRow::insert;
  PresentRow conflict = PresentRow::upsert;
  Carries carries = Carries::state;
  Checkpoint checkpoint = Checkpoint::with_data;
};
StepSpec apply_spec();

}  // namespace pindah
