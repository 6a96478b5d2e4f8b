#include "migration/operator_view.h"

#include <catch2/catch.hpp>

#include "tests/metrics/manual.h"
#include "tests/migration/bench.h"

using namespace pindah;
using namespace pindah::migration;
using namespace pindah::test;

TEST_CASE("A metric that is one row and one reading more is seen like the others") {
  const std::vector<OperatorRow> rows = with_tides();
  std::vector<OperatorReading> readings(operator_readings().begin(), operator_readings().end());
  readings.push_back({OperatorMetric::count,
                      [](const OperatorView&, const MetricArguments& about) -> std::int64_t {
                        return 40 + about.services.front();
                      },
                      [](const OperatorView&, const MetricArguments& about, Seen& seen) {
                        seen.services.push_back({about.services.front(), false, 0, {}});
                      }});
  Bench bench({});
  const Shared shared(bench.migration_site(), bench.watcher);
  const CommitRate commits;
  const OperatorView view(shared, commits, readings);
  Names names = world_names(library());
  names.operator_rows = rows;
  Problems problems;
  const auto tides = parse_condition("tides(loans) < 3", {}, names, problems);
  REQUIRE(tides);
  const std::int64_t value = view.value(*tides);
  CHECK(value == 40 + bench.loans_service());
  CHECK_FALSE(view.holds(*tides));
  const Seen seen = view.seen(*tides);
  CHECK(seen.value == value);
  REQUIRE(seen.services.size() == 1);
  CHECK(seen.services.front().service == bench.loans_service());
}

TEST_CASE("What an operator's metric is read off is what its arguments name") {
  Bench bench(usual());
  bench.run_until(seconds(12));
  const Shared shared(bench.migration_site(), bench.watcher);
  CommitRate commits;
  commits.count(Side::target, bench.sim.now);
  const OperatorView view(shared, commits);
  CHECK(view.value(condition("owner_is(loans, target)")) == 1);
  CHECK(view.value(condition("owner_is(loans, source)")) == 0);
  CHECK(view.value(condition("shared_out(loans) == 100%")) == 1'000'000);
  CHECK(view.value(condition("rate(target) > 1/s")) > 0);
  CHECK(view.value(condition("rate(source) > 1/s")) == 0);
  const World& world = library();
  bench.recent->record(0, bench.sim.now, millis(70), true);
  CHECK(view.value(condition("errors(" + world.pages[0].name + ") > 1%")) == 1'000'000);
  CHECK(view.value(condition("errors(" + world.pages[1].name + ") > 1%")) == 0);
  CHECK(view.value(condition("p99(edge) > 1s")) > 0);
}
