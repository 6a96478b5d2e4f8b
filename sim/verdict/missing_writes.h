// A call that wrote what it does in one life, and nothing in the other, leaves no trace in the
// rows: the last who wrote them is found, who read what was not so. Both lives together know
// better.
#pragma once

#include "oracle/record.h"
#include "world/world.h"

namespace pindah {

// Of each case of the rehearsed life that is blamed on the call that wrote a row last: the first
// call under the same key that wrote in the control, and did not here, is to blame instead, or,
// where the ledger called back somebody who did not listen, that.
void blame_missing_writes(const World& world, const Record& control, Record& rehearsed);

}  // namespace pindah
