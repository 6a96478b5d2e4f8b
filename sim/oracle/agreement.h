// The life as it was watched and what was recomputed from its end must tell the same.
#pragma once

#include "oracle/end_state.h"
#include "oracle/ending.h"
#include "oracle/promises.h"

namespace pindah {

// Holds the last sight of each promise against the final database. Says nothing of a promise whose
// last page failed or was answered by another platform than the owner, or that was written since.
// `copied_at`: by service, the last write on each side that was no call's. Throws Defect.
void agree(const World& world, const Ending& ending, const EndState& end_state,
           const std::deque<Held>& promised, const std::vector<PerSide<Micros>>& copied_at);

}  // namespace pindah
