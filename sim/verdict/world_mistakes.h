// What goes wrong in the control life, without any migration: then the world itself is at fault,
// unless the weather explains it.
#pragma once

#include <vector>

#include "traffic/intents.h"
#include "verdict/verdict.h"

namespace pindah {

// Anomalies and untrue pages of the control, those of one call and one kind together; in a stated
// order. What befell somebody whose messages were lost, or whose pages failed or were tried again,
// is the weather's, and so is what a ledger could not tell over a link that loses messages.
std::vector<WorldMistake> world_mistakes(const World& world, const Scenario& scenario,
                                         const std::vector<Intent>& intents, const Record& control);

// Leaves in `rehearsed` what the control does not have as well, of the same person and thing; of
// goods, what is more than the control's.
void keep_own_cases(const std::vector<AnomalyCase>& control, std::vector<AnomalyCase>& rehearsed);

}  // namespace pindah
