// What each choice of a step does to the people: the same afternoon with the choice flipped, and
// the metric that moves.
#include <algorithm>
#include <map>
#include <set>

#include "report/blame_words.h"
#include "report/plan_words.h"
#include "tests/self/rehearsed.h"

using namespace pindah;
using namespace pindah::test;

namespace {

// Six readers a second for twenty minutes; loans, fees and shelves are copied in seconds.
const Sets kAfternoon{{"mix", "readers"},
                      {"traffic.0.hold", "6/s"},
                      {"scale.readers", "3000"},
                      {"scale.books", "1000"}};
// A second a call: there is always something in flight.
const std::string kSlowLoans = "{ at: 30s, slow: loans, by: 1s, for: 30m, also_in_control: true }";
const std::string kFarAway = "{ at: 1s, slow: source-target, by: 150ms, for: 45m }";

const std::string kAll = "[loans, fees, shelf]";
const std::string kStreams = "{ at: 1m, capture: " + kAll + " }, { at: 2m, apply: " + kAll +
                             " }, { at: 2m, copy: " + kAll + ", speed: 2000 rows/s, chunk: 50 }";
const std::string kCopy = "{ at: 2m, copy: " + kAll + ", speed: 2000 rows/s }";

// What happened on the afternoon with this plan.
struct Outcome {
  std::int64_t noticed = 0, exposed = 0;
  std::map<std::string, std::int64_t> anomalies;
  Micros outage;
  std::set<std::string> causes, culprits;
  std::vector<std::string> unfinished;
  std::int64_t rows = 0;

  std::int64_t operator[](const std::string& anomaly) const {
    const auto found = anomalies.find(anomaly);
    return found == anomalies.end() ? 0 : found->second;
  }
  std::int64_t all() const {
    std::int64_t sum = 0;
    for (const auto& [name, count] : anomalies) sum += count;
    return sum;
  }
};

Outcome live(const std::string& plan, const std::string& surprises = "",
             const std::string& scenario = "lending-there-and-back") {
  Outcome outcome;
  Sets sets = kAfternoon;
  sets.emplace_back("plan", "[" + plan + "]");
  sets.emplace_back("surprises", "[" + surprises + "]");
  const Rehearsed run = rehearse_test(scenario, 1, sets);
  const Record& life = run.result.rehearsed;
  CHECK(run.result.control.cases.empty());
  outcome.noticed += static_cast<std::int64_t>(run.result.comparison.noticers.size());
  outcome.exposed += run.result.comparison.exposed;
  for (const AnomalyCase& c : life.cases)
    outcome.anomalies[run.input.world.anomalies[static_cast<std::size_t>(c.anomaly)].name] +=
        c.count;
  for (const OutageSpan& span : life.outages)
    outcome.outage = std::max(outcome.outage, span.until - span.from);
  const BlameWords blame(run.input.world, run.input.scenario);
  for (const Noticer& noticer : run.result.comparison.noticers) {
    outcome.causes.insert(noticer.cause);
    outcome.culprits.insert(blame.name(noticer.culprit));
  }
  const PlanWords words(run.input.world, run.input.scenario);
  for (const Unfinished& one : life.unfinished) outcome.unfinished.push_back(words.sentence(one));
  outcome.rows += life.rows_carried;
  return outcome;
}

// Nobody noticed but a few whom a fence held.
bool fine(const Outcome& outcome) {
  return outcome.all() == 0 && outcome.noticed * 200 <= outcome.exposed;
}

}  // namespace

TEST_CASE("a share moves well by shopper behind a fence, and badly request by request",
          "[choices]") {
  CHECK(fine(
      live(kStreams + ", { at: 5m, cutover: loans, share: 50% }, { at: 15m, cutover: loans }")));
  const Outcome route =
      live(kStreams +
           ", { at: 4m, reverse: loans }, { at: 5m, route: loans, writes: 50%, by: request }");
  CHECK(route.noticed * 10 > route.exposed);
  CHECK(route.culprits.count("route of loans") == 1);
}

TEST_CASE("writes that are led over without a fence land on a platform that lost them meanwhile",
          "[choices]") {
  const std::string reverse = kStreams + ", { at: 4m, reverse: loans }, ";
  CHECK(live(reverse + "{ at: 8m, route: loans, writes: 50% }", kSlowLoans)["unowned_writes"] > 0);
  CHECK(live(kStreams + ", { at: 8m, cutover: loans, share: 50%, freeze_at_most: 10s }",
             kSlowLoans)["unowned_writes"] == 0);
}

TEST_CASE("reads that stay behind the writes are staler than reads that follow them", "[choices]") {
  const std::string split = kStreams + ", { at: 4m, reverse: loans }, { at: 5m, route: loans, ";
  const std::string late = "{ at: 1s, slow: source-target, by: 4s, for: 45m }";
  const Outcome behind = live(split + "writes: 50%, reads: 0% }", late);
  CHECK(behind["stale_reads"] > 5 * live(split + "writes: 50% }", late)["stale_reads"]);
}

TEST_CASE("a second write that is waited for costs time, one that is not costs nothing",
          "[choices]") {
  const auto twice = [](const std::string& mode) {
    return live("{ at: 1m, dual_write: " + kAll + ", mode: " + mode + " }, " + kCopy +
                    ", { at: 10m, cutover: loans }",
                kFarAway);
  };
  const Outcome sync = twice("sync");
  CHECK(sync.noticed * 10 > sync.exposed);
  CHECK(sync.causes.count("slower (written on both platforms)") == 1);
  CHECK(sync.all() == 0);
  CHECK(fine(twice("async")));
}

