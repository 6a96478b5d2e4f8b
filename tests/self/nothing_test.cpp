// What must be zero when nothing is done to anybody, in both worlds, whatever the seed.
#include <algorithm>

#include "report/report.h"
#include "report/suffix.h"
#include "tests/self/rehearsed.h"

using namespace pindah;
using namespace pindah::test;

namespace {

// From the first on; the shop's runs take longer.
std::uint64_t last_seed() { return static_cast<std::uint64_t>(sweep(2, 20)); }
std::uint64_t last_seed_of_shop() { return static_cast<std::uint64_t>(sweep(1, 3)); }
// Twenty short lives see more than a few long ones.
const std::pair<std::string, std::string> kShort{"length", "8m"};
const Sets kNoPlan{kShort, {"plan", "[]"}};
// Copies and compares everything, moves nothing.
const Sets kPlacebo{
    kShort,
    {"plan",
     "[{ at: 1m, capture: [loans, fees, shelf] }, { at: 2m, apply: [loans, fees, shelf] },"
     " { at: 2m, copy: [loans, fees, shelf], speed: 100 rows/s, chunk: 20 },"
     " { at: 6m, verify: [loans, fees, shelf] }]"}};
// Writes and reads everything twice, answers from the source alone.
const Sets kTwice{kShort,
                  {"plan",
                   "[{ at: 1m, dual_write: [loans, fees, shelf], mode: async },"
                   " { at: 2m, copy: [loans, fees, shelf], speed: 500 rows/s, chunk: 20 },"
                   " { at: 4m, dual_write: [loans, fees, shelf] },"
                   " { at: 4m, shadow_read: [loans, fees, shelf] },"
                   " { at: 6m, verify: [loans, fees, shelf] },"
                   " { at: 7m, dual_write: [loans, fees, shelf], on: false },"
                   " { at: 7m, shadow_read: [loans, fees, shelf], on: false }]"}};
// Both streams run, and a share of nothing is led over.
const Sets kNoShare{kShort,
                    {"plan",
                     "[{ at: 1m, capture: loans }, { at: 2m, apply: loans },"
                     " { at: 2m, copy: loans, speed: 100 rows/s, chunk: 20 },"
                     " { at: 4m, reverse: loans }, { at: 5m, route: loans, writes: 0% },"
                     " { at: 6m, cutover: loans, share: 0% }]"}};
const Sets kEveryService{
    {"length", "6m"},
    {"plan",
     "[{ at: 1m, capture: [catalogue, carts, orders, payments, accounts, merchants] },"
     " { at: 1m30s, apply: [catalogue, carts, orders, payments, accounts, merchants] },"
     " { at: 1m30s, copy: [catalogue, carts, orders, payments, accounts, merchants],"
     " speed: 5000 rows/s }, { when: \"copied(merchants) == 100%\","
     " verify: [catalogue, carts, orders, payments, accounts, merchants], speed: unlimited }]"}};
const Sets kPlaceboOfShop{
    kShort,
    {"plan",
     "[{ at: 1m, capture: [orders, payments] }, { at: 2m, apply: [orders, payments] },"
     " { at: 2m, copy: [orders, payments], speed: 500 rows/s, chunk: 50 },"
     " { at: 6m, verify: [orders, payments] }]"}};
// Microseconds, in the rehearsed life alone.
const Sets kJitter{kShort,
                   {"plan", "[]"},
                   {"surprises",
                    "[{ at: 1s, slow: source, by: 3us, for: 7m },"
                    " { at: 4m, slow: target, by: 1us, for: 9m },"
                    " { at: 5m, slow: loans, by: 2us, for: 8m }]"}};
const Sets kJitterOfShop{kShort,
                         {"plan", "[]"},
                         {"surprises",
                          "[{ at: 1s, slow: source, by: 3us, for: 7m },"
                          " { at: 4m, slow: target, by: 1us, for: 9m },"
                          " { at: 5m, slow: orders, by: 2us, for: 8m }]"}};

void exactly_zero(const Rehearsed& run) {
  check_nobody_noticed(run);
  const RehearsalResult& result = run.result;
  INFO(run.label);
  CHECK(result.comparison.spillover == 0);
  CHECK(result.comparison.exposed == result.comparison.shoppers);
  CHECK(result.control.digest == result.rehearsed.digest);
  CHECK(result.control.visits.size() == result.rehearsed.visits.size());
  CHECK(result.control.messages.size() == result.rehearsed.messages.size());
  CHECK(result.verdict.exit_code == 0);
}

// The noise floor; two in a thousand sessions would be far more than was ever seen.
void little_spillover(const Rehearsed& run) {
  INFO(run.label << ": spillover " << run.result.comparison.spillover);
  CHECK(run.result.comparison.spillover * 500 <= run.result.comparison.shoppers);
}

}  // namespace

