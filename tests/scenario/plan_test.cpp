#include <catch2/catch.hpp>

#include "scenario/steps/apply.h"
#include "scenario/steps/copy.h"
#include "scenario/steps/cutover.h"
#include "scenario/steps/reverse.h"
#include "scenario/steps/rollback.h"
#include "scenario/steps/route.h"
#include "tests/scenario/named_world.h"

using namespace pindah;

namespace {

// The mistakes of a plan; its first step stands in line 4.
std::string of_plan(const std::vector<std::string>& steps) {
  std::string text = "plan:\n";
  for (const std::string& step : steps) text += "  - { " + step + " }\n";
  return mistakes(text);
}

Scenario plan(const std::vector<std::string>& steps) {
  std::string text = "pindah: 1\nworld: shop\nplan:\n";
  for (const std::string& step : steps) text += "  - { " + step + " }\n";
  const ReadText read = read_text(text);
  INFO(read.mistakes);
  REQUIRE(read.scenario);
  return *read.scenario;
}

const std::string kCapture = "at: 1m, capture: [payments, orders]";
const std::string kCopy = "at: 2m, copy: [payments, orders]";

}  // namespace

TEST_CASE("Every step and every option is read into its field") {
  const Scenario s = plan({
      kCapture,
      "at: 2m, copy: [payments, orders], speed: 50 rows/s, chunk: 7, pause_when: p99(edge) > "
      "400ms, conflict: upsert",
      "when: \"copied(payments, orders) == 100%\", apply: [payments, orders], poll: 20ms, batch: 9",
      "at: 5m, route: orders, reads: 25%, over: 10m",
      "at: 20m, needs: lag(payments) < 1s, cutover: payments, name: the night, freeze_at_most: "
      "3s, at_limit: go_on, fence: refuse, drain: false, position: before_drain, reverse: false, "
      "forward_callbacks: false, verify: false, copy: under_fence, hold_at_most: 5",
      "at: 21m, cutover: orders",
      "at: 22m, reverse: orders, on: false",
      "at: 23m, forward_callbacks: payments",
      "at: 24m, rename: New Name",
      "at: 25m, rollback: orders, freeze_at_most: 4s",
      "at: 26m, retire: payments",
  });
  REQUIRE(s.plan.size() == 11);
  const PlanStep& copy = s.plan[1];
  CHECK(copy.services == std::vector<ServiceId>{3, 2});
  CHECK(copy.options<Copy>().rows_per_second == 50);
  CHECK(copy.options<Copy>().chunk == 7);
  CHECK(copy.options<Copy>().pause_when.front().value == millis(400).us);
  CHECK(copy.options<Copy>().conflict == CopyConflict::upsert);
  CHECK(s.plan[2].when.front().hold == Micros{});
  CHECK(s.plan[2].options<Apply>().poll == millis(20));
  CHECK(s.plan[2].options<Apply>().batch == 9);
  CHECK(s.plan[3].options<Route>().reads_ppm.value() == 250'000);
  CHECK(s.plan[3].options<Route>().over == minutes(10));
  const PlanStep& cutover = s.plan[4];
  CHECK(cutover.at == minutes(20));
  CHECK(cutover.needs.front().metric->id == OperatorMetric::lag);
  CHECK(cutover.name == "the night");
  const Cutover& night = cutover.options<Cutover>();
  CHECK(night.fence.freeze_at_most == seconds(3));
  CHECK(night.fence.at_limit == AtLimit::go_on);
  CHECK(night.fence.does == FenceDoes::refuse);
  CHECK_FALSE(night.fence.drain);
  CHECK(night.fence.position == PositionWhen::before_drain);
  CHECK(night.fence.hold_at_most == 5);
  CHECK_FALSE(night.reverse);
  CHECK_FALSE(night.forward_callbacks);
  CHECK_FALSE(night.verify);
  CHECK(night.copy == CopyWhen::under_fence);
  CHECK(cutover.place.line == 8);
  CHECK(cutover.place.column == 52);
  CHECK(s.plan[5].options<Cutover>().reverse);  // captured, and the world has a way back
  CHECK_FALSE(s.plan[6].options<Reverse>().on);
  CHECK(s.plan[8].text == "New Name");
  CHECK(s.plan[9].options<Rollback>().fence.freeze_at_most == seconds(4));
}

TEST_CASE("Steps are named after what they do, and no two alike") {
  const Scenario s = plan({kCapture, kCopy, "at: 3m, verify: orders", "at: 4m, verify: orders",
                           "at: 5m, verify: [orders, payments]", "at: 6m, rename: x"});
  CHECK(s.plan[2].name == "verify of orders");
  CHECK(s.plan[3].name == "verify of orders (2)");
  CHECK(s.plan[4].name == "verify of orders and payments");
  CHECK(s.plan[5].name == "rename");
  CHECK(of_plan({"at: 1m, rename: x, name: a", "at: 2m, rename: y, name: a"}) ==
        "5:32 another step is named `a` already\n");
}

TEST_CASE("A step does one thing, once, with its own options") {
  CHECK(
      of_plan({"at: 1m, cutver: payments"}) ==
      "4:5 this step does nothing | one of: capture, copy, apply, verify, cutover, reverse, "
      "route, forward_callbacks, rename, retire, rollback, dual_write, shadow_read, close, open | "
      "did you mean `cutover`?\n");
  CHECK(of_plan({"at: 1m, capture: payments, copy: payments"}) ==
        "4:5 a step does one thing, not capture and copy | two steps\n");
  CHECK(of_plan({"capture: payments"}) ==
        "4:5 a step needs `at`, `when` or `after` | at: 5m, when: lag(SERVICE) < 1s, or after: "
        "STEP\n");
  CHECK(of_plan({"at: 1m, capture: payments, speed: 5 rows/s"}) ==
        "4:34 unknown key `speed` in a step | one of: after, at, capture, met_at_least, name, "
        "needs, quiet, retention, when\n");
  CHECK(of_plan({"at: 1m, copy: [payments, paymnts, payments]"}) ==
        "4:32 unknown service `paymnts` | one of: catalogue, carts, orders, payments, accounts | "
        "did you mean `payments`?\n4:41 `payments` is named twice\n");
  CHECK(of_plan({"at: 1m, copy: []", "at: 1m, copy: {}"}) ==
        "4:21 `copy` names no service\n5:21 `copy` must be a list of words, not a map\n");
  CHECK(of_plan({"at: 5h, capture: payments"}) == "4:11 `at` must be from 0s to 4h, not `5h`\n");
  CHECK(of_plan({kCopy + ", speed: 2000", kCopy + ", speed: 0 rows/s, conflict: none"}) ==
        "4:48 `speed` must be rows a second, not `2000` | from 1 rows/s to 1000000 rows/s, or "
        "unlimited\n"
        "5:48 `speed` must be rows a second, not `0 rows/s` | from 1 rows/s to 1000000 rows/s, or "
        "unlimited\n"
        "5:68 `conflict` cannot be `none` | one of: changelog_wins, upsert, replace, ignore, "
        "fail\n");
  CHECK(of_plan({"at: 1m, cutover: orders, at_limit: abrt, drain: no, freeze_at_most: 2"}) ==
        "4:42 `at_limit` cannot be `abrt` | one of: abort, go_on | did you mean `abort`?\n"
        "4:55 `drain` cannot be `no` | one of: false, true\n"
        "4:75 `freeze_at_most` must be a duration, not `2` | a number with its unit: 250ms, 20s, "
        "1h30m\n");
  CHECK(of_plan({"at: 1m, route: orders"}) == "4:5 `reads` is missing in a step\n");
}

TEST_CASE("A step begins at a time, after another step and when conditions hold, all of them") {
  const Scenario s = plan({kCapture, kCopy,
                           "at: 30m, after: copy of payments and orders, when: [lag(orders) < 1s "
                           "for 2m, \"copied(orders) == "
                           "100%\"], needs: [lag(orders) < 1s], cutover: orders"});
  CHECK(s.plan[2].at == minutes(30));
  CHECK(s.plan[2].after == "copy of payments and orders");
  REQUIRE(s.plan[2].when.size() == 2);
  CHECK(s.plan[2].when[0].hold == minutes(2));
  CHECK(s.plan[2].needs.size() == 1);
  CHECK(of_plan({kCapture, "after: the copy, rename: x"}) ==
        "5:32 `rename` comes after `the copy`, and no step has that name | one of: capture of "
        "payments and orders, rename\n");
  CHECK(of_plan({"after: b, rename: x, name: a", "after: a, rename: y, name: b"}) ==
        "4:25 this waits for steps that wait for it, or for each other\n"
        "5:25 this waits for steps that wait for it, or for each other\n");
  CHECK(of_plan({"at: 5m, rename: x, name: a", "at: 4m, after: a, rename: y"}) ==
        "5:33 `rename` comes after `a`, which begins later than `at`\n");
  CHECK(of_plan({kCapture, "when: [], rename: x"}) ==
        "5:13 `when` must be one condition or a list of 1 to 16\n");
  CHECK(of_plan({kCapture, "when: [lag(orders) < 1s, {}], rename: x"}) ==
        "5:32 `when` must be a condition, not a map | such as lag(payments) < 1s, or a list of "
        "them, all of which must hold\n");
}

TEST_CASE("Who must meet a step is asked only where others answer afterwards") {
  const Scenario s = plan({kCapture, kCopy, "at: 9m, cutover: orders, met_at_least: 50",
                           "at: 19m, rollback: orders, quiet: true"});
  CHECK(s.plan[2].met_at_least == 50);
  CHECK(s.plan[3].quiet == true);
  CHECK_FALSE(s.plan[2].quiet);
  CHECK(of_plan({kCapture, kCopy, "at: 3m, verify: orders, quiet: true",
                 "at: 9m, cutover: orders, quiet: true, met_at_least: 5"}) ==
        "6:38 `quiet` is of steps that change who answers | a cutover, a rollback, a route, a "
        "retirement, or a dual_write with `authoritative`\n"
        "7:59 a step has either `met_at_least` or `quiet`, not both\n");
}

TEST_CASE("A verdict metric in a plan is refused with the reason") {
  CHECK(of_plan({kCapture, "when: noticed > 1%, copy: orders"}) ==
        "5:13 `noticed` is known to the verdict alone; a plan sees what operators see | one of: "
        "lag, backlog, copied, verified, mismatches, in_flight, queue, errors, p50, p99, rate, "
        "freeze, owner_is, shared_out, shadow_reads, shadow_mismatches, half_writes\n");
}

TEST_CASE("A plan that cannot work is refused before it runs") {
  CHECK(of_plan({"at: 1m, cutover: payments"}) ==
        "4:24 no earlier step copies `payments`, so cutover cannot work\n");
  CHECK(of_plan({"at: 1m, cutover: payments, copy: under_fence"}) == "");
  CHECK(of_plan({"at: 1m, cutover: payments, copy: under_fence, reverse: true"}) ==
        "4:24 no earlier step captures `payments`, so nothing can be reversed |  | capture it, or "
        "write reverse: false\n");
  CHECK(of_plan({"at: 1m, copy: payments", "at: 2m, apply: payments"}) ==
        "5:22 no earlier step captures `payments`, so apply cannot work\n");
  CHECK(of_plan({"at: 1m, verify: payments", "at: 2m, route: payments, reads: 5%"}) ==
        "4:23 no earlier step copies `payments`, so verify cannot work\n"
        "5:22 no earlier step copies `payments`, so route cannot work\n");
  CHECK(of_plan({"at: 1m, reverse: payments"}) ==
        "4:24 no earlier step captures `payments`, so reverse cannot work\n");
  CHECK(of_plan({kCopy, "at: 3m, cutover: payments", "at: 4m, cutover: [orders, payments]"}) ==
        "6:24 `payments` is cut over twice |  | the first time is in line 5\n");
  CHECK(of_plan({kCopy, "at: 3m, cutover: payments", "at: 4m, rollback: payments",
                 "at: 5m, cutover: payments"}) == "");
  CHECK(of_plan({"at: 3m, rollback: payments"}) ==
        "4:25 no earlier step cuts `payments` over, so rollback cannot work\n");
  CHECK(of_plan({"at: 3m, copy: accounts"}) ==
        "4:21 the world has no move of `accounts` from source to target\n");
}

TEST_CASE("A rollback past the retirement of the old side is refused") {
  const std::string moved =
      "plan:\n  - { at: 1m, capture: orders }\n  - { at: 2m, copy: orders }\n"
      "  - { at: 5m, cutover: orders }\n";
  CHECK(mistakes(moved + "  - { at: 8m, retire: orders }\n  - { at: 9m, rollback: orders }\n") ==
        "8:25 `orders` is retired before, so there is nowhere to roll back to |  | it is retired "
        "in line "
        "7\n");
  CHECK(mistakes(moved + "  - { at: 9m, retire: orders }\n  - { at: 8m, rollback: orders }\n") ==
        "");
}

TEST_CASE("A step that stands earlier but starts later does not help") {
  CHECK(of_plan({"at: 5m, copy: payments", "at: 4m, cutover: payments"}) ==
        "5:24 no earlier step copies `payments`, so cutover cannot work\n");
}

TEST_CASE("Conditions that can never be judged are refused") {
  CHECK(of_plan({kCapture, kCopy, "when: verified(orders), cutover: orders"}) ==
        "6:13 nothing else in the plan changes verified of `orders`, so this can never be "
        "judged\n");
  CHECK(of_plan({kCopy + ", pause_when: lag(orders) > 1m"}) ==
        "4:53 nothing else in the plan changes lag of `orders`, so this can never be judged\n");
  CHECK(of_plan({kCopy, "at: 3m, needs: verified(orders), cutover: orders"}) ==
        "5:22 nothing else in the plan changes verified of `orders`, so this can never be "
        "judged\n");
  CHECK(of_plan({kCopy, "when: verified(payments), verify: orders",
                 "when: verified(orders), verify: payments"}) ==
        "5:13 this waits for steps that wait for it, or for each other\n"
        "6:13 this waits for steps that wait for it, or for each other\n");
  CHECK(of_plan({"when: errors(edge) < 1% for 4h, rename: x"}) ==
        "4:13 `for` must be shorter than the run\n");
  CHECK(of_plan({"when: errors(edge) < 1% for 3h59m, rename: x"}) == "");
}
