// Whether a visit differs noticeably from the twin's.
#pragma once

#include "oracle/record.h"
#include "verdict/spillover.h"

namespace pindah {

enum class Likeness : std::uint8_t {
  same,
  spillover,  // each was true in its own life, or hers was the better one; the pairing ends
  noticed,
  unknown  // the run was interrupted before it could show
};

struct Compared {
  Likeness likeness = Likeness::same;
  Difference difference{};    // when noticed
  bool masked = false;        // both failed
  SpilloverKind spillover{};  // when it is
};

// True: it failed or timed out for the one who waited. A refusal is an answer.
bool failed(const Visit& visit);

// By at least the stated share and amount, and over the limit, from the intended start; audit
// visits are never slow.
bool slower(const Notice& notice, const Visit& control, const Visit& rehearsed);

Compared differ(const Notice& notice, const Spillovers& spillovers, const Visit& control,
                const Visit& rehearsed);

// Shows the rules above differences that they must see, and some that they must not. Throws Defect.
void try_noticing(const Notice& notice, const Spillovers& spillovers);

// True: leaving after this visit may be decided otherwise in the two lives, because the
// leave-probability rises above the noticing limit and the latencies are not the same.
bool may_leave_otherwise(const Notice& notice, const Visit& control, const Visit& rehearsed);

}  // namespace pindah
