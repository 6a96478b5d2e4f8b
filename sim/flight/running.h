// Who has noticed by now, kept up to date while both lives go on: the buyers of whom something is
// new are compared once more, everybody else stands as she stood. It is the same comparison as that
// of a whole run, of a few people.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "oracle/oracle.h"
#include "verdict/verdict.h"

namespace pindah {

// Not thread-safe.
class Running {
 public:
  struct Counts {
    std::int64_t noticed = 0, exposed = 0, annoyed = 0, empty_handed = 0, harmed = 0;
    friend bool operator==(const Counts&, const Counts&) = default;
  };
  // All outlive it. Both lives stand at the same instant whenever it is asked.
  Running(const World& world, const Scenario& scenario, const std::vector<Intent>& intents);
  // What both lives have become since the last time; `now`: where they stand.
  void take(const Oracle& control, const Oracle& rehearsed, Micros now);
  // Instead of all that: both lives are over.
  void take(const Comparison& whole);
  const Counts& counts() const { return counts_; }
  std::uint64_t version() const { return version_; }  // another one whenever anything has changed
  // By intent.
  const std::map<std::uint32_t, Noticer>& noticers() const { return noticers_; }
  // By intent: her first harm.
  const std::map<std::uint32_t, Micros>& harms() const { return harms_; }

 private:
  // What has been seen of a life, by session.
  struct Seen {
    std::size_t visits = 0, messages = 0, cases = 0;
    std::vector<std::vector<std::size_t>> visits_of, messages_of, cases_of;
  };
  struct Subset;
  void note(const Oracle& life, Seen& seen, std::set<std::size_t>& buyers);
  void compare(const std::set<std::size_t>& buyers, const Oracle& control, const Oracle& rehearsed,
               Micros now);
  Record part(const Subset& subset, const Oracle& life, const Seen& seen, Micros now) const;
  void settle(Subset& subset, const Oracle& control, const Oracle& rehearsed, Micros now);
  void forget(std::uint32_t intent);
  void put(const std::vector<std::uint32_t>& sessions, const Comparison& comparison);

  const World& world_;
  const Scenario& scenario_;
  const std::vector<Intent>& intents_;
  std::vector<std::vector<std::uint32_t>> buyers_;  // their sessions
  std::vector<std::size_t> buyer_of_;               // by intent
  Seen control_, rehearsed_;
  std::set<std::size_t>
      doubtful_;  // buyers of whom it is not known yet whether both told the truth
  Counts counts_;
  std::uint64_t version_ = 0;
  std::map<std::uint32_t, Noticer> noticers_;
  std::map<std::uint32_t, Micros> harms_;
  std::set<std::uint32_t> exposed_, annoyed_, empty_handed_;
};

}  // namespace pindah
