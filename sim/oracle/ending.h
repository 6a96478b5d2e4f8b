// What is left when a life has ended.
#pragma once

#include <string>
#include <vector>

#include "platform/buckets.h"
#include "platform/custody.h"
#include "platform/observer.h"
#include "sqlite/database.h"

namespace pindah {

struct Ending {
  PerSide<Database*> databases{};
  std::vector<Side> owners;   // by service, of source-home data
  std::vector<Share> shares;  // by service: of the source's, which the target owns; may be missing
  const std::vector<LedgerEntry>* entries = nullptr;
  const Custody* custody = nullptr;  // may be missing: then there are no culprits
  Micros ended;
  std::int64_t open_work = 0;  // payments and jobs without an end
  std::uint64_t digest = 0;
  std::vector<Unfinished> unfinished;
  std::vector<StepMet> met;
  std::uint64_t statements = 0;
  bool interrupted = false;

  // Whose data it is decides who answers for it.
  Side owner(ServiceId service, Side home) const {
    return home == Side::target ? Side::target : owners[static_cast<std::size_t>(service)];
  }
  Side owner(ServiceId service, Side home, const Buckets& buckets) const {
    const auto number = static_cast<std::size_t>(service);
    if (number < shares.size() && in_share(shares[number].ppm, buckets[shares[number].by]))
      return Side::target;
    return owner(service, home);
  }
};

}  // namespace pindah
