#include "universe/run_observer.h"

#include "selfcheck/invariants.h"

namespace pindah {

RunObserver::RunObserver(const World& world, SimState& sim, Observer& next)
    : world_(world), sim_(sim), next_(next), recent_(world.pages.size()) {}

void RunObserver::page(const PageSeen& seen) {
  buffer_.clear();
  put(static_cast<std::int64_t>(seen.actor) * 8 + static_cast<std::int64_t>(seen.end));
  put(static_cast<std::int64_t>(seen.intent) << 32 | static_cast<std::int64_t>(seen.visit));
  put(seen.page);
  put(seen.intended.us);
  put(seen.replied.us);
  const Page& page = world_.pages[static_cast<std::size_t>(seen.page)];
  if (seen.end == PageEnd::ok)
    for (const SlotId slot : page.shown)
      pack(buffer_, (*seen.slots)[static_cast<std::size_t>(slot)]);
  else
    buffer_ += seen.reason;
  sim_.digest.fold(buffer_);
  if (seen.actor == Actor::shopper) {
    const bool failed = seen.end == PageEnd::failed || seen.end == PageEnd::timed_out;
    recent_.record(static_cast<std::size_t>(seen.page), seen.replied, seen.replied - seen.intended,
                   failed);
  }
  next_.page(seen);
}

void RunObserver::committed(const Commit& commit) {
  std::uint64_t& last = last_lsn_[index(commit.side)];
  must_hold(commit.lsn == ++last, Invariant::commits_numbered, commit.at, [&] {
    return world_.platforms[index(commit.side)].name + ", commit " + std::to_string(commit.lsn);
  });
  buffer_.clear();
  put(static_cast<std::int64_t>(commit.lsn) * 2 + static_cast<std::int64_t>(commit.side));
  put(commit.at.us);
  buffer_ += commit.changes->bytes();
  sim_.digest.fold(buffer_);
  next_.committed(commit);
}

}  // namespace pindah
