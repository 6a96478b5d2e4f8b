// A fault planted by hand in the target's database is noticed by its victim, and by nobody else.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>

#include "oracle/oracle.h"
#include "tests/self/rehearsed.h"
#include "tests/universe/read.h"

using namespace pindah;
using namespace pindah::test;

namespace {

std::uint64_t last_planted() { return static_cast<std::uint64_t>(sweep(1, 3)); }

// After the loans have moved (25 min) and while people still come.
constexpr Micros kPlanted = minutes(30);

Ending ending_of(Universe& universe, const World& world) {
  Ending ending;
  ending.databases = {&universe.database(Side::source), &universe.database(Side::target)};
  for (std::size_t s = 0; s < world.services.size(); ++s)
    ending.owners.push_back(universe.owner(static_cast<ServiceId>(s)));
  ending.entries = &universe.ledger_entries();
  ending.custody = &universe.custody();
  ending.ended = universe.now();
  ending.open_work = universe.open_work();
  ending.digest = universe.digest();
  return ending;
}

Record live(const test::Reading& reading, Life life, const std::function<void(Universe&)>& plant) {
  const LifeInputs inputs = reading.inputs();
  Oracle oracle(inputs);
  Universe universe(inputs, life, oracle);
  oracle.watch({&universe.database(Side::source), &universe.database(Side::target)});
  universe.run_until(kPlanted);
  plant(universe);
  universe.run_until(universe.end());
  return oracle.finish(ending_of(universe, reading.world()));
}

// The library's busy afternoon, in which the rehearsed life gets a fault.
struct Planted {
  explicit Planted(std::uint64_t seed)
      : reading(PINDAH_SOURCE_DIR "/tests/scenarios/lending.yaml", overrides(seed)) {}

  static Overrides overrides(std::uint64_t seed) {
    Overrides given;
    given.seed = seed;
    given.edits = edits_of({{"scale.readers", "3000"}});
    return given;
  }

  // The control life of a seed is lived once for all tests.
  const Record& control_of(std::uint64_t seed) const {
    static std::map<std::uint64_t, Record> lived;
    if (lived.count(seed) == 0) lived.emplace(seed, live(reading, Life::control, [](Universe&) {}));
    return lived.at(seed);
  }

  void run(const std::function<void(Universe&)>& plant) {
    control = control_of(reading.scenario().seed);
    rehearsed = live(reading, Life::rehearsed, [&](Universe& universe) {
      CHECK(universe.owner(reading.world().service("loans")) == Side::target);
      plant(universe);
    });
    comparison =
        compare(reading.world(), reading.scenario(), reading.intents(), control, rehearsed);
  }

  std::map<std::string, std::int64_t> cases() const {
    std::map<std::string, std::int64_t> found;
    for (const AnomalyCase& c : rehearsed.cases)
      found[reading.world().anomalies[static_cast<std::size_t>(c.anomaly)].name] += 1;
    return found;
  }

  // She who noticed in one session may have made the loan in another.
  bool same_person(std::uint32_t one, std::uint32_t other) const {
    const Intent& a = reading.intents()[one];
    const Intent& b = reading.intents()[other];
    return a.who == b.who && a.home == b.home && a.persona == b.persona;
  }

  void noticed_by_the_owner_of(std::int64_t idem) const {
    REQUIRE(comparison.noticers.size() == 1);
    CHECK(same_person(comparison.noticers.front().intent, intent_of(idem)));
    CHECK_FALSE(comparison.harms.empty());
    for (const Mark& harm : comparison.harms) CHECK(same_person(harm.intent, intent_of(idem)));
    CHECK(comparison.noticers.front().at > kPlanted);
    CHECK(comparison.spillover == 0);
    CHECK(control.cases.empty());
  }

  test::Reading reading;
  Record control, rehearsed;
  Comparison comparison;
};

// The key of the n-th of the moved loans that were lent during the run.
std::int64_t moved_loan(Universe& universe, int n) {
  Statement pick(universe.database(Side::target),
                 fmt::format("SELECT idem_key FROM lending WHERE idem_key > 0 AND home = 'source' "
                             "AND state = 30 ORDER BY idem_key LIMIT 1 OFFSET {}",
                             n));
  REQUIRE(pick.step());
  return pick.integer(0);
}

}  // namespace

TEST_CASE("a loan that vanishes from the target is noticed by its reader alone, and is lost") {
  for (std::uint64_t seed = 1; seed <= last_planted(); ++seed) {
    Planted planted(seed);
    std::int64_t idem = 0;
    planted.run([&](Universe& universe) {
      idem = moved_loan(universe, 20);
      universe.database(Side::target)
          .exec(fmt::format("BEGIN;"
                            "DELETE FROM lending_line WHERE lending_no = (SELECT lending_no FROM "
                            "lending WHERE idem_key = {0});"
                            "DELETE FROM lending WHERE idem_key = {0};"
                            "COMMIT",
                            idem));
    });
    planted.noticed_by_the_owner_of(idem);
    const auto cases = planted.cases();
    CHECK(cases.at("lost_loans") == 1);
    CHECK(cases.count("duplicate_loans") == 0);
    CHECK(cases.count("double_fees") == 0);
  }
}

TEST_CASE("a loan whose total changes on the target is noticed by its reader alone") {
  for (std::uint64_t seed = 1; seed <= last_planted(); ++seed) {
    Planted planted(seed);
    std::int64_t idem = 0;
    planted.run([&](Universe& universe) {
      idem = moved_loan(universe, 7);
      universe.database(Side::target)
          .exec(fmt::format("UPDATE lending SET amount = amount + 100 WHERE idem_key = {}", idem));
    });
    planted.noticed_by_the_owner_of(idem);
    // What was promised is no longer there.
    CHECK(planted.cases().at("lost_loans") == 1);
    CHECK(planted.cases().count("copies_not_conserved") == 0);
  }
}

TEST_CASE("a loan that is shown to another reader is noticed by those two") {
  Planted planted(4);
  std::int64_t idem = 0, other = 0;
  planted.run([&](Universe& universe) {
    idem = moved_loan(universe, 3);
    other = moved_loan(universe, 30);
    universe.database(Side::target)
        .exec(fmt::format("UPDATE lending SET borrower = (SELECT borrower FROM lending WHERE "
                          "idem_key = {}) WHERE idem_key = {}",
                          other, idem));
  });
  std::vector<std::uint32_t> noticed, victims;
  for (const Noticer& noticer : planted.comparison.noticers)
    noticed.push_back(planted.reading.intents()[noticer.intent].who);
  for (const std::int64_t key : {idem, other})
    victims.push_back(planted.reading.intents()[intent_of(key)].who);
  std::sort(noticed.begin(), noticed.end());
  std::sort(victims.begin(), victims.end());
  CHECK(noticed == victims);
  CHECK(planted.comparison.spillover == 0);
}

TEST_CASE("nothing planted is noticed by nobody, by the same hand") {
  Planted planted(1);
  planted.run([](Universe&) {});
  CHECK(planted.comparison.noticers.empty());
  CHECK(planted.rehearsed.cases.empty());
}
