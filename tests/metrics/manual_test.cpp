#include <catch2/catch.hpp>

#include "metrics/expression.h"
#include "tests/docs/made.h"
#include "tests/metrics/manual.h"

using namespace pindah;

TEST_CASE("The manual's tables of metrics are the tables of the code") {
  docs::check_made("scenario.md", "conditions", metrics_table("condition", operator_metrics()));
  docs::check_made("scenario.md", "budget-lines", metrics_table("line", verdict_metrics()));
}

TEST_CASE("An operator metric that is one row more is read, offered and documented") {
  const std::vector<OperatorRow> rows = with_tides();
  Names names;
  names.services = {"payments"};
  names.operator_rows = rows;
  Problems problems;
  const auto read = parse_condition("tides(payments) < 3 for 1m", {}, names, problems);
  REQUIRE(read);
  CHECK(read->metric == &rows.back());
  CHECK(read->arguments.services == std::vector<ServiceId>{0});
  CHECK(read->value == 3);
  CHECK_FALSE(parse_condition("tide(payments) < 3", {}, names, problems));
  CHECK(problems.text().find("half_writes, tides") != std::string::npos);
  CHECK(problems.text().find("did you mean `tides`?") != std::string::npos);
  CHECK_FALSE(parse_budget("tides(payments) < 3", {}, names, problems));
  CHECK(problems.text().find("`tides` is for a plan") != std::string::npos);
  CHECK(metrics_table<OperatorRow>("condition", rows)
            .ends_with("| `tides(payments) < 3` | how many tides came in |\n"));
}

TEST_CASE("A verdict metric that is one row more is read, offered and documented") {
  const std::vector<VerdictRow> rows = with_sighs();
  Names names;
  names.verdict_rows = rows;
  Problems problems;
  const auto read = parse_budget("sighs <= 3 in every 5m", {}, names, problems);
  REQUIRE(read);
  CHECK(read->metric == &rows.back());
  CHECK_FALSE(parse_budget("sighs <= 2 x control", {}, names, problems));
  CHECK(problems.text().find("`sighs` has no value in the control universe") != std::string::npos);
  CHECK_FALSE(parse_condition("sighs <= 3", {}, names, problems));
  CHECK(problems.text().find("`sighs` is known to the verdict alone") != std::string::npos);
  CHECK(metrics_table<VerdictRow>("line", rows)
            .ends_with("| `sighs <= 3` | how often somebody sighed |\n"));
}
