// Why the pages of twins may differ although nothing was done to her: the four kinds of spillover.
// Each rests on what was written in both lives, never on what was shown alone. An order, an amount,
// an item or a date of hers that is wrong, missing or stuck is none of them.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "oracle/record.h"
#include "traffic/intents.h"
#include "verdict/verdict.h"

namespace pindah {

class Spillovers {
 public:
  // Everything outlives it.
  Spillovers(const World& world, const Scenario& scenario, const std::vector<Intent>& intents,
             const Record& control, const Record& rehearsed);

  // Why two pages, neither of which failed, show or end otherwise; nothing: it is no spillover.
  std::optional<SpilloverKind> of_page(const Visit& control, const Visit& rehearsed) const;
  // The two lives of what carries this key parted within a moment: paid here, expired there.
  bool parted_by_chance(std::int64_t idem) const;
  // It came so late that the other life had no time left for it.
  bool had_no_time_left(const Message& message) const;
  // What both lives promised under this key has not come as far as in the control, or became
  // something else: from when on she could know. Nothing: it went the same way.
  std::optional<Micros> stuck_at(PromiseId promise, std::int64_t idem) const;
  // What the control promised to a session, among that whose status is followed.
  std::vector<std::pair<PromiseId, std::int64_t>> promised_to(std::uint32_t intent) const;
  // From this instant on this person's two lives are not the same, for whatever reason.
  void lives_part(std::uint32_t intent, Micros at);

 private:
  struct Window {
    Micros from, until;
  };
  // One write as both lives made it; kNever: that life did not.
  struct Pair {
    std::int64_t idem = 0;
    CallId call = -1;
    Micros control = kNever, rehearsed = kNever;
  };
  enum class Course : std::uint8_t { alike, by_chance, apart };
  // What both lives wrote, in order; made when the first difference asks for it.
  struct Written {
    std::vector<StatusChange> control, rehearsed;      // by promise, idem, time
    std::map<std::uint64_t, std::vector<Pair>> hers;   // by person, in the control's order
    std::map<std::uint64_t, std::vector<Pair>> named;  // by person: those that name her
  };

  const Written& written() const;
  void pair_writes(Written& written) const;
  std::uint64_t person(std::uint32_t intent) const;
  static std::uint64_t person(PoolId pool, Side home, std::uint32_t who);
  bool parted(std::int64_t idem, Micros until) const;
  Micros every(CallId call) const;
  static std::span<const StatusChange> of(const std::vector<StatusChange>& all, PromiseId promise,
                                          std::int64_t idem);
  // How the course of one promise differs in the two lives, by what was written until an instant.
  // `at`: by when the change that is missing, or another, should have come.
  Course course(PromiseId promise, std::int64_t idem, Micros until, Micros* at = nullptr) const;
  bool reads(PageId page, CallId call) const;
  bool straddles(const Pair& write, const Window& window) const;
  bool overtaken(const std::vector<Pair>& writes, PageId page, Micros until) const;
  // By something of hers, or that names her, which was written before the page in one life and
  // after it in the other.
  std::optional<SpilloverKind> of_writes(const Visit& visit, const Window& window) const;
  std::optional<SpilloverKind> of_row(const Sighting& control, const Sighting& rehearsed,
                                      const Window& window) const;
  std::optional<SpilloverKind> of_missing_row(const Sighting& row, const Window& window) const;
  std::optional<SpilloverKind> of_lists(const Visit& control, const Visit& rehearsed,
                                        const Window& window) const;

  const World& world_;
  const std::vector<Intent>& intents_;
  const Record& control_;
  const Record& rehearsed_;
  Micros jobs_stop_;
  std::vector<Micros> every_;  // by call: of its job
  mutable std::optional<Written> written_;
  std::map<std::uint64_t, Micros> parted_;  // by person
};

}  // namespace pindah
