// Lives of a scenario whose budget can end them: both in step, looked at every virtual minute.
#pragma once

#include <memory>

#include "rehearsal/rehearsal.h"
#include "rehearsal/watched_life.h"

namespace pindah {

// Some line of the budget says `stop`.
bool can_stop(const Scenario& scenario);

// Whether both lives are looked at at this instant, and the next at which they are.
bool is_look(Micros instant);
Micros next_look(Micros now);
// A line that says `stop` is broken by what both lives have told by now, an instant of a look.
bool is_broken(const LifeInputs& inputs, const WatchedLife& control, const WatchedLife& rehearsed);
// Ends a life at which a line broke, or at which somebody interrupted it, or at its end.
Record finish(WatchedLife& life, bool interrupted, bool stopped);

// Lives both from their beginning until a line breaks, or to their end, and leaves their records,
// which know no more than was known by then. Gives the rehearsed life, which is over.
std::unique_ptr<WatchedLife> live_until_broken(const LifeInputs& inputs, const SharedSetup& setup,
                                               const RehearsalOptions& options,
                                               RehearsalResult& result);

}  // namespace pindah