// A cutover that compares finds them, and is not begun.
TEST_CASE("second writes that are dropped are lost orders after the cutover", "[choices]") {
  const auto twice = [](const std::string& busy) {
    return live("{ at: 1m, dual_write: " + kAll + ", mode: async, slots: 1, when_busy: " + busy +
                    " }, " + kCopy +
                    ", { at: 10m, cutover: loans, freeze_at_most: 10s, verify: false }",
                kFarAway);
  };
  CHECK(twice("drop")["lost_loans"] > 0);
  CHECK(twice("wait")["lost_loans"] == 0);
}

TEST_CASE("half a write is tried again, or lost, or told as none", "[choices]") {
  const auto half = [](const std::string& then) {
    return live("{ at: 1m, dual_write: " + kAll + ", half_write: " + then + " }, " + kCopy +
                    ", { at: 7m, cutover: loans, verify: false }",
                "{ at: 6m, cut: source-target, direction: there, for: 40s }");
  };
  const Outcome ignore = half("ignore"), fail = half("fail"), retry = half("retry");
  CHECK(ignore["lost_loans"] > 0);
  CHECK(retry["lost_loans"] == 0);
  CHECK(fail.causes.count("written on one platform, and not on the other") == 1);
  CHECK(ignore.causes.count("written on one platform, and not on the other") == 0);
}

TEST_CASE("an authority that is flipped without a fence writes on the wrong side", "[choices]") {
  const std::string twice = "{ at: 1m, dual_write: " + kAll + " }, " + kCopy + ", ";
  CHECK(live(twice + "{ at: 10m, dual_write: loans, authoritative: target }",
             kSlowLoans)["unowned_writes"] > 0);
  CHECK(live(twice + "{ at: 10m, cutover: loans, freeze_at_most: 10s }",
             kSlowLoans)["unowned_writes"] == 0);
}

TEST_CASE("a rollback that waits for nothing loses what had not come back", "[choices]") {
  const auto back = [](const std::string& failback) {
    return live("{ at: 1m, capture: " + kAll + " }, { at: 2m, apply: " + kAll + ", poll: 20s }, " +
                kCopy +
                ", { at: 6m, cutover: loans, freeze_at_most: 10s },"
                " { at: 12m10s, rollback: loans, freeze_at_most: 10s, failback: " +
                failback + " }");
  };
  CHECK(back("true")["lost_loans"] == 0);
  CHECK(back("false")["lost_loans"] > 0);
}

TEST_CASE("a killed migrator loses nothing, unless its checkpoint goes before the data",
          "[choices]") {
  const auto killed = [](const std::string& checkpoint) {
    std::string kills;
    for (int second = 0; second < 50; second += 5)
      kills += (kills.empty() ? "" : ", ") + ("{ at: 2m" + std::to_string(second)) +
               "s, kill: migrator, for: 2s, name: k" + std::to_string(second) + " }";
    return live("{ at: 1m, capture: " + kAll + " }, { at: 2m, apply: " + kAll +
                    ", checkpoint: " + checkpoint + " }, { at: 2m, copy: " + kAll +
                    ", speed: 100 rows/s, chunk: 200, checkpoint: " + checkpoint +
                    " }, { at: 8m, cutover: loans, verify: false }",
                kFarAway + ", " + kills);
  };
  CHECK(fine(killed("with_data")));
  CHECK(killed("apart").all() > 0);
}

TEST_CASE("a migrator that dies inside its fence makes the outage last until it is back",
          "[choices]") {
  const std::string plan = kStreams +
                           ", { at: 8m, cutover: loans, may_abort: true, freeze_at_most: 1m, "
                           "verify: false }";
  CHECK(live(plan, kSlowLoans).outage < seconds(5));
  CHECK(live(plan, kSlowLoans + ", { at: 8m100ms, kill: migrator, for: 20s }").outage >
        seconds(15));
}

TEST_CASE("without an origin tag the way back overwrites what is newer", "[choices]") {
  const auto echo = [](const std::string& tag) {
    return live("{ at: 1m, capture: " + kAll + " }, { at: 2m, apply: " + kAll + ", poll: 3s }, " +
                    kCopy + ", { at: 4m, reverse: loans, origin_tag: " + tag + " }",
                kFarAway);
  };
  CHECK(echo("true").all() == 0);
  CHECK(echo("false").all() > 0);
}

TEST_CASE("shadow reads find what half a write has left, and cost the target's workers",
          "[choices]") {
  const auto found = [](const std::string& then) {
    return live("{ at: 1m, dual_write: " + kAll + ", half_write: " + then + " }, " + kCopy +
                    ", { at: 7m30s, shadow_read: loans }, { at: 10m, needs: "
                    "\"shadow_mismatches(loans) < 5\", rename: all is well }",
                "{ at: 6m, cut: source-target, direction: there, for: 40s }");
  };
  CHECK(found("retry").unfinished.empty());
  const Outcome ignore = found("ignore");
  REQUIRE(ignore.unfinished.size() == 1);
  CHECK(ignore.unfinished[0].find("shadow_mismatches(loans) was ") != std::string::npos);
}

TEST_CASE("a page that the front does not offer is missed by those who wanted it", "[choices]") {
  const Outcome closed = live("{ at: 5m, close: checkout }, { at: 10m, open: checkout }");
  CHECK(closed.noticed * 20 > closed.exposed);
  CHECK(closed.causes.count("the page was closed") == 1);
  // Who tried again until it was open has only lost time.
  CHECK(closed.culprits.count("close of checkout") == 1);
}
