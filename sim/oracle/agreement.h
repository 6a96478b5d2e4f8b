// Holds what people last saw of each promise against what stands at the end. Where nothing was
// written in between and the two disagree, the page showed what was not so.
#pragma once

#include "oracle/cases.h"
#include "oracle/end_state.h"
#include "oracle/ending.h"
#include "oracle/promises.h"

namespace pindah {

// The last look was at what the final database of the owner still holds. `copied_at`: the last
// write there that was no call's.
bool conclusive(const Held& held, Side owner, Micros copied_at);

// Says nothing of a promise whose last page failed or was answered by another platform than the
// owner, or that was written since. `copied_at`: by service, the last write on each side that was
// no call's. What was known while the life went on is not added to `cases` again.
void hold_against_the_end(const World& world, const Ending& ending, const EndState& end_state,
                          const std::deque<Held>& promised,
                          const std::vector<PerSide<Micros>>& copied_at, Cases& cases,
                          std::vector<UntruePage>& untrue);

}  // namespace pindah
