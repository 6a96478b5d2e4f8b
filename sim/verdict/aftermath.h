// What became of a shopper after her first difference, by absolute criteria: her twin is no measure
// any more.
#pragma once

#include <vector>

#include "oracle/record.h"
#include "world/world.h"

namespace pindah {

// A page that failed, or logged her out, through what a migration does: its fences, a platform that
// is not the owner, what the database itself says. The weather and a business's refusal are not.
bool troubled_by_migration(const Visit& visit);

// When a shopper had had enough: two or more troubles, three tries of one action in ten seconds, or
// a wait of four times the limit that was not a ledger's. kNever: she had not. `visits` are hers in
// the rehearsed life, in order; those before `from` do not count. `troubles`: how many she had
// already (her first difference is one, unless it is the failed visit at `from` itself).
Micros annoyed_at(const Notice& notice, const std::vector<const Visit*>& visits, Micros from,
                  int troubles);

}  // namespace pindah
