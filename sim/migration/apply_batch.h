// Rows arrive: one transaction on the destination that erases and loads what a transfer brings.
#pragma once

#include <set>

#include "migration/shared.h"

namespace pindah::migration {

struct ApplyRules {
  WriterKind kind{};
  CopyConflict conflict = CopyConflict::upsert;
  MissingRow missing = MissingRow::insert;  // of roots that are not among Transfer::created
  bool in_order = false;  // batch by batch; otherwise everything that is gone goes first
};

// Roots in `skip` are left alone. What was written stands in custody under the origin's name. What
// the database said against it; empty: it went well.
std::string apply_batch(Shared& shared, Transfer& transfer, const ApplyRules& rules,
                        const std::set<RootKey>& skip = {});

// A transfer that went well is back: throws Defect unless all that set out was written or left out.
void check_landed(Shared& shared, const Transfer& transfer);

}  // namespace pindah::migration
