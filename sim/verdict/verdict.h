// Who noticed, and whether that is within the budget.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "oracle/inquest.h"
#include "oracle/record.h"
#include "scenario/scenario.h"
#include "traffic/intents.h"
#include "world/world.h"

namespace pindah {

// How a page was first different, or what first hurt her.
enum class Difference : std::uint8_t {
  failed,
  timed_out,
  refused,
  shown,
  slower,
  logged_out,
  message,
  no_message  // that her twin got
};

// Why a shopper's two lives differ although nothing was done to her.
enum class SpilloverKind : std::uint8_t {
  goods,    // that shoppers share: somebody else was first, and both lives told the truth
  timing,   // of hers or a job's: it was written a moment sooner in one life, and shown truly
  leaving,  // decided after waits that differ by less than one notices
  weather,  // failed the page in the control, and not in her other life
  count
};
constexpr std::size_t kSpilloverKinds = static_cast<std::size_t>(SpilloverKind::count);

// A session whose pairing ended in spillover, and who noticed nothing afterwards.
struct Spilled {
  std::uint32_t intent = 0;
  Micros at;  // the intended start of the visit, or when the message came
  PageId page = -1;
  std::uint32_t visit = 0;
  SpilloverKind kind{};
};

// A shopper who noticed.
struct Noticer {
  std::uint32_t intent = 0;
  Micros at;       // τ: the intended start of the first noticeably different visit
  Micros replied;  // its reply: from here on it is known
  PageId page = -1;
  std::uint32_t visit = 0;
  Difference difference{};
  Obstacle obstacle{};
  ServiceId service = -1;
  std::int64_t slower_us = 0;    // rehearsed minus control
  std::int64_t hindered_us = 0;  // of the rehearsed visit: at fences and sent again
  StepId step{};                 // plan step under way at τ; none: there was none
  Phase phase{};                 // its phase
  StepId after{};                // where none was under way: the last that had moved something
  std::string cause;  // "refused during the fence", "slower", "an order missing": the key of WHY
  Culprit culprit;    // whom this is to be blamed on; none: not traced
  Circumstances how;  // of the culprit's deed
  bool annoyed = false;
  bool empty_handed = false;
  bool harmed = false;        // an anomaly is hers
  Micros harmed_at = kNever;  // her first harm, which may come later than her first difference
  std::string harm;           // its detail
  Culprit harm_culprit;
  Circumstances harm_how;
};

// Something that happened to a session at an instant.
struct Mark {
  std::uint32_t intent = 0;
  Micros at;
};

struct Comparison {
  std::vector<Noticer> noticers;  // in order of τ
  std::int64_t shoppers = 0;      // sessions that started
  std::int64_t exposed = 0;
  std::int64_t paired = 0;  // sessions compared
  std::int64_t spillover = 0;
  std::array<std::int64_t, kSpilloverKinds> spillover_by_kind{};
  std::int64_t masked = 0;  // pages that failed in both lives
  std::int64_t annoyed = 0, empty_handed = 0, harmed = 0;
  std::map<std::string, std::pair<std::int64_t, std::int64_t>>
      cohorts;                     // "page checkout": noticed, exposed
  std::vector<bool> is_exposed;    // by intent
  std::vector<Micros> exposed_at;  // by intent: her first exposed request; kNever: none
  // The same as the counts above, with their instants, in order of time.
  // Whoever is empty-handed is annoyed, and whoever is annoyed has noticed.
  std::vector<Mark> masks, annoyances, empties, harms;
  std::vector<Spilled> spilled;
};

// not_applicable: nothing in the plan could break it, as was to be known before the run.
enum class LineState : std::uint8_t {
  pass,
  fail,
  warn,
  stop,
  inconclusive,
  reported,
  not_applicable
};
struct LineResult {
  const BudgetLine* line = nullptr;
  LineState state{};
  std::int64_t value = 0;
  std::int64_t limit = 0;
  std::int64_t exposure = 0;
  std::int64_t exposure_needed = 0;
  std::int64_t control = 0;  // of an anomaly: so many the control has, which do not count
  Micros from = kNever;      // when it first broke
  std::string where;         // the step in force by then: "cutover of orders: fence"
  std::string says;          // "0.62 % > 0.10 %"
};

// The instant after which a rollback would lose what shoppers were promised on the target: nothing
// streams it back, or the old side is retired.
struct WayBack {
  bool moved = false;         // the target came to own something
  Micros lost = kNever;       // the point of no return; kNever: there is none
  std::string why;            // "nothing streams orders back", "retire of payments and orders"
  std::int64_t promises = 0;  // made or changed after it
  std::int64_t per_minute_milli = 0;  // while shoppers arrive (after that: until the end); × 1000
};

// A step that changed who answers, and how many met it; of one that is quiet, how many its new
// owner answered afterwards.
struct MetStep {
  StepMet of;
  std::int64_t count = 0, needed = 0;
  bool quiet = false;
  bool enough() const { return count >= needed; }
};

// Why nothing can be said: in words, a step that did not end well, or one that too few met.
using Doubt = std::variant<std::string, Unfinished, MetStep>;

// What the world does wrong without any migration, and no weather explains.
struct WorldMistake {
  Place place;         // of the statement that answered, or that says what is so
  std::string detail;  // the row that shows it, of the first case
  std::string call;    // "orders.list of Old"; empty: not known
  std::string truth;   // "truth/source/order.sql"; empty: none has to do with it
  std::int64_t count = 0;
  bool of_movers = false;  // it befalls people who move, not the target's own alone
};

struct Verdict {
  int exit_code = 0;  // 0, 1, 2, 3, 4, 130
  // "PASS", "FAIL", "STOPPED", "INCONCLUSIVE", "INTERRUPTED", "WORLD AT FAULT"
  std::string word;
  std::vector<WorldMistake> mistakes;
  std::vector<LineResult> lines;               // in order of the budget
  std::vector<Doubt> inconclusive;             // reasons beyond the lines
  std::vector<MetStep> met;                    // by step that acted, in the plan's order
  std::map<std::string, std::int64_t> causes;  // WHY: noticed shoppers by cause
  std::map<Culprit, std::int64_t> culprits;    // BY: the same people by culprit
  Micros cut = kNever;                         // a stop line's instant
  WayBack way_back;
};

// Pairs the two lives by (shopper, visit). Throws Defect when a path differs without a prior
// difference or spillover. Sessions that a buyer begins after her first difference are not counted.
// `inquest`: into the databases of the rehearsed life; null: what pages showed is blamed on the
// calls that answered.
Comparison compare(const World& world, const Scenario& scenario, const std::vector<Intent>& intents,
                   const Record& control, const Record& rehearsed, Inquest* inquest = nullptr);

// Whether a `stop` line breaks by what is known at `now`, a whole minute at which the lives are.
bool stops(const World& world, const Scenario& scenario, const std::vector<Intent>& intents,
           const Comparison& comparison, const Record& control, const Record& rehearsed,
           Micros now);

// Each line of the budget, then the run as a whole. A `stop` line over the whole run is looked at
// once a virtual minute, one with windows at the end of each; where it breaks, both lives are cut
// and every line speaks of what was known by then.
Verdict judge(const World& world, const Scenario& scenario, const std::vector<Intent>& intents,
              const Comparison& comparison, const Record& control, const Record& rehearsed);

}  // namespace pindah
