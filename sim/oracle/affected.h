// What a plan can break: the services that it moves, and who has to do with them.
#pragma once

#include <vector>

#include "platform/observer.h"
#include "scenario/scenario.h"
#include "world/world.h"

namespace pindah {

// The services that the plan's steps name which change who answers. A plan without any of these
// moves nothing; then everything counts as affected, so that its zeros are worth something.
class Affected {
 public:
  Affected(const World& world, const Scenario& scenario);
  bool everything() const { return everything_; }
  bool service(ServiceId service) const;
  // A step of the page is a call, or a ledger's operation, of an affected service.
  bool page(PageId page) const { return pages_[static_cast<std::size_t>(page)]; }
  // Something that the plan moves can bring it about.
  bool anomaly(const World& world, const Anomaly& anomaly) const;

 private:
  bool everything_ = true;
  std::vector<bool> services_;
  std::vector<bool> pages_;
};

// Whether one of the services of which the anomaly speaks is such; one that couples two facts can
// come from either. Of writes and pages: those of any service can have it.
template <class Is>
bool concerns_any(const World& world, const Anomaly& anomaly, const Is& is) {
  const ExposedBy by = anomaly.kind->exposed_by;
  if (by == ExposedBy::writes || by == ExposedBy::pages) return true;
  bool any = false;
  for (const PromiseId p : anomaly.promises)
    any = any || is(world.promises[static_cast<std::size_t>(p)].service);
  for (const LedgerId l : anomaly.ledgers)
    any = any || is(world.ledgers[static_cast<std::size_t>(l)].service);
  if (!anomaly.stock) return any;
  const Promise& sold = world.promises[static_cast<std::size_t>(world.stock->sold_in)];
  return any || is(world.stock->service) || is(sold.service);
}

// Where a page's step is sent.
ServiceId service_of(const World& world, const PageStep& step);

}  // namespace pindah
