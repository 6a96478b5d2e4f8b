// The end of a life: what had to wait is settled, what stands is recomputed, and both must agree.
#pragma once

#include "oracle/commit_reader.h"
#include "oracle/ending.h"
#include "oracle/state.h"

namespace pindah {

// Takes the record out of the state. What stands is recomputed from the databases and ledgers and
// held against what was seen; throws Defect when they disagree. An interrupted life is not
// recomputed.
Record finish_record(OracleState& state, const CopiedAt& copied_at, const Ending& ending);

// A record of its own, of a life that was interrupted at this instant; and the same without what
// pages showed, which is most of it.
Record part_of(const OracleState& state, Micros now);
Record glance_of(const OracleState& state, Micros now);

}  // namespace pindah
