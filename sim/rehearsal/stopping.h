// Lives of a scenario whose budget can end them: both in step, looked at every virtual minute.
#pragma once

#include "rehearsal/rehearsal.h"
#include "universe/universe.h"

namespace pindah {

// Some line of the budget says `stop`.
bool can_stop(const Scenario& scenario);

// Lives both from their beginning until a line breaks, or to their end, and leaves their records,
// which know no more than was known by then.
void live_until_broken(const LifeInputs& inputs, const SharedSetup& setup,
                       const RehearsalOptions& options, RehearsalResult& result);

}  // namespace pindah
