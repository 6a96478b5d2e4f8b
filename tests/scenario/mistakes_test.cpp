#include <catch2/catch.hpp>

#include "tests/scenario/named_world.h"

using namespace pindah;

// Each test reads a scenario whose first two lines are right; the text given begins at line 3.

TEST_CASE("A scenario needs its version and its world, and nothing else") {
  CHECK(mistakes("") == "");
  CHECK(read_text("title: x\n").mistakes ==
        "1:1 `pindah` is missing in a scenario\n1:1 `world` is missing in a scenario\n");
  CHECK(read_text("pindah: 2\nworld: shop\n").mistakes ==
        "1:9 `pindah` must be a whole number from 1 to 1, not `2`\n");
}

TEST_CASE("Unknown keys are told at every level, with the nearest known one") {
  CHECK(mistakes("lenght: 1h\n") ==
        "3:1 unknown key `lenght` in a scenario | one of: budget, edges, edits, extends, length, "
        "links, max_control_p99, min_exposure, mix, pindah, plan, platforms, route_refresh, scale, "
        "seed, "
        "settings, settle, starts, surprises, title, traffic, world | did you mean `length`?\n");
  CHECK(mistakes("platforms: { sauce: {} }\n") ==
        "3:14 unknown key `sauce` in `platforms` | one of: source, target\n");
  CHECK(mistakes("platforms: { source: { worker: 3, service_time: { median: 1ms, p98: 2ms } } }") ==
        "3:24 unknown key `worker` in a platform | one of: queue, service_time, workers | did you "
        "mean `workers`?\n"
        "3:49 `p99` is missing in a service time\n"
        "3:64 unknown key `p98` in a service time | one of: median, p99 | did you mean `p99`?\n");
  CHECK(mistakes("links: { edge-sauce: { delay: 1ms } }\n") ==
        "3:10 unknown key `edge-sauce` in `links` | one of: edge-source, edge-target, gateway, "
        "source-target | did you mean `edge-source`?\n");
  CHECK(mistakes("scale: { buyer: 3 }\nsettings: { unpaid: 3h }\n") ==
        "3:10 unknown key `buyer` in `scale` | one of: buyers, orders, products | did you mean "
        "`buyers`?\n4:13 unknown key `unpaid` in `settings` | one of: unpaid_for\n");
}

TEST_CASE("Quantities without their unit, or with a wrong one, are mistakes") {
  CHECK(mistakes("length: 2\nsettle: 3 h\nroute_refresh: 5%\n") ==
        "3:9 `length` must be a duration, not `2` | a number with its unit: 250ms, 20s, 1h30m\n"
        "4:9 `settle` must be a duration, not `3 h` | a number with its unit: 250ms, 20s, 1h30m\n"
        "5:16 `route_refresh` must be a duration, not `5%` | a number with its unit: 250ms, 20s, "
        "1h30m\n");
  CHECK(mistakes("links: { gateway: { delay: [1ms], loss: 0.05 } }\n") ==
        "3:28 `delay` must be a duration, not a list | a number with its unit: 250ms, 20s, 1h30m\n"
        "3:41 `loss` must be a share from 0% to 100%, not `0.05` | a number with its unit: 5%\n");
  CHECK(mistakes("traffic:\n  - { hold: 8 }\n  - { hold: 8/m }\n") ==
        "4:13 `hold` must be a rate up to 100000/s, not `8` | a number with its unit: 8/s\n"
        "5:13 `hold` must be a rate up to 100000/s, not `8/m` | a number with its unit: 8/s\n");
}

