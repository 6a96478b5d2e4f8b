// Compliance as a number: the world's rules, asked of the two databases and of routing.
#pragma once

#include <string>
#include <vector>

#include "oracle/record.h"
#include "sqlite/database.h"
#include "world/prepare.h"

namespace pindah {

// Where the shoppers who move are served, and as what.
struct Routing {
  std::vector<Side> owners;  // by service
  std::string front;         // what the shop is called to them

  bool operator==(const Routing&) const = default;
};

class Scorecard {
 public:
  // The world has a checklist. `databases` outlive it; statements stay prepared. Throws WorldFault.
  Scorecard(const World& world, const Constants& constants, const PerSide<Database*>& databases);

  // How far each rule is met. A rule with several checks is met as far as the least of them; a
  // query, as far as `met` goes into `of` on its sides together (`of` 0: not at all). `epoch_us`:
  // `:now`. Throws WorldFault when a query fails.
  ComplianceSample look(Micros now, std::int64_t epoch_us, const Routing& routing);

 private:
  std::int64_t queried(std::size_t rule, std::int64_t epoch_us);

  const Compliance& compliance_;
  std::vector<PerSide<BoundStatement>> queries_;  // by rule; empty where there is none
};

}  // namespace pindah
