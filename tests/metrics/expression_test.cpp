#include "metrics/expression.h"

#include <catch2/catch.hpp>

using namespace pindah;

namespace {

Names names() {
  Names names;
  names.services = {"payments", "orders"};
  names.pages = {{"checkout", {0}}, {"cart", {1, 3}}};
  names.platforms = {"source", "target"};
  names.personas = {"buyer", "cart"};
  names.anomalies = {"lost_orders"};
  names.steps = {"cutover of orders", "cutover of orders (2)", "the long, dark night after"};
  return names;
}

// "column what | expected | hint" of the only mistake; the text starts at column 11.
std::string told(const Problems& problems) {
  REQUIRE(problems.list().size() == 1);
  const Problem& p = problems.list().front();
  CHECK(p.place.line == 7);
  std::string text = std::to_string(p.place.column - 11) + " " + p.what;
  if (!p.expected.empty() || !p.hint.empty()) text += " | " + p.expected;
  if (!p.hint.empty()) text += " | " + p.hint;
  return text;
}

const Place kPlace{"night.yaml", 7, 11};

Expression condition(const std::string& text) {
  Problems problems;
  const auto expression = parse_condition(text, kPlace, names(), problems);
  INFO(problems.text());
  REQUIRE(expression);
  return *expression;
}
std::string bad_condition(const std::string& text) {
  Problems problems;
  CHECK_FALSE(parse_condition(text, kPlace, names(), problems));
  return told(problems);
}
Budget budget(const std::string& text) {
  Problems problems;
  const auto line = parse_budget(text, kPlace, names(), problems);
  INFO(problems.text());
  REQUIRE(line);
  return *line;
}
std::string bad_budget(const std::string& text) {
  Problems problems;
  CHECK_FALSE(parse_budget(text, kPlace, names(), problems));
  return told(problems);
}

const std::string kOperator =
    "one of: lag, backlog, copied, verified, mismatches, in_flight, queue, errors, p50, p99, rate, "
    "freeze, owner_is, shared_out, shadow_reads, shadow_mismatches, half_writes";
const std::string kVerdict =
    "one of: noticed, annoyed, empty_handed, harmed, spillover, masked, failures, p50, p99, "
    "longest_outage, freeze, compliance, rows_carried, two_systems, lost_by_rollback, "
    "lost_orders";

}  // namespace