TEST_CASE("A start is a moment with its offset") {
  const std::string expected = "` | date, time and offset: 2023-12-11 23:00 +07:00\n";
  for (const char* text : {"2023-12-11 23:00", "2023-02-30 23:00 Z", "2023-12-11 24:00 Z",
                           "11.12.2023", "2023-12-11 23:00 +7", "1969-12-31 00:00 Z"}) {
    CHECK(mistakes("starts: " + std::string(text)) ==
          "3:9 `starts` must be a moment, not `" + std::string(text) + expected);
  }
  const auto read = read_text("pindah: 1\nworld: shop\nstarts: 2023-12-11 23:00 +07:00\n");
  REQUIRE(read.scenario);
  CHECK(read.scenario->starts_us == 1'702'310'400'000'000);  // date -ud '2023-12-11 16:00' +%s
  CHECK(read.scenario->utc_offset == hours(7));
}

TEST_CASE("Every number has its bounds, and a clear word at each") {
  CHECK(mistakes("length: 366d\nsettle: 1s\n") ==
        "3:9 `length` and `settle` together must be at most 366d\n");
  CHECK(mistakes("length: 0s\n") == "3:9 `length` must be from 1s to 366d, not `0s`\n");
  CHECK(mistakes("length: 367d\n") == "3:9 `length` must be from 1s to 366d, not `367d`\n");
  CHECK(mistakes("edges: 0\nseed: -1\nmin_exposure: x\n") ==
        "3:8 `edges` must be a whole number from 1 to 64, not `0`\n"
        "4:7 `seed` must be a whole number from 0 to 9223372036854775807, not `-1`\n"
        "5:15 `min_exposure` must be a whole number from 0 to 1000000000, not `x`\n");
  CHECK(mistakes("platforms: { source: { workers: 10001, queue: -1, "
                 "service_time: { median: 9ms, p99: 8ms } } }") ==
        "3:33 `workers` must be a whole number from 1 to 10000, not `10001`\n"
        "3:47 `queue` must be a whole number from 0 to 1000000, not `-1`\n"
        "3:85 `p99` is below `median`\n");
  CHECK(mistakes("scale: { buyers: 10000001 }\n") ==
        "3:18 `buyers` must be a whole number from 0 to 10000000, not `10000001`\n");
}

TEST_CASE("Traffic is bounded by the shoppers that it brings") {
  CHECK(mistakes("length: 1d\ntraffic:\n  - { hold: 231/s }\n") == "");
  CHECK(mistakes("length: 1d\ntraffic:\n  - { hold: 131/s }\n  - { hold: 101/s }\n") ==
        "5:3 this traffic brings 20044800 shoppers; the most is 20000000\n");
}

TEST_CASE("A traffic entry has one shape, its own keys and a time within the run") {
  CHECK(mistakes("traffic:\n  - { at: 1m }\n  - { hold: 1/s, day: 1/s }\n") ==
        "4:5 a traffic entry has one shape, not 0 | one of: hold, ramp, spike, day\n"
        "5:5 a traffic entry has one shape, not 2 | one of: hold, ramp, spike, day\n");
  CHECK(mistakes("traffic:\n  - { hold: 1/s, rise: 5s }\n  - { ramp: 1/s }\n"
                 "  - { spike: 1/s, rise: 5s }\n") ==
        "4:18 unknown key `rise` in a traffic entry | one of: at, hold, home, mix, until\n"
        "5:5 `over` is missing in a traffic entry\n"
        "6:5 `half_life` is missing in a traffic entry\n");
  CHECK(mistakes("traffic:\n  - { hold: 1/s, at: 2h }\n  - { hold: 1/s, at: 5m, until: 5m }\n") ==
        "4:22 `at` must be from 0s to 1h, not `2h`\n5:33 `until` is not after `at`\n");
  CHECK(mistakes("mix: sale\ntraffic:\n  - { hold: 1/s, mix: usal, home: sauce }\n") ==
        "3:6 unknown mix `sale` | one of: usual, sale-day\n"
        "5:23 unknown mix `usal` | one of: usual, sale-day | did you mean `usual`?\n"
        "5:35 `home` cannot be `sauce` | one of: source, target\n");
  CHECK(mistakes("traffic: 8/s\n") == "3:10 `traffic` must be a list, not `8/s`\n");
  CHECK(mistakes("traffic: [8/s]\n") ==
        "3:11 a traffic entry must be a map of `key: value`, not `8/s`\n");
}

TEST_CASE("A surprise names one thing that exists, from when and for how long") {
  CHECK(mistakes("surprises:\n  - { slow: gatewy, by: 1s, at: 1m, for: 1m }\n") ==
        "4:13 unknown part `gatewy` | one of: gateway, edge-source, edge-target, source-target, "
        "source, target, catalogue, carts, orders, payments, accounts | did you mean `gateway`?\n");
  CHECK(mistakes("surprises:\n  - { cut: edge, direction: left, at: 1m, for: 1m }\n") ==
        "4:12 unknown link `edge` | one of: edge-source, edge-target, source-target, gateway\n"
        "4:29 `direction` cannot be `left` | one of: both, there, back\n");
  CHECK(mistakes("surprises:\n  - { pause: payments, at: 1m, for: 1m }\n") ==
        "4:14 unknown platform `payments` | one of: source, target\n");
  CHECK(mistakes("surprises:\n  - { stale: edge 5, at: 1m, for: 1m }\n  - { stale: 2 }\n") ==
        "4:14 unknown edge `edge 5` | edge 1 to edge 4\n"
        "5:5 `at` is missing in a surprise\n5:5 `for` is missing in a surprise\n"
        "5:14 unknown edge `2` | edge 1 to edge 4\n");
  CHECK(mistakes("surprises:\n  - { slow: source }\n") ==
        "4:5 `by` is missing in a surprise\n4:5 `at` is missing in a surprise\n"
        "4:5 `for` is missing in a surprise\n");
  CHECK(mistakes("surprises:\n  - { kil: source }\n  - { kill: source, pause: target }\n") ==
        "4:5 this surprise does nothing | one of: slow, cut, lossy, pause, kill, stale | did you "
        "mean `kill`?\n"
        "5:5 a surprise is one thing, not pause, kill | one of: slow, cut, lossy, pause, kill, "
        "stale\n");
  CHECK(mistakes("surprises:\n  - { kill: source, at: 5h, for: 1m, by: 2s }\n") ==
        "4:25 `at` must be from 0s to 4h, not `5h`\n"
        "4:38 unknown key `by` in a surprise | one of: also_in_control, at, for, kill, name\n");
}

TEST_CASE("A budget line is text whose mistakes have their column, also behind a quote") {
  CHECK(mistakes("budget:\n  few: noticed <= 5\n  none: \"noticed <= 5\"\n  list: [noticed]\n") ==
        "4:19 `5` does not fit `noticed` | a share in percent: 0.1%\n"
        "5:21 `5` does not fit `noticed` | a share in percent: 0.1%\n"
        "6:9 a budget line is text, not a list | such as noticed <= 0.1%\n");
  CHECK(mistakes("budget:\n  a: noticed <= 5% in every 2h\n  b: noticed <= 5% after 4h\n") ==
        "4:6 this window lies outside the run\n5:6 this window lies outside the run\n");
  CHECK(mistakes("budget: { " + std::string(201, 'x') + ": noticed }") ==
        "3:11 the name of a budget line has 1 to 200 bytes\n");
}

TEST_CASE("Compliance is judged only where a world has a checklist") {
  CHECK(mistakes("budget: { a: compliance >= 87% }\n") ==
        "3:14 this world has no checklist to comply with | a compliance.yaml in its folder\n");
}

TEST_CASE("Mistakes of every part are told at once") {
  CHECK(mistakes("length: 2\ntraffic: [{ hold: 1 }]\nplan: [{ verify: paymnts, at: 1m }]\n"
                 "surprises: [{ kill: x, at: 1m, for: 1m }]\nbudget: { a: nothing }\n") ==
        "3:9 `length` must be a duration, not `2` | a number with its unit: 250ms, 20s, 1h30m\n"
        "4:19 `hold` must be a rate up to 100000/s, not `1` | a number with its unit: 8/s\n"
        "5:18 unknown service `paymnts` | one of: catalogue, carts, orders, payments, accounts | "
        "did you mean `payments`?\n"
        "6:21 unknown part `x` | one of: source, target, migrator\n"
        "7:14 unknown metric `nothing` | one of: noticed, annoyed, empty_handed, harmed, "
        "spillover, masked, failures, p50, p99, longest_outage, freeze, compliance, "
        "rows_carried, two_systems, lost_by_rollback, lost_orders, "
        "double_charges, oversold_units, charged_without_order\n");
}