TEST_CASE("an empty plan gives exactly zero of everything, in the library and in the shop") {
  for (std::uint64_t seed = 1; seed <= last_seed(); ++seed)
    exactly_zero(rehearse_test("lending-nothing", seed, kNoPlan));
  for (std::uint64_t seed = 1; seed <= last_seed_of_shop(); ++seed)
    exactly_zero(rehearse_test("shopping-nothing", seed, kNoPlan));
}

TEST_CASE("a placebo is noticed by nobody, in the library and in the shop") {
  const auto placebo = [](const std::string& name, std::uint64_t seed, const Sets& plan) {
    const Rehearsed run = rehearse_test(name, seed, plan);
    check_nobody_noticed(run);
    little_spillover(run);
    const std::vector<PlanEvent>& events = run.result.rehearsed.plan;
    CHECK(std::count_if(events.begin(), events.end(),
                        [](const PlanEvent& e) { return e.kind == PlanEventKind::finished; }) >= 2);
    CHECK(run.result.control.digest != run.result.rehearsed.digest);
  };
  for (std::uint64_t seed = 1; seed <= last_seed(); ++seed)
    placebo("lending-nothing", seed, kPlacebo);
  for (std::uint64_t seed = 1; seed <= last_seed_of_shop(); ++seed)
    placebo("shopping-nothing", seed, kPlaceboOfShop);
  for (const std::uint64_t seed : {1u, 2u}) {
    placebo("lending-nothing", seed, kTwice);
    placebo("lending-nothing", seed, kNoShare);
  }
  placebo("shopping-nothing", 1, kEveryService);
}

TEST_CASE("microseconds of jitter are noticed by nobody, in the library and in the shop") {
  const auto jitter = [](const std::string& name, std::uint64_t seed, const Sets& surprises) {
    const Rehearsed run = rehearse_test(name, seed, surprises);
    check_nobody_noticed(run);
    little_spillover(run);
    CHECK(run.result.control.digest != run.result.rehearsed.digest);
  };
  for (std::uint64_t seed = 1; seed <= last_seed(); ++seed)
    jitter("lending-nothing", seed, kJitter);
  for (std::uint64_t seed = 1; seed <= last_seed_of_shop(); ++seed)
    jitter("shopping-nothing", seed, kJitterOfShop);
}

TEST_CASE("one thread and two give the same bytes, and another seed gives others", "[night]") {
  const auto verdict = [](const Rehearsed& run) {
    const ReportInput input{run.input.scenario, run.input.world, run.result};
    return join_pieces(json_format(), {json_format().piece(input)}) +
           format_of(report_formats(), ".csv")->piece(input) + terminal_summary(input, {});
  };
  // Not drained, so that there is something to tell.
  const Sets unsafe{{"plan[cutover of loans].drain", "false"}};
  const Rehearsed one = rehearse_alone("lending-busy", 1, unsafe, 1);
  const Rehearsed two = rehearse_alone("lending-busy", 1, unsafe, 2);
  const Rehearsed other = rehearse_test("lending-busy", 2, unsafe);
  CHECK_FALSE(one.result.comparison.noticers.empty());
  CHECK(one.result.digest == two.result.digest);
  CHECK(verdict(one) == verdict(two));
  CHECK(one.result.control.digest != other.result.control.digest);
  CHECK(one.result.rehearsed.digest != other.result.rehearsed.digest);
}