TEST_CASE("A condition is a metric, a comparison and how long it must have held") {
  const Expression lag = condition("lag(payments) < 1s for 2m");
  CHECK(lag.metric->id == OperatorMetric::lag);
  CHECK(lag.arguments.services == std::vector<ServiceId>{0});
  CHECK(lag.compare == Compare::less);
  CHECK(lag.value == seconds(1).us);
  CHECK(lag.hold == minutes(2));
  CHECK(lag.text == "lag(payments) < 1s for 2m");
  CHECK(lag.place.column == 11);

  const Expression copied = condition("  copied( payments ,orders )==100% ");
  CHECK(copied.arguments.services == std::vector<ServiceId>{0, 1});
  CHECK(copied.arguments.text == "payments, orders");
  CHECK(copied.compare == Compare::equal);
  CHECK(copied.value == 1'000'000);
  CHECK(copied.hold == Micros{});

  CHECK(condition("in_flight(payments, source) == 0").value == 0);
  CHECK(condition("p99(edge) > 400ms").arguments.edge);
  CHECK(condition("rate(target) >= 0.5/s").value == 500'000);
  CHECK(condition("queue(source) != 3").compare == Compare::not_equal);
}

TEST_CASE("What stands between parentheses is resolved to numbers of the world") {
  const MetricArguments rate = condition("rate(target) >= 0.5/s").arguments;
  CHECK(rate.platform == Side::target);
  CHECK(rate.pages.empty());
  CHECK(condition("rate(cart) >= 0.5/s").arguments.pages == std::vector<PageId>{1, 3});
  CHECK_FALSE(condition("rate(edge) >= 0.5/s").arguments.platform);
  const MetricArguments jobs = condition("in_flight(orders, source) == 0").arguments;
  CHECK(jobs.services == std::vector<ServiceId>{1});
  CHECK(jobs.platform == Side::source);

  // A name that a page and a persona share means both.
  const MetricArguments some = budget("noticed(buyer, cart, checkout) < 1%").arguments;
  CHECK(some.pages == std::vector<PageId>{1, 3, 0});
  CHECK(some.personas == std::vector<PersonaId>{0, 1});
  CHECK(some.text == "buyer, cart, checkout");
  CHECK_FALSE(some.edge);
  CHECK(budget("longest_outage(orders) <= 2s").arguments.services == std::vector<ServiceId>{1});
}

TEST_CASE("A bare metric of truth means that it is true") {
  const Expression verified = condition("verified(payments, orders)");
  CHECK(verified.compare == Compare::equal);
  CHECK(verified.value == 1);
  CHECK(condition("owner_is(payments, target) for 5m").hold == minutes(5));
  CHECK(condition("owner_is(payments, target) == false").value == 0);
  CHECK(bad_condition("verified(payments) < true") ==
        "19 `<` does not fit `verified` | == true or == false");
  CHECK(bad_condition("verified(payments) == 1") ==
        "22 `1` does not fit `verified` | == true or == false");
}

TEST_CASE("A plan cannot see what only the verdict knows, and is told so") {
  CHECK(bad_condition("noticed > 0.1%") ==
        "0 `noticed` is known to the verdict alone; a plan sees what operators see | " + kOperator);
  CHECK(bad_condition("lost_orders == 0") ==
        "0 `lost_orders` is known to the verdict alone; a plan sees what operators see | " +
            kOperator);
  for (const char* metric :
       {"annoyed", "empty_handed", "harmed", "spillover", "masked", "failures", "longest_outage"}) {
    CHECK(bad_condition(metric).find("is known to the verdict alone") != std::string::npos);
  }
}

TEST_CASE("A budget judges what shoppers met, not what operators saw") {
  CHECK(bad_budget("lag(payments) < 1s") ==
        "0 `lag` is for a plan; a budget judges what shoppers met | " + kVerdict);
}

TEST_CASE("Every mistake of a condition has its column and a way out") {
  CHECK(bad_condition("") == "0 a condition starts with a metric | such as lag(payments) < 1s");
  CHECK(bad_condition("1 == 1") == "0 unknown metric `1` | " + kOperator);
  CHECK(bad_condition("lagg(payments) < 1s") ==
        "0 unknown metric `lagg` | " + kOperator + " | did you mean `lag`?");
  CHECK(bad_condition("lag(paymnts) < 1s") ==
        "4 unknown service `paymnts` | one of: payments, orders | did you mean `payments`?");
  CHECK(bad_condition("in_flight(payments, sauce) == 0") ==
        "20 unknown platform `sauce` | one of: source, target");
  CHECK(bad_condition("p99(chekout) > 1s") ==
        "4 unknown page `chekout` | one of: checkout, cart, edge | did you mean `checkout`?");
  CHECK(bad_condition("rate(x) > 1/s") ==
        "5 unknown page or platform `x` | one of: checkout, cart, source, target, edge");
  CHECK(bad_condition("lag < 1s") == "4 `lag` does not take 0 arguments | lag(SERVICE)");
  CHECK(bad_condition("lag(payments, orders) < 1s") ==
        "3 `lag` does not take 2 arguments | lag(SERVICE)");
  CHECK(bad_condition("in_flight(payments) == 0") ==
        "9 `in_flight` does not take 1 argument | in_flight(SERVICE, PLATFORM)");
  CHECK(bad_condition("lag(payments < 1s") == "3 this `(` is not closed | lag(SERVICE)");
  CHECK(bad_condition("lag(payments") == "3 this `(` is not closed | lag(SERVICE)");
  CHECK(bad_condition("lag(payments)") ==
        "13 `lag` needs a comparison | <, <=, ==, !=, >= or > and a duration with its unit: 250ms, "
        "20s, 1h30m");
  CHECK(bad_condition("lag(payments) = 1s") ==
        "14 `lag` needs a comparison | <, <=, ==, !=, >= or > and a duration with its unit: 250ms, "
        "20s, 1h30m");
  CHECK(bad_condition("lag(payments) < 5") ==
        "16 `5` does not fit `lag` | a duration with its unit: 250ms, 20s, 1h30m");
  CHECK(bad_condition("lag(payments) < 5%") ==
        "16 `5%` does not fit `lag` | a duration with its unit: 250ms, 20s, 1h30m");
  CHECK(bad_condition("errors(edge) > 0.5") ==
        "15 `0.5` does not fit `errors` | a share in percent: 0.1%");
  CHECK(bad_condition("queue(source) > 1.5") ==
        "16 `1.5` does not fit `queue` | a whole number: 0, 412");
  CHECK(bad_condition("rate(edge) > 5") == "13 `5` does not fit `rate` | a rate: 4/s");
  CHECK(bad_condition("lag(payments) < 1s for 2") ==
        "23 `2` after `for` is not a duration above zero | a duration with its unit: 250ms, 20s, "
        "1h30m");
  CHECK(bad_condition("lag(payments) < 1s for 0s") ==
        "23 `0s` after `for` is not a duration above zero | a duration with its unit: 250ms, 20s, "
        "1h30m");
  CHECK(bad_condition("lag(payments) < 1s and lag(orders) < 1s") ==
        "19 `and lag(orders) < 1s` is not expected here | for DURATION, or nothing more; several "
        "that must all hold are a list");
}

TEST_CASE("A comparison that the metric's range decides is refused") {
  CHECK(bad_condition("copied(payments) > 100%") ==
        "17 this can never hold | a share is 0% to 100%");
  CHECK(bad_condition("copied(payments) == 101%") ==
        "17 this can never hold | a share is 0% to 100%");
  CHECK(bad_condition("copied(payments) <= 100%") ==
        "17 this always holds, so it decides nothing | a share is 0% to 100%");
  CHECK(bad_condition("lag(payments) < 0s") == "14 this can never hold | the least is 0");
  CHECK(bad_condition("backlog(payments) >= 0") ==
        "18 this always holds, so it decides nothing | the least is 0");
  CHECK(bad_budget("noticed <= 100%") ==
        "8 this always holds, so it decides nothing | a share is 0% to 100%");
  CHECK(bad_budget("noticed < 0%") == "8 this can never hold | a share is 0% to 100%");
  CHECK(budget("noticed <= 0%").value == 0);
  CHECK(budget("noticed < 100%").value == 1'000'000);
  CHECK(condition("copied(payments) >= 100%").value == 1'000'000);
  CHECK(condition("lag(payments) <= 0s").value == 0);
}

TEST_CASE("A budget line has a limit, a window, a step, a start and what follows") {
  const Budget noticed = budget("noticed <= 5% within 1m after 10m, stop");
  CHECK(noticed.metric->id == VerdictMetric::noticed);
  CHECK(noticed.compare == Compare::less_equal);
  CHECK(noticed.value == 50'000);
  CHECK(noticed.window == Window::within);
  CHECK(noticed.window_length == minutes(1));
  CHECK(noticed.after == minutes(10));
  CHECK(noticed.on_fail == OnFail::stop);

  const Budget quick = budget("p99(checkout) <= 1.2 x control in every 5m");
  CHECK(quick.metric->id == VerdictMetric::p99);
  CHECK(quick.times_control_ppm == 1'200'000);
  CHECK(quick.window == Window::every);
  CHECK(quick.window_length == minutes(5));
  CHECK(quick.on_fail == OnFail::fail);

  const Budget lost = budget("lost_orders == 0 during cutover of orders (2), warn");
  CHECK(lost.metric->id == VerdictMetric::anomaly);
  CHECK(lost.anomaly == 0);
  CHECK(lost.during == step_id("cutover of orders (2)"));
  CHECK(lost.on_fail == OnFail::warn);
  CHECK(lost.window == Window::whole);

  const Budget night = budget("failures(edge) < 1% during the long, dark night after after 5m");
  CHECK(night.during == step_id("the long, dark night after"));
  CHECK(night.after == minutes(5));
  CHECK(budget("p50(cart) < 1s for 10m").window == Window::within);
  CHECK(budget("longest_outage <= 2s").arguments.none());
  CHECK(budget("longest_outage <= 2s").during == StepId::none);
}

TEST_CASE("A budget line without a limit only reports") {
  const Budget line = budget("spillover in every 10m");
  CHECK_FALSE(line.compare);
  CHECK(line.window == Window::every);
}

TEST_CASE("Every mistake of a budget line has its column and a way out") {
  CHECK(bad_budget("") == "0 a budget line starts with a metric | such as noticed <= 0.1%");
  CHECK(bad_budget("notice <= 1%") ==
        "0 unknown metric `notice` | " + kVerdict + " | did you mean `noticed`?");
  CHECK(bad_budget("lost_order == 0") ==
        "0 unknown metric `lost_order` | " + kVerdict + " | did you mean `lost_orders`?");
  CHECK(bad_budget("noticed(payments) <= 1%") ==
        "8 unknown page or persona `payments` | one of: checkout, cart, buyer");
  CHECK(bad_budget("lost_orders(payments) == 0") ==
        "11 an anomaly does not take 1 argument | no argument");
  CHECK(bad_budget("p99 <= 1s") == "4 `p99` does not take 0 arguments | p99(PAGE or edge)");
  CHECK(bad_budget("noticed <= 0.1") ==
        "11 `0.1` does not fit `noticed` | a share in percent: 0.1%");
  CHECK(bad_budget("p99(cart) <= 3") ==
        "13 `3` does not fit `p99(cart)` | a duration with its unit: 250ms, 20s, 1h30m; or 1.2 x "
        "control");
  CHECK(bad_budget("p99(cart) <= 1.2 x") == "18 `control` is expected after `x` | N x control");
  CHECK(bad_budget("p99(cart) <= 0 x control") ==
        "13 `0` is not a factor above zero | such as 1.2 x control");
  CHECK(bad_budget("noticed <= 2 x control") ==
        "11 `noticed` has no value in the control universe | a share in percent: 0.1%");
  CHECK(bad_budget("noticed <= 1% in every 5") ==
        "23 `5` after `in every` is not a duration above zero | a duration with its unit: 250ms, "
        "20s, 1h30m");
  CHECK(bad_budget("noticed <= 1% in every 5m within 1m") ==
        "26 `within 1m` is not expected here | in every, within or for DURATION; during STEP; "
        "after DURATION; , warn or , stop");
  CHECK(bad_budget("noticed <= 1% during cutover of ordes") ==
        "21 unknown step `cutover of ordes` | one of: cutover of orders, cutover of orders (2), "
        "the long, dark night after | did you mean `cutover of orders`?");
  CHECK(bad_budget("noticed <= 1%, halt") == "15 `warn` or `stop` is expected after the comma");
}

TEST_CASE("Comparisons hold as they read") {
  CHECK((holds(Compare::less, 1, 2) && !holds(Compare::less, 2, 2)));
  CHECK((holds(Compare::less_equal, 2, 2) && !holds(Compare::less_equal, 3, 2)));
  CHECK((holds(Compare::equal, 2, 2) && !holds(Compare::equal, 1, 2)));
  CHECK((holds(Compare::greater_equal, 2, 2) && !holds(Compare::greater_equal, 1, 2)));
  CHECK((holds(Compare::greater, 3, 2) && !holds(Compare::greater, 2, 2)));
  CHECK((holds(Compare::not_equal, 1, 2) && !holds(Compare::not_equal, 2, 2)));
}
