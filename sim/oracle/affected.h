// What a plan can break: the services that it moves, and who has to do with them.
#pragma once

#include <vector>

#include "platform/observer.h"
#include "scenario/scenario.h"
#include "world/world.h"

namespace pindah {

// The services that a plan's `route`, `cutover` and `rollback` steps name. A plan without any of
// these moves nothing; then everything counts as affected, so that its zeros are worth something.
class Affected {
 public:
  Affected(const World& world, const Scenario& scenario);
  bool everything() const { return everything_; }
  bool service(ServiceId service) const;
  // A step of the page is a call, or a ledger's operation, of an affected service.
  bool page(PageId page) const { return pages_[static_cast<std::size_t>(page)]; }

 private:
  bool everything_ = true;
  std::vector<bool> services_;
  std::vector<bool> pages_;
};

// Where a page's step is sent.
ServiceId service_of(const World& world, const PageStep& step);

}  // namespace pindah
