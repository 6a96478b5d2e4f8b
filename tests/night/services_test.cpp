// Every service of the shop moves while people use it, alone and with others, and comes back.
#include "tests/golden/pinned.h"
#include "tests/self/rehearsed.h"

using namespace pindah;
using namespace pindah::test;

namespace {

// How often a verify found all roots of a service equal.
int found_equal(const Rehearsed& run) {
  int found = 0;
  for (const PlanEvent& event : run.result.rehearsed.plan)
    if (event.phase == Phase::verified && event.compared->unequal == 0) ++found;
  return found;
}

}  // namespace

TEST_CASE("each service moves there and back, and nobody loses anything", "[choices]") {
  const auto [name, services] = GENERATE(table<std::string, int>({{"short-carts", 1},
                                                                  {"short-catalogue", 1},
                                                                  {"short-accounts", 1},
                                                                  {"short-merchants", 1},
                                                                  {"short-shopping", 4},
                                                                  {"short-all-services", 4}}));
  for (const std::uint64_t seed : {1u, 2u}) {
    const Rehearsed run = rehearse_test(name, seed);
    INFO(run.label);
    CHECK(run.result.verdict.exit_code == 0);
    CHECK(run.result.rehearsed.cases.empty());
    CHECK(run.result.rehearsed.unfinished.empty());
    CHECK(run.result.verdict.way_back.moved);
    CHECK(run.result.verdict.way_back.lost == kNever);
    CHECK(found_equal(run) >= services);
  }
}

TEST_CASE("what is written after a cutover is lost by a rollback to which nothing streams",
          "[choices]") {
  const auto [service, lost] = GENERATE(table<std::string, std::string>({
      {"carts", "lost_cart_items"},
      {"catalogue", "stock_not_conserved"},
      {"accounts", "lost_addresses"},
      {"merchants", "lost_claims"},
  }));
  const Rehearsed run =
      rehearse_test("short-" + service, 1, {{"plan[cutover of " + service + "].reverse", "false"}});
  INFO(run.label);
  CHECK(run.result.verdict.exit_code == 1);
  CHECK(count_cases(run, lost) > 0);
}

TEST_CASE("whose session does not move is logged out, and a verify through the moves cannot tell",
          "[choices]") {
  Rehearsed run{read_test_scenario("short-accounts", 1), {}, {}};
  // Forgotten, as a table that is nobody's work is; profiles and address books move as before.
  const auto of_sessions = [](const Move& move) { return move.root_table == "session"; };
  CHECK(std::erase_if(run.input.world.moves, of_sessions) == 2);
  run.result = rehearse(run.input, {});
  CHECK(run.result.verdict.exit_code == 1);
  CHECK(count_cases(run, "forced_logins") > 1000);
  CHECK(run.result.comparison.noticers.size() > 500);
  for (const Noticer& noticer : run.result.comparison.noticers)
    CHECK(noticer.difference == Difference::logged_out);
  CHECK(found_equal(run) == 2);
}

TEST_CASE("what nobody ships in time is cancelled and paid back while its services move",
          "[choices]") {
  for (const std::uint64_t seed : {1u, 2u}) {
    const Rehearsed run = rehearse_test(
        "short-shopping", seed, {{"settings.ship_after", "10h"}, {"settings.ship_at_most", "6m"}});
    INFO(run.label);
    CHECK(run.result.rehearsed.cases.empty());
    CHECK(run.result.control.cases.empty());
    const auto& anomalies = run.input.world.anomalies;
    for (std::size_t i = 0; i < anomalies.size(); ++i)
      if (anomalies[i].name == "refunds_off_rail")
        CHECK(run.result.rehearsed.anomaly_exposure[i] > 50);
  }
}

TEST_CASE("scenarios in which several services move give the digests that are pinned",
          "[choices]") {
  for (const std::string name : {"short-shopping", "short-all-services"}) {
    const std::string path = "tests/scenarios/" + name + ".yaml";
    Problems problems;
    const auto input = read_scenario(PINDAH_SOURCE_DIR "/" + path, {}, problems);
    REQUIRE(input);
    check_pinned(path, rehearse(*input, {}));
  }
}
